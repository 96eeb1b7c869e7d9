"""Finds names of taxonomy skills in free text by how they are written: character n-grams of words.

A label (or synonym) speaks where its words stand close together inside one clause. Words are compared by character
n-grams, so endings and small spelling differences do not matter; rare words of the taxonomy weigh more than others.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sklearn.feature_extraction.text import TfidfVectorizer

from matching import words as spelling
from matching.reference import Reference
from matching.text.passages import sentences_of
from matching.text.tongue import KNOWN
from matching.words import SAME_BUT_PLURAL, Word, word_likeness, words_of

LEAST_COSINE = 0.3
# A label of one word wants that very word; one of which every word is there may be bent and stretched a little;
# one of which a common word is missing ("life skills" for life skills training) must stand there as it is.
LONE_WORD_LIKENESS = 0.92
LABEL_THRESHOLD = 0.78
PARTIAL_THRESHOLD = 0.7
EXTRA_WORDS = 1
# Characters of a clause whose language is not sure.
SHORT = 40
NGRAMS = (2, 4)
CONSTANTS = {
    **spelling.CONSTANTS,
    "least_cosine": LEAST_COSINE,
    "thresholds": (LONE_WORD_LIKENESS, LABEL_THRESHOLD, PARTIAL_THRESHOLD),
    "extra_words": EXTRA_WORDS,
    "short": SHORT,
    "ngrams": NGRAMS,
}
_CLAUSE = re.compile(r"[^.;:!?,()\[\]\n\r\t\u2022\u3002\uff1b\uff1a\uff01\uff1f\uff0c\u3001\u061f\u060c\u061b]+")


@dataclass(frozen=True, slots=True)
class Link:
    """A skill found in a text: 0 to 1, and the words of the text that spoke for it."""

    code: str
    strength: float
    phrase: str


@dataclass(frozen=True, slots=True)
class _Label:
    code: str
    language: str
    words: tuple[str, ...]
    weight: float
    width: int

    @property
    def joints(self) -> int:
        """Slots that the label's own joints ("and") take."""
        return self.width - len(self.words)


@dataclass(frozen=True, slots=True)
class _Find:
    link: Link
    first: int
    last: int
    mass: float


