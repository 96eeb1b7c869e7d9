"""Measures what similarities mean: `python -m data.model.calibrate` writes the skills' rows and calibration-1.json.

Run it after every training and after every change to names or examples of skills. Only this project's own words are
used: names of skills in sentences in which the linker has not read them, examples that it has not read, and sentences
that speak of no skill.
"""

from __future__ import annotations

import csv
import math
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from matching.facts import UI_LANGUAGES
from matching.reference import Reference
from matching.text.calibration import Calibration
from matching.text.encoder import shared_encoder
from matching.text.exact import SCALE, Array, whole
from matching.text.meanings import ROWS, Meanings, skill_texts, store_rows
from matching.text.passages import passages_of
from matching.text.tongue import KNOWN

SENTENCES = Path(__file__).parent / "sentences.csv"
SEED = 5
HELD_OUT = 900
# Of ten suggestions nine should be right: the skill meant, or its nearest kin in the taxonomy.
PRECISION = 0.9
# A name in its own words, in a sentence: at this share of those the linker is as sure as it can be.
SURE_SHARE = 0.5
# At this share of right examples a sentence is as sure as it can be.
SAID_FULL = 0.9
# Sentences that speak of no work: so many of them count as none, and half of the examples count as work in full.
IDLE_SHARE, TOLD_SHARE = 0.75, 0.5
# So many sentences on different things may be a little alike by chance; half of those of one meaning count in full.
CHANCE, SAME_FULL = 0.1, 0.5
DIGITS = 3


@dataclass(frozen=True, slots=True)
class Found:
    """The skill that lies nearest to a passage, its score, and whether it is right."""

    score: float
    is_right: bool


def calibrate() -> Calibration:
    """Measure everything on the shipped head."""
    reference, encoder = Reference.load(), shared_encoder()
    ROWS.unlink(missing_ok=True)
    store_rows(tuple(text for _, _, text in skill_texts(reference)), encoder)
    full = Meanings(reference, encoder)
    held = _held_out(reference)
    found = [*_found(reference, Meanings(reference, encoder, without=frozenset(held)), held), *_idle(full)]
    examples = _held_examples(reference)
    unseen = Meanings(reference, encoder, without=frozenset(examples))
    told = _told(reference, unseen, examples)
    offsets, alike_from, alike_full = _alike(reference, full)
    names = full.scores(full.rows).max(axis=1)
    idle = [one.score for one in _idle_sentences(unseen)]
    return Calibration(
        head=encoder.head.fingerprint,
        link_from=_threshold(found),
        link_full=_rounded(np.quantile(names, SURE_SHARE)),
        said_from=_threshold([*told, *_idle_sentences(unseen)]),
        said_full=_rounded(np.quantile([one.score for one in told if one.is_right], SAID_FULL)),
        work_from=_rounded(np.quantile(idle, IDLE_SHARE)),
        work_full=_rounded(np.quantile([one.score for one in told], TOLD_SHARE)),
        alike_from=alike_from,
        alike_full=alike_full,
        offsets=offsets,
    )


def _held_out(reference: Reference) -> list[tuple[str, str, str]]:
    synonyms = [
        (skill.code, language, text)
        for skill in reference.skills.values()
        for language in UI_LANGUAGES
        for text in skill.synonyms.get(language, ())
    ]
    # Chance picks sentences here; nothing is kept secret by it.
    return random.Random(SEED).sample(synonyms, HELD_OUT)  # noqa: S311


def _held_examples(reference: Reference) -> list[tuple[str, str, str]]:
    """Return one example of each skill and language where there is another text to find it by."""
    return [
        (skill.code, language, examples[0])
        for skill in reference.skills.values()
        for language, examples in skill.examples.items()
    ]


def _told(reference: Reference, unseen: Meanings, examples: list[tuple[str, str, str]]) -> list[Found]:
    """Return what is found by examples that the skills' rows do not hold."""
    kin = _kin(reference)
    scores = unseen.scores(whole(unseen.encoder.encode([text for _, _, text in examples])))
    return [
        Found(float(row.max()), unseen.codes[row.argmax()] in kin[code])
        for row, (code, _, _) in zip(scores, examples, strict=True)
    ]


def _idle_sentences(known: Meanings) -> list[Found]:
    """Return what is found in sentences that speak of no skill, read as wholes."""
    texts = [sentence for sentences in _sentences("other").values() for sentence in sentences]
    return [Found(float(row.max()), False) for row in known.scores(whole(known.encoder.encode(texts)))]


