"""Who of a segment could pass the rules of an assignment: whole columns at a time, before anybody is looked at singly.

Whoever is left out here fails; of those who are left, single looks find who fails a skill, the hours or the dates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.eligibility import NEAR_STAY_SHARE, NEAR_STAY_WEEKS
from matching.engine.segment import ABROAD, CONSENT, LANGUAGE, PROVEN, WORKS, Segment
from matching.engine.spans import DAY_ONE, ENDLESS, FIRST, LAST, ON_SITE, ONLINE
from matching.engine.steps import steps
from matching.records import Assignment
from matching.stay import WEEK, assignment_period, days_asked, last_day_needed

Flags = NDArray[np.bool_]


def could_pass(segments: Sequence[Segment], assignment: Assignment, mode: str, near: bool) -> list[Flags]:
    """Return who of each segment could pass every rule, or (`near`) fail one of them by little."""
    places = assignment.places_international + assignment.places_national + assignment.places_local
    if not assignment.host_verified or places == 0:
        return [np.zeros(segment.size, bool) for segment in segments]
    times = Times.of(assignment, mode, near)
    return [_could_pass(segment, assignment, mode, times, near) for segment in segments]


def _could_pass(segment: Segment, assignment: Assignment, mode: str, times: Times, near: bool) -> Flags:
    passes, flags = _agrees(segment, assignment, mode), segment.pack["flags"]
    if segment.alive is not None:
        passes &= segment.alive
    times.keep(segment, passes)
    if mode == "on_site":
        for name in ("excluded", "no_go"):
            marks = segment.marks[name]
            steps().left_out(marks.with_code(assignment.country), marks.rows, passes)
    for code in assignment.licensed_skills:
        passes &= _licensed(segment, assignment, code)
    for asked in assignment.languages:
        least = np.uint8(asked.level - (near and not asked.safety))
        named = np.uint8(0 if asked.safety else LANGUAGE)  # whoever names no language may speak this one
        steps().speaking(segment.language(asked.code), np.uint8(PROVEN - 1), least, flags, named, passes)
    return passes


def _agrees(segment: Segment, assignment: Assignment, mode: str) -> Flags:
    """Return who agrees to be matched for work in this mode, at home or, where that is asked, abroad."""
    flags, needed = segment.pack["flags"], np.uint8(CONSENT | WORKS[mode])
    if assignment.places_international:
        agrees = np.empty(segment.size, bool)
        steps().agreeing(flags, needed | np.uint8(ABROAD), agrees)
    else:
        agrees = np.zeros(segment.size, bool)
    marks = segment.marks["residence"]
    steps().agreeing_at_home(marks.with_code(assignment.country), marks.rows, flags, needed, agrees)
    return agrees


def _licensed(segment: Segment, assignment: Assignment, code: str) -> Flags:
    until, marks = last_day_needed(assignment), segment.marks["licences"]
    held = marks.with_code(code)
    holds = np.zeros(segment.size, bool)
    holds[marks.rows[held[marks.values[held] >= (until.toordinal() if until else 1)]]] = True
    return holds


@dataclass(frozen=True)
class Times:
    """What is asked of somebody's days, as far as `spans` tell: the latest first one, the earliest last one, a stretch.

    `row` says which stretch.
    """

    first: int
    last: int
    row: int
    stretch: int

    @staticmethod
    def of(assignment: Assignment, mode: str, near: bool) -> Times:
        """Return what an assignment asks for."""
        start, end = (min(max(day - DAY_ONE, 0), ENDLESS) for day in assignment_period(assignment))
        asked = days_asked(assignment) if assignment.weeks else 0.0
        least = asked - max(asked * NEAR_STAY_SHARE, NEAR_STAY_WEEKS * WEEK) if near else asked
        # Whoever's days are not known has all those that the assignment's dates leave.
        stay = max(0, min(int(least), end - start + 1, ENDLESS))
        needed = max(1, stay)  # a day in common, though a stay of no length is enough where none is asked for
        row, stretch = (ONLINE, needed) if mode == "online" else (ON_SITE, stay)
        return Times(end - needed + 1, start + needed - 1, row, stretch)

    def keep(self, segment: Segment, passes: Flags) -> None:
        """Keep who has such days."""
        days, asked = segment.pack["spans"], map(np.uint16, (self.first, self.last, self.stretch))
        steps().having_days(days[FIRST], days[LAST], days[self.row], *asked, passes)
