"""Finds taxonomy skills in free text of any language, by letters and by meaning, with the phrase that spoke.

Letters find names of skills as they are written (letters.py); the sentence encoder finds what is said in other words
or in another language (meanings.py). In a language that the encoder does not know, letters alone speak.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterator, Sequence

import numpy as np

from matching import words as spelling
from matching.reference import Reference
from matching.text import letters, meanings, passages
from matching.text.calibration import Calibration
from matching.text.encoder import Encoder
from matching.text.exact import Array, whole
from matching.text.letters import LetterReader, Link
from matching.text.meanings import Meanings
from matching.text.passages import MAX_CHARACTERS, Passage, passages_of, statements_of
from matching.text.phrases import length_of
from matching.text.tongue import CONSTANTS as TONGUE_CONSTANTS
from matching.text.tongue import KNOWN

CACHE_SIZE = 20_000
# What is understood with just enough certainty counts so much; what is said in so many words counts 1.
LEAST_STRENGTH = 0.6
# Words of a sentence that tells of a skill; shorter ones are names, and read as such.
LEAST_TOLD = 6
DIGITS = 3
CONSTANTS = {
    **spelling.CONSTANTS,
    **letters.CONSTANTS,
    **passages.CONSTANTS,
    **meanings.CONSTANTS,
    "tongue": TONGUE_CONSTANTS,
    "least_strength": LEAST_STRENGTH,
    "least_told": LEAST_TOLD,
}


class SkillLinker:
    """Links texts to the skills of one taxonomy; a seen text costs nothing."""

    def __init__(self, reference: Reference, encoder: Encoder | None = None) -> None:
        self.letters = LetterReader(reference)
        self._reference = reference
        self._encoder = encoder
        self._meanings: Meanings | None = None
        self.calibration = Calibration.load()
        self._texts: OrderedDict[bytes, dict[str, Link]] = OrderedDict()

    @property
    def meanings(self) -> Meanings:
        """The skills as rows of the encoder; they load at the first text that has words."""
        if self._meanings is None:
            self._meanings = Meanings(self._reference, self._encoder)
        return self._meanings

    def link(self, text: str) -> dict[str, Link]:
        """Return the skills that a text names, by code, the clearest first."""
        return self.link_all([text])[0]

    def link_all(self, texts: Sequence[str]) -> list[dict[str, Link]]:
        """Link many texts at once: the same results as one by one, sooner."""
        capped = [text[:MAX_CHARACTERS] for text in texts]
        keys = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest() for text in capped]
        new = {key: text for key, text in zip(keys, capped, strict=True) if key not in self._texts}
        found = dict(zip(new, self._read_all(list(new.values())), strict=True))
        results = [found[key] if key in found else self._texts[key] for key in keys]
        self._texts.update(found)
        while len(self._texts) > CACHE_SIZE:
            self._texts.popitem(last=False)
        return results

    def understood(self, text: str) -> list[Passage]:
        """Return the passages of a text that the encoder can read."""
        return [passage for passage in passages_of(text) if passage.language in KNOWN]

    def stated(self, text: str) -> list[Passage]:
        """Return the sentences of a text that the encoder can read."""
        return [statement for statement in statements_of(text) if statement.language in KNOWN]

    def told(self, text: str) -> list[Passage]:
        """Return the sentences that are long enough to tell of a skill without naming it."""
        return [statement for statement in self.stated(text) if length_of(statement.text) >= LEAST_TOLD]

    def knows(self, code: str) -> bool:
        """Return whether the taxonomy has a skill."""
        return code in self._reference.skills

    def label(self, code: str, language: str) -> str:
        """Return a skill's label."""
        return self._reference.skills[code].label(language)

    def rows(self, texts: Sequence[str]) -> Array:
        """Return passages as whole rows (see `whole`), (texts, dimension)."""
        return whole(self.meanings.encoder.encode(texts))

    def _read_all(self, texts: list[str]) -> list[dict[str, Link]]:
        self.letters.look_at(texts)
        said = [[*self.understood(text), *self.told(text)] for text in texts]
        short = [len(self.understood(text)) for text in texts]
        distinct = list(dict.fromkeys(passage.text for part in said for passage in part))
        rows = self.rows(distinct) if distinct else np.zeros((0, 0), dtype=np.float32)
        place = {text: number for number, text in enumerate(distinct)}
        results = []
        for text, part, windows in zip(texts, said, short, strict=True):
            links = self.letters.read(text)
            for link in self._understand(part, rows[[place[passage.text] for passage in part]], windows):
                if link.code not in links or link.strength > links[link.code].strength:
                    links[link.code] = link
            results.append(dict(sorted(links.items(), key=lambda item: (-item[1].strength, item[0]))))
        return results

    def _understand(self, said: list[Passage], rows: Array, windows: int) -> Iterator[Link]:
        """Yield the skills that passages mean, the clearest first; of passages that overlap, one speaks.

        The first `windows` passages may name a skill; the sentences after them may tell of one that no window names.
        """
        if not said:
            return
        scores = self.meanings.scores(rows)
        nearest, best = scores.argmax(axis=1), scores.max(axis=1)
        numbers = self.calibration
        taken: list[Passage] = []
        for part, low, full in (
            (range(windows), numbers.link_from, numbers.link_full),
            (range(windows, len(said)), numbers.said_from, numbers.said_full),
        ):
            for number in sorted(part, key=lambda place: -best[place]):
                strength = _strength(float(best[number]), low, full)
                if strength and not any(said[number].overlaps(other) for other in taken):
                    taken.append(said[number])
                    yield Link(self.meanings.codes[nearest[number]], strength, said[number].text)


def _strength(score: float, low: float, full: float) -> float:
    if score < low:
        return 0.0
    return round(LEAST_STRENGTH + (1 - LEAST_STRENGTH) * min(1.0, (score - low) / (full - low)), DIGITS)
