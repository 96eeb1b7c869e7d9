"""Who of some people passes every rule of an assignment, or fails one by little: those of `eligibility`, on bytes.

Rules that nobody fails by little, but those about time, are judged before, by whole columns (passing.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from matching.eligibility import NEAR_STAY_SHARE, NEAR_STAY_WEEKS
from matching.engine.coverage import OWN
from matching.engine.segment import LANGUAGE, NOT_KNOWN, PROVEN, WINDOW, Segment
from matching.engine.view import Days, Flags, View
from matching.hours import DAY_WITHOUT_DATE, DAYS_A_WEEK, shared_minutes
from matching.records import Assignment
from matching.stay import WEEK, assignment_period, days_asked

Fails = NDArray[np.uint8]
SharedHours = Callable[[Segment], NDArray[np.float64]]  # see `shared_hours`
OUT = 2  # who fails so many rules, or one by much, is not listed


def by_facts(view: View, assignment: Assignment, skills: Mapping[str, int]) -> Fails:
    """Return for each person how many rules about languages and skills fail by little, OUT or more where by much.

    `skills` number the rows of `coverage`.
    """
    fails = np.zeros(view.size, np.uint8)
    for asked in assignment.languages:
        held = view.language(asked.code) & np.uint8(PROVEN - 1)
        below = held < asked.level
        if not asked.safety:
            below &= (view.flags & np.uint8(LANGUAGE)) != 0
        fails += below
        fails += below if asked.safety else below & (held != asked.level - 1)
    for skill in assignment.essential:
        if skill.level > 1:
            whose, codes = view.covered(skills[skill.code])
            fails[whose] += _skill_fails(skill.level)[codes]
    return fails


def _skill_fails(level: int) -> Fails:
    """Return for each byte of a skill what it adds where this level is needed."""
    below = (OWN > 0) & (level > OWN)
    return np.where(below, np.where(level - 1 == OWN, 1, OUT), 0).astype(np.uint8)


def by_time(view: View, assignment: Assignment, online: bool, fails: Fails, shared: SharedHours) -> tuple[Fails, Days]:
    """Return how many rules of all fail by little for these people, OUT or more as above, and the days in common."""
    times = view.column("times")
    overlap = overlap_of(view, assignment, times)
    out = overlap <= 0
    asked = int(days_asked(assignment)) if assignment.weeks else 0
    if online:
        out |= ~_hours_meet(view, assignment, shared)
        needed, possible = np.full(view.size, asked, np.int32), overlap
    else:
        shortest, longest = times[:, 2], times[:, 3]
        needed = np.maximum(shortest * WEEK, asked)  # not known is below nought
        possible = np.where(longest == NOT_KNOWN, overlap, np.minimum(overlap, longest * WEEK))
    fails = fails + out * np.uint8(OUT)
    short = np.flatnonzero(needed > possible)
    fails[short] += _short_fails(needed[short], possible[short])
    return fails, overlap


def _short_fails(needed: Days, possible: Days) -> Fails:
    """Return what stays add that are shorter than needed."""
    allowed = np.maximum(needed * NEAR_STAY_SHARE, NEAR_STAY_WEEKS * WEEK)
    return np.where((needed - possible <= allowed) & (possible > 0), 1, OUT).astype(np.uint8)


def overlap_of(view: View, assignment: Assignment, times: NDArray[np.int32]) -> Days:
    """Return the longest stretch of days in common; all that the assignment's dates allow where no window is named.

    `times` are the rows of the array of this name.
    """
    first, last = assignment_period(assignment)
    overlap = np.maximum(np.minimum(times[:, 1], last) - np.maximum(times[:, 0], first) + 1, 0)
    several = np.flatnonzero(times[:, 4])
    if len(several):
        starts, ends, whose = view.further_windows(several)
        common = np.minimum(ends, last) - np.maximum(starts, first) + 1
        firsts = np.flatnonzero(np.diff(whose, prepend=-1))
        overlap[several] = np.maximum(overlap[several], np.maximum.reduceat(common, firsts))
    return np.where((view.flags & np.uint8(WINDOW)) != 0, overlap, np.int32(last - first + 1))


def shared_hours(segment: Segment, assignment: Assignment) -> NDArray[np.float64]:
    """Return the hours a day shared with each of the segment's distinct hours, and NaN at the end: not known."""
    if assignment.hours is None:
        return np.full(len(segment.hours) + 1, np.nan)
    day = assignment.start_on or DAY_WITHOUT_DATE
    return np.array([*(shared_minutes(one, assignment.hours, day) / 60 for one in segment.hours), np.nan])


def _hours_meet(view: View, assignment: Assignment, shared: SharedHours) -> Flags:
    by_day = view.by_hours(shared)
    offered = view.column("online_hours").astype(float)
    offered[offered == NOT_KNOWN] = np.nan
    possible = np.fmin(offered, by_day * DAYS_A_WEEK)
    return ~((possible < float(assignment.weekly_hours or 0)) | (by_day == 0))
