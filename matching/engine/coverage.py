"""For every skill of the taxonomy one byte a person: its stated level, the best levels near it, and any mention.

A byte is own + 5 * first + 25 * second + 125 * mentioned, where `first` and `second` are the best levels among the
skills whose relation earns the first and the second of the taxonomy's factors.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matching.criteria.skills import TAXONOMY_FACTORS, SkillsCriterion, most_from_text
from matching.records import SKILL_LEVELS, Volunteer
from matching.reference import Reference

LEVELS = len(SKILL_LEVELS) + 1
FACTORS = tuple(sorted(set(TAXONOMY_FACTORS.values()), reverse=True))
STEPS = tuple(LEVELS**number for number in range(len(FACTORS) + 2))  # own, each factor, mentioned
if STEPS[-1] * 2 > 256:
    raise ValueError("the taxonomy has more factors than a byte can tell apart")
Bytes = NDArray[np.uint8]
OWN: Bytes = (np.arange(256) % LEVELS).astype(np.uint8)  # the stated level that a byte tells


@dataclass(frozen=True)
class Coverage:
    """The skills of a reference by number, and for each the skills to whose credit it adds: (their number, factor)."""

    skills: Mapping[str, int]
    near: Mapping[str, tuple[tuple[int, int], ...]]

    def of(self, people: Sequence[Volunteer], mentions: Sequence[Iterable[str]]) -> Bytes:
        """Return (skills, people); `mentions` are the skills that each one's text names."""
        held = [(self.skills[skill.code], row, skill.level) for row, one in enumerate(people) for skill in one.skills]
        near = [
            (factor, number, row, skill.level)
            for row, one in enumerate(people)
            for skill in one.skills
            for number, factor in self.near[skill.code]
        ]
        shape = (len(self.skills), len(people))
        found = _highest(shape, held)
        for factor in range(len(FACTORS)):
            found += _highest(shape, [entry[1:] for entry in near if entry[0] == factor]) * np.uint8(STEPS[1 + factor])
        named = [(self.skills[code], row, 1) for row, codes in enumerate(mentions) for code in codes]
        return found + _highest(shape, named) * np.uint8(STEPS[-1])


@lru_cache(maxsize=256)
def values(level: int, neutral: float) -> NDArray[np.float32]:
    """Return the most that a skill asked at a level is worth for each byte: a mention counts as if it were clear."""
    return _worth(level, neutral, most_from_text(level)).astype(np.float32)


@lru_cache(maxsize=256)
def mention_gains(level: int, neutral: float) -> NDArray[np.float32]:
    """Return how much less each byte is worth at least, were its mention not clear at all."""
    return (_worth(level, neutral, most_from_text(level)) - _worth(level, neutral, 0.0)).astype(np.float32)


def _worth(level: int, neutral: float, mention: float) -> NDArray[np.float64]:
    worth = np.zeros(256)
    for byte in range(2 * STEPS[-1]):
        own, *near, mentioned = [byte // step % LEVELS for step in STEPS]
        credits = [FACTORS[place] * min(held, level) / level for place, held in enumerate(near)]
        best = max(min(own, level) / level, *credits, mention if mentioned else 0.0)
        worth[byte] = best if own else max(best, neutral)
    return worth


def _highest(shape: tuple[int, int], entries: Sequence[tuple[int, int, int]]) -> Bytes:
    """Return the highest level of each skill and person, from (skill, row, level)."""
    found = np.zeros(shape, np.uint8)
    if entries:
        skills, rows, levels = np.array(sorted(entries, key=lambda entry: entry[2])).T
        found[skills, rows] = levels  # of entries for one place the last one stays, which is the highest
    return found


@lru_cache(maxsize=4)
def coverage_of(reference: Reference) -> Coverage:
    """Turn the taxonomy round, once: from what is asked to what is held."""
    criterion = SkillsCriterion(reference)
    skills = {code: number for number, code in enumerate(sorted(reference.skills))}
    near: dict[str, list[tuple[int, int]]] = {code: [] for code in skills}
    for code, number in skills.items():
        for other, relation in criterion.near(code):
            near[other].append((number, FACTORS.index(TAXONOMY_FACTORS[relation])))
    return Coverage(skills, {code: tuple(found) for code, found in near.items()})
