"""What each byte that is kept of a person adds to the most that the person can score, and which rules it fails.

Lines are those of the criteria; each gives at least what the plain criterion gives, and all but a mention of a skill in
a text give the same, but for rounding. Whoever can be listed is scored by the plain criteria afterwards.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.criteria import country, interests, languages, skills
from matching.engine import coverage
from matching.engine.arrays import NO_RULE, UNNAMED
from matching.engine.bounds import BEFORE_DATES
from matching.engine.language_credits import TOLD, language_credits
from matching.engine.levels import Levels, risen
from matching.engine.plan import Plan
from matching.engine.standing import Fails, fails_of_language, fails_of_skill
from matching.engine.wishes import wishes_of

NO_POINTS: Levels = np.zeros(256, np.uint16)


class Look(NamedTuple):
    """What each of 256 bytes adds to points, and how many rules it fails; OUT or more where by much."""

    points: Levels = NO_POINTS
    fails: Fails = NO_RULE


@dataclass(frozen=True)
class Looks:
    """All that is looked up, but dates, for work on site or online.

    `same` is what everybody gets in each row of bounds, `rows` is the row of each criterion. `languages` go by their
    codes, and a byte of `TOLD` stands for a profile without any; `skills` go by their rows of `coverage`. `wishes` is
    the row of a country, and what its bytes add; `goals` is which are asked for, a bit each, and what each number of
    shared ones adds.
    """

    same: Levels
    rows: Mapping[str, int]
    languages: Mapping[str, Look]
    skills: Mapping[int, Look]
    wishes: tuple[int, Levels] | None
    goals: tuple[np.uint32, Levels] | None


def looks_of(plan: Plan, online: bool) -> Looks:
    """Return what is looked up for an assignment."""
    same = np.zeros(plan.width, np.uint16)
    rows = {criterion: plan.row(criterion) for criterion in BEFORE_DATES}
    by_language, by_skill = _languages(plan, same), _skills(plan, same)
    return Looks(same, rows, by_language, by_skill, _wishes(plan, online, same), _goals(plan, same))


def _skills(plan: Plan, same: Levels) -> dict[int, Look]:
    neutral, weight = plan.neutral[skills.NAME], plan.weight(skills.NAME)
    if not plan.wanted and not plan.text_share:
        same[plan.row(skills.NAME)] += risen(weight * neutral)
    numbers = coverage.coverage_of(plan.reference).skills
    found: dict[int, Look] = {}
    for one in plan.wanted:
        points = _skill_points(one.level, neutral, weight * one.share)
        _add(found, numbers[one.code], Look(points))
    for skill in plan.assignment.essential:
        if skill.level > 1:
            _add(found, numbers[skill.code], Look(fails=fails_of_skill(skill.level)))
    return found


def _add(found: dict[Any, Look], key: Hashable, look: Look) -> None:
    """Add a look to what is there already under a key: the same may be asked for twice."""
    other = found.get(key)
    found[key] = look if other is None else Look(other.points + look.points, other.fails + look.fails)


def _wishes(plan: Plan, online: bool, same: Levels) -> tuple[int, Levels] | None:
    weight, neutral = plan.weight(country.NAME), plan.neutral[country.NAME]
    if online:
        same[plan.row(country.NAME)] += risen(weight * country.ONLINE)
        return None
    wishes = wishes_of(plan.reference)
    return wishes.countries[plan.assignment.country], risen(wishes.values(neutral) * weight)


def _languages(plan: Plan, same: Levels) -> dict[str, Look]:
    neutral, weight, assignment = plan.neutral[languages.NAME], plan.weight(languages.NAME), plan.assignment
    required, helpful = assignment.languages, languages.helpful_languages(assignment)
    share = languages.REQUIRED_SHARE if helpful else 1.0
    if not required:
        same[plan.row(languages.NAME)] += risen(weight * share * neutral)
    found: dict[str, Look] = {}
    for asked in required:
        points = _language_points(asked.level, neutral, weight * (share / len(required)))
        _add(found, asked.code, Look(points, fails_of_language(asked)))
    for code in helpful:
        found[code] = Look(_language_points(None, neutral, weight * ((1.0 - share) / len(helpful))))
    return found


def _goals(plan: Plan, same: Levels) -> tuple[np.uint32, Levels] | None:
    goals, neutral, weight = plan.assignment.goals, plan.neutral[interests.NAME], plan.weight(interests.NAME)
    if not goals:
        same[plan.row(interests.NAME)] += risen(weight * neutral)
        return None
    return np.uint32(sum(1 << goal for goal in goals)), _goal_points(len(goals), neutral, weight)


# Tables for shares that many assignments have, kept: to make one costs as much as to look a thousand people up.
@lru_cache(maxsize=1024)
def _skill_points(level: int, neutral: float, share: float) -> Levels:
    return risen(coverage.values(level, neutral) * share)


@lru_cache(maxsize=1024)
def _language_points(level: int | None, neutral: float, share: float) -> Levels:
    """Return what a language adds for each byte: asked at a level, or (None) helpful."""
    values: NDArray[np.float64] = np.full(256, neutral)
    values[:TOLD] = language_credits(level)[:TOLD]
    return risen(values.astype(np.float32) * share)


@lru_cache(maxsize=256)
def _goal_points(goals: int, neutral: float, share: float) -> Levels:
    """Return what so many shared ones of some goals add, and from UNNAMED on, what a profile adds that names none."""
    table = np.zeros(256)
    table[1 : goals + 1] = interests.ANY_SHARED + (1.0 - interests.ANY_SHARED) * (np.arange(1, goals + 1) / goals)
    table[UNNAMED:] = neutral
    return risen(table * share)
