"""Measures what similarities mean: `python -m data.model.calibrate` writes the skills' rows and calibration-1.json.

Run it after every training and after every change to names of skills. Only this project's own words are used: names of
skills in sentences in which the linker has not read them, and sentences that speak of no skill.
"""

from __future__ import annotations

import csv
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
from matching.text.head import Array
from matching.text.meanings import ROWS, SCALE, Meanings, skill_names, store_rows, whole
from matching.text.passages import passages_of
from matching.text.tongue import KNOWN

SENTENCES = Path(__file__).parent / "sentences.csv"
SEED = 5
HELD_OUT = 900
# Of ten suggestions nine should be right: the skill meant, or its nearest kin in the taxonomy.
PRECISION = 0.9
# A name in its own words, in a sentence: at this share of those the linker is as sure as it can be.
SURE_SHARE = 0.5
# Passages of sentences that speak of no work: so few of them may count as work, and as much as half of names must.
IDLE_SHARE, NAMES_SHARE = 0.75, 0.5
# So many passages of different things may pass for alike by chance; so many of one meaning count in full.
CHANCE, SAME_FULL = 0.001, 0.9
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
    store_rows(tuple(text for _, _, text in skill_names(reference)), encoder)
    full = Meanings(reference, encoder)
    held = _held_out(reference)
    found = [*_found(reference, Meanings(reference, encoder, without=frozenset(held)), held), *_idle(full)]
    offsets, alike_from, alike_full = _alike(reference, full)
    names = full.scores(full.rows).max(axis=1)
    idle = [one.score for one in _idle(full)]
    return Calibration(
        head=encoder.head.fingerprint,
        link_from=_threshold(found),
        link_full=_rounded(np.quantile(names, SURE_SHARE)),
        work_from=_rounded(np.quantile(idle, IDLE_SHARE)),
        work_full=_rounded(np.quantile([one.score for one in found if one.is_right], NAMES_SHARE)),
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
    return _rounded(ranked[int(enough[-1])].score)


def _alike(reference: Reference, full: Meanings) -> tuple[dict[str, float], float, float]:
    """Return offsets per pair of languages, and the similarities that count nothing and in full, offsets taken off."""
    labels = {(skill.code, text) for skill in reference.skills.values() for text in skill.labels.values()}
    codes = np.array(full.codes)[full.owners]
    is_label = np.array([(code, text) in labels for code, text in zip(codes, full.texts, strict=True)])
    tongues = np.array(full.languages)
    same: dict[str, list[Array]] = {}
    other: dict[str, list[Array]] = {}
    kin = _kin(reference)
    is_kin = np.array([[other in kin[code] for other in full.codes] for code in full.codes])
    for first in UI_LANGUAGES:
        for second in UI_LANGUAGES:
            left, right = np.flatnonzero(is_label & (tongues == first)), np.flatnonzero(~is_label & (tongues == second))
            similar = full.rows[left] @ full.rows[right].T / SCALE**2
            owners = full.owners[left][:, None], full.owners[right][None]
            pair = "-".join(sorted((first, second)))
            same.setdefault(pair, []).append(similar[owners[0] == owners[1]])
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