class LetterReader:
    """Reads which skills of one taxonomy a text names, letter by letter; a seen word costs nothing."""

    def __init__(self, reference: Reference) -> None:
        names = [(skill.code, *name) for skill in reference.skills.values() for name in skill.names()]
        self._fit_words((code, text) for code, _, text in names)
        self._labels = self._weigh(names)
        self._labels_with: dict[str, list[int]] = {}
        for number, label in enumerate(self._labels):
            for word in label.words:
                self._labels_with.setdefault(word, []).append(number)
        self._alike: dict[str, dict[str, float]] = {}

    def look_at(self, texts: Iterable[str]) -> None:
        """Compare all new words of many texts at once: sooner than text by text, with the same results."""
        self._compare(word.text for text in texts for word in words_of(text))

    def read(self, text: str) -> dict[str, Link]:
        """Return the skills that a text names, by code."""
        self.look_at([text])
        best: dict[str, Link] = {}
        for _, sentence, language in sentences_of(text):
            for clause in _CLAUSE.finditer(sentence):
                for link in self._read_clause(clause[0], language):
                    if link.code not in best or link.strength > best[link.code].strength:
                        best[link.code] = link
        return best

    def _fit_words(self, texts: Iterable[tuple[str, str]]) -> None:
        # A word that many labels share (community, support) says little; it is counted once per skill.
        spread = {(code, word.text) for code, text in texts for word in words_of(text)}
        counts = Counter(word for _, word in spread)
        skills = len({code for code, _ in spread})
        self._rarity = {word: 1.0 + math.log((1 + skills) / (1 + count)) for word, count in counts.items()}
        self._words = sorted(counts)
        self._vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=NGRAMS, lowercase=False, sublinear_tf=True)
        self._vectors = self._vectorizer.fit_transform(self._words).T.tocsr()

    def _weigh(self, names: Iterable[tuple[str, str, str]]) -> list[_Label]:
        labels = []
        for code, language, text in names:
            words = words_of(text)
            if words:
                distinct = tuple(dict.fromkeys(word.text for word in words))
                width = words[-1].slot - words[0].slot + 1
                weight = math.fsum(self._rarity[word] for word in distinct)
                labels.append(_Label(code, language, distinct, weight, width))
        return labels

    def _compare(self, words: Iterable[str]) -> None:
        """Keep, for each word not seen before, the taxonomy words that are written alike."""
        new = sorted({word for word in words if word not in self._alike})
        self._alike.update({word: {} for word in new})
        spaced = [word for word in new if len(word) > 2]
        self._alike.update({word: {word: 1.0} for word in new if len(word) <= 2 and word in self._rarity})
        if not spaced:
            return
        cosines = (self._vectorizer.transform(spaced) @ self._vectors).tocoo()
        close = cosines.data >= LEAST_COSINE
        for row, column, cosine in zip(cosines.row[close], cosines.col[close], cosines.data[close], strict=True):
            alike = word_likeness(spaced[row], self._words[column], float(cosine))
            if alike:
                self._alike[spaced[row]][self._words[column]] = alike

    def _read_clause(self, clause: str, language: str) -> list[Link]:
        words = words_of(clause)
        places: dict[str, list[tuple[float, Word]]] = {}
        for word in words:
            for known, likeness in self._alike[word.text].items():
                places.setdefault(known, []).append((likeness, word))
        promising = [
            number
            for number in self._promising(places)
            if _is_read(self._labels[number].language, language, len(clause))
        ]
        finds = [find for number in promising if (find := self._find(number, places, clause))]
        return _longest(finds)

    def _promising(self, places: Iterable[str]) -> list[int]:
        mass: dict[int, float] = {}
        for word in places:
            for number in self._labels_with[word]:
                mass[number] = mass.get(number, 0.0) + self._rarity[word]
        return sorted(n for n, found in mass.items() if found >= PARTIAL_THRESHOLD * self._labels[n].weight)

    def _find(self, number: int, places: Mapping[str, list[tuple[float, Word]]], clause: str) -> _Find | None:
        """Return the best window of the clause in which one label speaks, or None."""
        label, best = self._labels[number], None
        for slot in sorted({word.slot for known in label.words for _, word in places.get(known, ())}):
            used = _window(label, places, slot)
            mass = math.fsum(likeness * self._rarity[known] for known, (likeness, _) in used.items())
            if _speaks(label, used, mass / label.weight) and (best is None or mass > best.mass):
                found = sorted((word for _, word in used.values()), key=lambda word: word.slot)
                phrase = " ".join(clause[found[0].start : found[-1].end].split())
                link = Link(label.code, round(mass / label.weight, 6), phrase)
                best = _Find(link, found[0].slot, found[-1].slot, mass)
        return best


def _is_read(label: str, sentence: str, length: int) -> bool:
    """Return whether names in the language `label` are looked for in a sentence of the language `sentence`.

    Languages that share letters have false friends; English names stand in texts of all languages, and the language of
    a few words cannot be told.
    """
    if label in KNOWN:
        return sentence in KNOWN or label in (sentence, "en")
    return label == sentence or length <= SHORT


def _window(label: _Label, places: Mapping[str, list[tuple[float, Word]]], slot: int) -> dict[str, tuple[float, Word]]:
    """Return which words of the text, from a slot on, stand for which words of a label; each stands for one."""
    end = slot + label.width + (EXTRA_WORDS if len(label.words) > 1 else 0)
    used: dict[str, tuple[float, Word]] = {}
    for known in label.words:
        taken = [word for _, word in used.values()]
        inside = [one for one in places.get(known, ()) if slot <= one[1].slot < end and one[1] not in taken]
        if inside:
            used[known] = max(inside, key=lambda one: (one[0], -one[1].slot))
    return used


def _speaks(label: _Label, used: Mapping[str, tuple[float, Word]], share: float) -> bool:
    """Return whether enough of a label stands in a window: `share` of its weight is there."""
    if len(label.words) == 1:
        return share >= LONE_WORD_LIKENESS
    if len(used) == len(label.words):
        return share >= LABEL_THRESHOLD
    slots = [word.slot for _, word in used.values()]
    as_written = min(likeness for likeness, _ in used.values()) >= SAME_BUT_PLURAL and slots == sorted(slots)
    return share >= PARTIAL_THRESHOLD and as_written and slots[-1] - slots[0] < len(used) + label.joints


def _longest(finds: list[_Find]) -> list[Link]:
    """Let the label with most to say speak where several share the same words: water point repair, not repair."""
    kept: list[_Find] = []
    for find in sorted(finds, key=lambda one: (-one.mass, one.link.code)):
        inside = any(other.first <= find.first and find.last <= other.last for other in kept)
        same = any(other.link.code == find.link.code for other in kept)
        if not inside and not same:
            kept.append(find)
    return [find.link for find in kept]