def _sentences(kind: str) -> dict[str, list[str]]:
    with SENTENCES.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["kind"] == kind]
    return {language: [row["text"] for row in rows if row["lang"] == language] for language in UI_LANGUAGES}


def _found(reference: Reference, known: Meanings, held: list[tuple[str, str, str]]) -> Iterator[Found]:
    """Yield what is found in sentences around names that the skills' rows do not hold."""
    frames, chooser, kin = _sentences("work"), random.Random(SEED), _kin(reference)  # noqa: S311
    for code, language, name in held:
        sentence = chooser.choice(frames[language]).replace("{}", name)
        yield from (Found(score, skill in kin[code]) for skill, score in _nearest(known, sentence))


def _idle(known: Meanings) -> Iterator[Found]:
    for sentences in _sentences("other").values():
        for sentence in sentences:
            yield from (Found(score, False) for _, score in _nearest(known, sentence))


def _nearest(known: Meanings, sentence: str) -> list[tuple[str, float]]:
    """Return (skill, score) for the passages of a sentence; of passages that overlap, the clearest."""
    said = [passage for passage in passages_of(sentence) if passage.language in KNOWN]
    if not said:
        return []
    scores = known.scores(whole(known.encoder.encode([passage.text for passage in said])))
    taken: list[int] = []
    for number in np.argsort(-scores.max(axis=1), kind="stable").tolist():
        if not any(said[number].overlaps(said[other]) for other in taken):
            taken.append(number)
    return [(known.codes[scores[number].argmax()], float(scores[number].max())) for number in taken]


def _kin(reference: Reference) -> dict[str, set[str]]:
    kin = {code: {code, *skill.related} for code, skill in reference.skills.items()}
    for skill in reference.skills.values():
        if skill.broader:
            kin[skill.code].add(skill.broader)
            kin[skill.broader].add(skill.code)
    return kin


def _threshold(found: list[Found]) -> float:
    """Return the lowest score from which on so many are right as `PRECISION` asks."""
    ranked = sorted(found, key=lambda one: -one.score)
    right = np.cumsum([one.is_right for one in ranked]) / np.arange(1, len(ranked) + 1)
    enough = np.flatnonzero(right >= PRECISION)
    # Rounded up: what lies just below may be one phrase that stands in many sentences.
    return math.ceil(ranked[int(enough[-1])].score * 10**DIGITS) / 10**DIGITS


def _alike(reference: Reference, full: Meanings) -> tuple[dict[str, float], float, float]:
    """Return offsets per pair of languages, and the similarities that count nothing and in full, offsets taken off.

    Examples are held against names and examples of the same skill in other words, and of skills that are no kin.
    """
    examples = {
        (skill.code, text) for skill in reference.skills.values() for texts in skill.examples.values() for text in texts
    }
    codes = np.array(full.codes)[full.owners]
    is_example = np.array([(code, text) in examples for code, text in zip(codes, full.texts, strict=True)])
    tongues = np.array(full.languages)
    same: dict[str, list[Array]] = {}
    other: dict[str, list[Array]] = {}
    kin = _kin(reference)
    is_kin = np.array([[other in kin[code] for other in full.codes] for code in full.codes])
    for first in UI_LANGUAGES:
        for second in UI_LANGUAGES:
            left, right = np.flatnonzero(is_example & (tongues == first)), np.flatnonzero(tongues == second)
            similar = full.rows[left] @ full.rows[right].T / SCALE**2
            owners = full.owners[left][:, None], full.owners[right][None]
            pair = "-".join(sorted((first, second)))
            same.setdefault(pair, []).append(similar[(owners[0] == owners[1]) & (left[:, None] != right[None])])
            other.setdefault(pair, []).append(similar[~is_kin[owners]])
    levels = {pair: float(np.mean(np.concatenate(parts))) for pair, parts in same.items()}
    usual = float(np.mean(list(levels.values())))
    offsets = {pair: round(level - usual, DIGITS) for pair, level in sorted(levels.items())}
    chance = np.concatenate([part - offsets[pair] for pair, parts in other.items() for part in parts])
    meant = np.concatenate([part - offsets[pair] for pair, parts in same.items() for part in parts])
    return offsets, _rounded(np.quantile(chance, 1 - CHANCE)), _rounded(np.quantile(meant, SAME_FULL))


def _rounded(value: float) -> float:
    return round(float(value), DIGITS)


def main() -> int:
    """Measure, write, and print the numbers."""
    calibration = calibrate()
    calibration.save()
    sys.stdout.write(f"{calibration.to_dict()}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
