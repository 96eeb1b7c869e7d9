"""Who of a segment passes every rule of an assignment, or fails one by little: those of `eligibility`, on bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.eligibility import NEAR_STAY_SHARE, NEAR_STAY_WEEKS
from matching.engine.coverage import OWN
from matching.engine.segment import ABROAD, CONSENT, LANGUAGE, NOT_KNOWN, PROVEN, WINDOW, WORKS, Segment
from matching.hours import DAY_WITHOUT_DATE, DAYS_A_WEEK, shared_minutes
from matching.records import Assignment
from matching.stay import WEEK, assignment_period, days_asked, last_day_needed

Flags = NDArray[np.bool_]
Days = NDArray[np.int32]


@dataclass(frozen=True)
class Left:
    """People for whom no rule fails by much so far: their numbers, and how many rules fail by little (0 or 1)."""

    rows: NDArray[np.intp]
    fails: NDArray[np.uint8]

    def where(self, keep: Flags | slice) -> Left:
        """Return some of them."""
        return Left(self.rows[keep], self.fails[keep])


def by_facts(segment: Segment, assignment: Assignment, skills: Mapping[str, int], mode: str) -> Left:
    """Apply every rule but those about time; `skills` number the rows of `coverage`."""
    passes = _absolute(segment, assignment, mode)
    fails = np.zeros(segment.size, np.uint8)
    for asked in assignment.languages:
        held = segment.language(asked.code) & np.uint8(PROVEN - 1)
        below = held < asked.level
        if not asked.safety:
            below &= segment.flag(LANGUAGE)
        passes &= ~below if asked.safety else ~below | (held == asked.level - 1)
        fails += below
    rows = np.flatnonzero(passes & (fails <= 1))
    left = Left(rows, fails[rows])
    for skill in assignment.essential:
        if skill.level > 1:
            own = OWN[segment.pack["coverage"][skills[skill.code]][left.rows]]
            below = (own > 0) & (own < skill.level)
            fails = left.fails + below
            left = Left(left.rows, fails).where((~below | (own == skill.level - 1)) & (fails <= 1))
    return left


def _absolute(segment: Segment, assignment: Assignment, mode: str) -> Flags:
    """Return where every rule holds that nobody fails by little, but those about dates."""
    places = assignment.places_international + assignment.places_national + assignment.places_local
    if not assignment.host_verified or places == 0:
        return np.zeros(segment.size, bool)
    needed = np.uint8(CONSENT | WORKS[mode])
    passes = (segment.pack["flags"] & needed) == needed
    if segment.alive is not None:
        passes &= segment.alive
    at_home = _with(segment, "residence", assignment.country)
    passes &= at_home if assignment.places_international == 0 else at_home | segment.flag(ABROAD)
    if mode == "on_site":
        for name in ("excluded", "no_go"):
            marks = segment.marks[name]
            passes[marks.rows[marks.with_code(assignment.country)]] = False
    until = last_day_needed(assignment)
    for code in assignment.licensed_skills:
        marks = segment.marks["licences"]
        held = marks.with_code(code)
        holds = np.zeros(segment.size, bool)
        holds[marks.rows[held[marks.values[held] >= (until.toordinal() if until else 1)]]] = True
        passes &= holds
    return passes


def _with(segment: Segment, name: str, code: str) -> Flags:
    marks = segment.marks[name]
    found = np.zeros(segment.size, bool)
    found[marks.rows[marks.with_code(code)]] = True
    return found


def by_time(segment: Segment, assignment: Assignment, online: bool, left: Left) -> tuple[Flags, Flags, Days]:
    """Apply the rules about time: who is left, for whom one rule of all fails by little, and the days in common."""
    rows, overlap = left.rows, overlap_of(segment, assignment, left.rows)
    keep = overlap > 0
    asked = int(days_asked(assignment)) if assignment.weeks else 0
    if online:
        keep &= _hours_meet(segment, assignment, rows)
        needed, possible = np.full(len(rows), asked, np.int32), overlap
    else:
        shortest, longest = segment.pack["stays"][0][rows], segment.pack["stays"][1][rows]
        needed = np.maximum(shortest * WEEK, asked)  # not known is below nought
        possible = np.where(longest == NOT_KNOWN, overlap, np.minimum(overlap, longest * WEEK))
    short = needed - possible
    failed = short > 0
    by_little = (short <= np.maximum(needed * NEAR_STAY_SHARE, NEAR_STAY_WEEKS * WEEK)) & (possible > 0)
    fails = left.fails + failed
    keep &= (~failed | by_little) & (fails <= 1)
    return keep, fails == 1, overlap


def overlap_of(segment: Segment, assignment: Assignment, rows: NDArray[np.intp]) -> Days:
    """Return the longest stretch of days in common; all that the assignment's dates allow where no window is named."""
    first, last = assignment_period(assignment)
    starts, ends = segment.pack["windows"][0][rows], segment.pack["windows"][1][rows]
    overlap = np.maximum(np.minimum(ends, last) - np.maximum(starts, first) + 1, 0)
    starts, ends = segment.pack["more.windows"]
    if len(starts):
        common = np.minimum(ends, last) - np.maximum(starts, first) + 1
        longest = np.zeros(segment.size, np.int32)
        longest[segment.pack["more.rows"]] = np.maximum.reduceat(common, segment.pack["more.firsts"])
        overlap = np.maximum(overlap, longest[rows])
    named = (segment.pack["flags"][rows] & np.uint8(WINDOW)) != 0
    return np.where(named, overlap, np.int32(last - first + 1))


def shared_hours(segment: Segment, assignment: Assignment) -> NDArray[np.float64]:
    """Return the hours a day shared with each of the segment's distinct hours, and NaN at the end: not known."""
    if assignment.hours is None:
        return np.full(len(segment.hours) + 1, np.nan)
    day = assignment.start_on or DAY_WITHOUT_DATE
    return np.array([*(shared_minutes(one, assignment.hours, day) / 60 for one in segment.hours), np.nan])


def _hours_meet(segment: Segment, assignment: Assignment, rows: NDArray[np.intp]) -> Flags:
    by_day = shared_hours(segment, assignment)[segment.pack["hours"][rows]]
    offered = segment.pack["online_hours"][rows].astype(float)
    offered[offered == NOT_KNOWN] = np.nan
    possible = np.fmin(offered, by_day * DAYS_A_WEEK)
    return ~((possible < float(assignment.weekly_hours or 0)) | (by_day == 0))
