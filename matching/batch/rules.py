"""Every absolute rule over a segment as a column of bytes: 0 passes, 1 fails by little, 2 fails.

Columns are kept by what they depend on; their sum says who is eligible (0), who nearly (1) and who not (2 and more).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from matching.batch.columns import Kept
from matching.eligibility import NEAR_STAY_SHARE, NEAR_STAY_WEEKS
from matching.engine.coverage import OWN, coverage_of
from matching.engine.segment import ABROAD, CONSENT, LANGUAGE, NOT_KNOWN, PROVEN, WORKS, Segment
from matching.engine.standing import overlap_of, shared_hours
from matching.engine.view import View
from matching.hours import DAYS_A_WEEK
from matching.records import MODES, AskedLanguage, AskedSkill, Assignment
from matching.reference import Reference
from matching.stay import WEEK, assignment_period, days_asked, last_day_needed

Codes = NDArray[np.uint8]
PASSES, NEARLY, FAILS = range(3)
# So many columns are added before the sum is cut back: it must not run over a byte.
AT_ONCE = 100


class Rules:
    """The rules over one segment."""

    def __init__(self, segment: Segment, reference: Reference, kept: Kept) -> None:
        self._segment, self._kept = segment, kept
        self._skills = coverage_of(reference).skills
        self._whole = View([(segment, None)])

    def judged(self, assignment: Assignment) -> list[tuple[str, Codes]]:
        """Return the modes of an assignment, each with 0 for the eligible, 1 for near matches of that mode, else 2.

        Everybody counts in one mode: on site where that is no worse.
        """
        if assignment.mode != "either":
            return [(assignment.mode, self._sum(assignment, assignment.mode))]
        first, second = (self._sum(assignment, mode) for mode in MODES)
        is_first = first <= second
        return [
            (mode, np.where(counts, codes, np.uint8(FAILS)))
            for mode, codes, counts in zip(MODES, (first, second), (is_first, ~is_first), strict=True)
        ]

    def overlap(self, assignment: Assignment) -> NDArray[np.int32]:
        """Return the longest stretch of days in common, all that the dates allow where no window is named."""
        key = ("overlap", assignment_period(assignment))
        return self._kept.column(key, lambda: overlap_of(self._whole, assignment, self._segment.pack["times"]))

    def shared_hours(self, assignment: Assignment) -> NDArray[np.float64]:
        """Return the hours a day shared with each of the segment's distinct hours, and NaN at the end: not known."""
        key = ("shared hours", assignment.hours, assignment.start_on)
        return self._kept.column(key, lambda: shared_hours(self._segment, assignment))

    def _sum(self, assignment: Assignment, mode: str) -> Codes:
        places = assignment.places_international + assignment.places_national + assignment.places_local
        if not assignment.host_verified or places == 0:
            return np.full(self._segment.size, FAILS, np.uint8)
        total = np.zeros(self._segment.size, np.uint8)
        for number, column in enumerate(self._columns(assignment, mode), start=1):
            np.add(total, column, out=total)
            if number % AT_ONCE == 0:
                np.minimum(total, FAILS, out=total)
        return np.minimum(total, FAILS, out=total)

    def _columns(self, one: Assignment, mode: str) -> Iterator[Codes]:
        keep, at_home = self._kept.column, one.places_international == 0
        yield keep(("works", mode), lambda: self._works(mode))
        yield keep(("home", one.country, at_home), lambda: self._home(one.country, at_home))
        if mode == "on_site":
            yield keep(("excluded", one.country), lambda: self._excluded(one.country))
        asked = int(days_asked(one)) if one.weeks else 0
        yield keep(("time", mode, assignment_period(one), asked), lambda: self._time(one, asked, mode))
        if mode == "online":
            key = ("hours", one.hours, one.weekly_hours, one.start_on if one.hours else None)
            yield keep(key, lambda: self._hours(one))
        until = last_day_needed(one)
        day = until.toordinal() if until else 1
        for skill in one.licensed_skills:
            yield keep(("licence", skill, day), lambda skill=skill: self._licence(skill, day))  # type: ignore[misc]
        for language in one.languages:
            yield keep(("language", language), lambda asked=language: self._language(asked))  # type: ignore[misc]
        for wanted in one.essential:
            if wanted.level > 1:
                yield keep(("level", wanted), lambda asked=wanted: self._level(asked))  # type: ignore[misc]

    def _works(self, mode: str) -> Codes:
        needed = np.uint8(CONSENT | WORKS[mode])
        passes = (self._segment.pack["flags"] & needed) == needed
        return _fails(~passes if self._segment.alive is None else ~(passes & self._segment.alive))

    def _home(self, country: str, only: bool) -> Codes:
        at_home = self._marked("residence", country)
        return _fails(~(at_home if only else at_home | self._segment.flag(ABROAD)))

    def _excluded(self, country: str) -> Codes:
        return _fails(self._marked("excluded", country) | self._marked("no_go", country))

    def _time(self, one: Assignment, asked: int, mode: str) -> Codes:
        overlap = self.overlap(one)
        needed, possible = np.full(len(overlap), asked, np.int32), overlap
        if mode == "on_site":
            shortest, longest = self._segment.pack["stays"]
            needed = np.maximum(shortest * WEEK, asked)  # not known is below nought
            possible = np.where(longest == NOT_KNOWN, overlap, np.minimum(overlap, longest * WEEK))
        short = needed - possible
        little = (short <= np.maximum(needed * NEAR_STAY_SHARE, NEAR_STAY_WEEKS * WEEK)) & (possible > 0)
        codes = np.where(short > 0, np.where(little, NEARLY, FAILS), PASSES)
        return np.where(overlap <= 0, FAILS, codes).astype(np.uint8)

    def _hours(self, one: Assignment) -> Codes:
        by_day = self.shared_hours(one)[self._segment.pack["hours"]]
        offered = self._segment.pack["online_hours"].astype(float)
        offered[offered == NOT_KNOWN] = np.nan
        possible = np.fmin(offered, by_day * DAYS_A_WEEK)
        return _fails((possible < float(one.weekly_hours or 0)) | (by_day == 0))

    def _licence(self, skill: str, day: int) -> Codes:
        marks = self._segment.marks["licences"]
        held = marks.with_code(skill)
        codes = np.full(self._segment.size, FAILS, np.uint8)
        codes[marks.rows[held[marks.values[held] >= day]]] = PASSES
        return codes

    def _language(self, asked: AskedLanguage) -> Codes:
        held = self._segment.language(asked.code) & np.uint8(PROVEN - 1)
        below = held < asked.level
        if not asked.safety:
            below &= self._segment.flag(LANGUAGE)
        return _by_little(below, (held == asked.level - 1) & (not asked.safety))

    def _level(self, asked: AskedSkill) -> Codes:
        own = OWN[self._segment.pack["coverage"][self._skills[asked.code]]]
        return _by_little((own > 0) & (own < asked.level), own == asked.level - 1)

    def _marked(self, name: str, code: str) -> NDArray[np.bool_]:
        marks = self._segment.marks[name]
        found = np.zeros(self._segment.size, bool)
        found[marks.rows[marks.with_code(code)]] = True
        return found


def _fails(where: NDArray[np.bool_]) -> Codes:
    return where.astype(np.uint8) * np.uint8(FAILS)


def _by_little(failed: NDArray[np.bool_], little: NDArray[np.bool_]) -> Codes:
    return np.where(failed, np.where(little, NEARLY, FAILS), PASSES).astype(np.uint8)
