"""Who of some people passes every rule of an assignment, or fails one by little: those of `eligibility`, on bytes.

Rules that nobody fails by little, but those about time, are judged before, by whole columns (passing.py).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matching.eligibility import NEAR_STAY_SHARE, NEAR_STAY_WEEKS
from matching.engine.arrays import OUT, Times
from matching.engine.coverage import OWN
from matching.engine.language_credits import TOLD
from matching.engine.segment import NOT_KNOWN, PROVEN, Segment
from matching.engine.steps import steps
from matching.engine.view import Days, Flags, View
from matching.hours import DAY_WITHOUT_DATE, DAYS_A_WEEK, shared_minutes
from matching.records import AskedLanguage, Assignment
from matching.stay import WEEK, assignment_period, days_asked

Fails = NDArray[np.uint8]
SharedHours = Callable[[Segment], NDArray[np.float64]]  # see `shared_hours`


@lru_cache(maxsize=64)
def fails_of_language(asked: AskedLanguage) -> Fails:
    """Return for each byte of a language how many rules it fails by little, OUT where by much."""
    bytes_ = np.arange(256)
    held = bytes_ & (PROVEN - 1)
    below = (held < asked.level) & (asked.safety | (bytes_ < TOLD))
    near = (held == asked.level - 1) & (not asked.safety)
    return np.where(below, np.where(near, 1, OUT), 0).astype(np.uint8)


@lru_cache(maxsize=16)
def fails_of_skill(level: int) -> Fails:
    """Return the same for each byte of a skill, where this level is needed."""
    below = (OWN > 0) & (level > OWN)
    return np.where(below, np.where(level - 1 == OWN, 1, OUT), 0).astype(np.uint8)


def by_time(view: View, assignment: Assignment, online: bool, fails: Fails, shared: SharedHours) -> tuple[Fails, Times]:
    """Return how many rules of all fail by little for these people, OUT or more as above, and their times."""
    times: Times = steps().times_of(view, *assignment_period(assignment))
    out = times.overlap <= 0
    asked = int(days_asked(assignment)) if assignment.weeks else 0
    if online:
        out |= ~_hours_meet(view, assignment, shared)
        needed, possible = np.full(view.size, asked, np.int32), times.overlap
    else:
        needed = np.maximum(times.shortest * WEEK, asked)  # not known is below nought
        longest = np.where(times.longest == NOT_KNOWN, times.overlap, times.longest * WEEK)
        possible = np.minimum(times.overlap, longest)
    fails = fails + out * np.uint8(OUT)
    short = np.flatnonzero(needed > possible)
    fails[short] += _short_fails(needed[short], possible[short])
    return fails, times


def _short_fails(needed: Days, possible: Days) -> Fails:
    """Return what stays add that are shorter than needed."""
    allowed = np.maximum(needed * NEAR_STAY_SHARE, NEAR_STAY_WEEKS * WEEK)
    return np.where((needed - possible <= allowed) & (possible > 0), 1, OUT).astype(np.uint8)


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
