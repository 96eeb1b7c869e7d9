"""Who of a segment passes every rule of an assignment, or fails one by little: those of `eligibility`, on bytes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from matching.eligibility import NEAR_STAY_SHARE, NEAR_STAY_WEEKS
from matching.engine.coverage import OWN
from matching.engine.marks import Places, taken
from matching.engine.segment import ABROAD, CONSENT, LANGUAGE, NOT_KNOWN, PROVEN, WINDOW, WORKS, Segment
from matching.hours import DAY_WITHOUT_DATE, DAYS_A_WEEK, shared_minutes
from matching.records import Assignment
from matching.stay import WEEK, assignment_period, days_asked, last_day_needed

Flags = NDArray[np.bool_]
Days = NDArray[np.int32]
OUT = 2  # who fails so many rules, or one by much, is not listed


def by_facts(segment: Segment, assignment: Assignment, skills: Mapping[str, int], mode: str) -> NDArray[np.uint8]:
    """Return for each person how many rules fail by little, OUT or more where more than that fails.

    Every rule counts but those about time; `skills` number the rows of `coverage`.
    """
    passes = _absolute(segment, assignment, mode)
    fails = (~passes).view(np.uint8) * np.uint8(OUT)
    for asked in assignment.languages:
        held = segment.language(asked.code) & np.uint8(PROVEN - 1)
        below = held < asked.level
        if not asked.safety:
            below &= segment.flag(LANGUAGE)
        fails += below
        fails += below if asked.safety else below & (held != asked.level - 1)
    for skill in assignment.essential:
        if skill.level > 1:
            rows, codes = segment.covered(skills[skill.code])
            own = OWN[codes]
            below = (own > 0) & (own < skill.level)
            fails[rows[below]] += np.where(own[below] == skill.level - 1, 1, OUT).astype(np.uint8)
    return fails


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


def by_time(
    segment: Segment, assignment: Assignment, online: bool, rows: Places, fails: NDArray[np.uint8]
) -> tuple[NDArray[np.uint8], Days]:
    """Return how many rules of all fail by little for these people, OUT or more as above, and the days in common."""
    times = np.take(segment.pack["times"], rows, axis=0)
    overlap = overlap_of(segment, assignment, rows, times)
    out = overlap <= 0
    asked = int(days_asked(assignment)) if assignment.weeks else 0
    if online:
        out |= ~_hours_meet(segment, assignment, rows)
        needed, possible = np.full(len(rows), asked, np.int32), overlap
    else:
        shortest, longest = times[:, 2], times[:, 3]
        needed = np.maximum(shortest * WEEK, asked)  # not known is below nought
        possible = np.where(longest == NOT_KNOWN, overlap, np.minimum(overlap, longest * WEEK))
    short = needed - possible
    failed = short > 0
    by_little = (short <= np.maximum(needed * NEAR_STAY_SHARE, NEAR_STAY_WEEKS * WEEK)) & (possible > 0)
    out |= failed & ~by_little
    return fails + failed + out * np.uint8(OUT), overlap


def overlap_of(segment: Segment, assignment: Assignment, rows: Places, times: NDArray[np.int32]) -> Days:
    """Return the longest stretch of days in common; all that the assignment's dates allow where no window is named.

    `times` are the rows of the array of this name.
    """
    first, last = assignment_period(assignment)
    overlap = np.maximum(np.minimum(times[:, 1], last) - np.maximum(times[:, 0], first) + 1, 0)
    several = np.flatnonzero(times[:, 4])
    if len(several):
        entries, whose = taken(segment.pack["more.starts"], rows[several])
        starts, ends = segment.pack["more.windows"][:, entries]
        common = np.minimum(ends, last) - np.maximum(starts, first) + 1
        firsts = np.flatnonzero(np.diff(whose, prepend=-1))
        overlap[several] = np.maximum(overlap[several], np.maximum.reduceat(common, firsts))
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
