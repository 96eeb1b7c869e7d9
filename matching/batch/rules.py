"""Every absolute rule over a segment as a column of bytes: 0 passes, 1 fails by little, 2 fails.

Columns are kept by what they depend on; their sum says who is eligible (0), who nearly (1) and who not (2 and more).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from matching.batch.columns import Kept
from matching.eligibility import NEAR_STAY_SHARE, NEAR_STAY_WEEKS
from matching.engine.arrays import Further, further_of, overlap_of
from matching.engine.coverage import coverage_of
from matching.engine.segment import ABROAD, CONSENT, LANGUAGE, NOT_KNOWN, PROVEN, WORKS, Segment
from matching.engine.standing import fails_of_skill, shared_hours
from matching.engine.view import View
from matching.hours import DAYS_A_WEEK
from matching.records import MODES, AskedLanguage, AskedSkill, Assignment
from matching.reference import Reference
from matching.stay import WEEK, assignment_period, days_asked, last_day_needed

Codes = NDArray[np.uint8]
PASSES, NEARLY, FAILS = range(3)
# So many columns are added before the sum is cut back: it must not run over a byte.
AT_ONCE = 100
MOST_DAYS = 2**30  # beyond any stay


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
        first, last = assignment_period(assignment)
        times = self._segment.pack["times"]
        return self._kept.column(
            ("overlap", first, last), lambda: overlap_of(self._whole, times, first, last, self._further)
        )

    @cached_property
    def _further(self) -> Further:
        return further_of(self._whole, self._segment.pack["times"])

    def shared_hours(self, assignment: Assignment) -> NDArray[np.float64]:
        """Return the hours a day shared with each of the segment's distinct hours, and NaN at the end: not known."""
        key = ("shared hours", assignment.hours, assignment.start_on)
        return self._kept.column(key, lambda: shared_hours(self._segment, assignment))

    def _sum(self, assignment: Assignment, mode: str) -> Codes:
        if not takes_anybody(assignment):
            return np.full(self._segment.size, FAILS, np.uint8)
        total = np.zeros(self._segment.size, np.uint8)
        for number, (key, make) in enumerate(self.columns(assignment, mode), start=1):
            np.add(total, self._kept.column(key, make), out=total)
            if number % AT_ONCE == 0:
                np.minimum(total, FAILS, out=total)
        return np.minimum(total, FAILS, out=total)

    def columns(self, one: Assignment, mode: str) -> Iterator[tuple[Hashable, Callable[[], Codes]]]:
        """Yield all that a rule depends on, and how to make its column, for each rule of an assignment in a mode."""
        at_home = one.places_international == 0
        yield ("works", mode), lambda: self._works(mode)
        yield ("home", one.country, at_home), lambda: self._home(one.country, at_home)
        if mode == "on_site":
            yield ("excluded", one.country), lambda: self._excluded(one.country)
        asked = int(days_asked(one)) if one.weeks else 0
        yield ("time", mode, assignment_period(one), asked), lambda: self._time(one, asked, mode)
        if mode == "online":
            yield ("hours", one.hours, one.weekly_hours, one.start_on if one.hours else None), lambda: self._hours(one)
        until = last_day_needed(one)
        day = until.toordinal() if until else 1
        for skill in one.licensed_skills:
            yield ("licence", skill, day), partial(self._licence, skill, day)
        for language in one.languages:
            yield ("language", language), partial(self._language, language)
        for wanted in one.essential:
            if wanted.level > 1:
                yield ("level", wanted), partial(self._level, wanted)

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
        needed, least, longest = self._kept.column(("stays", mode, asked), lambda: self._stays(asked, mode))
        possible = np.minimum(self.overlap(one), longest)
        return (possible < needed).view(np.uint8) + (possible < least).view(np.uint8)

    def _stays(self, asked: int, mode: str) -> NDArray[np.int32]:
        """Return the days that each person's stay needs, those with which it fails by little, and the most it has."""
        needed, most = np.full(self._segment.size, asked, np.int32), np.full(self._segment.size, MOST_DAYS, np.int32)
        if mode == "on_site":
            shortest, longest = self._segment.pack["stays"]
            needed = np.maximum(shortest * WEEK, asked)  # not known is below nought
            # Where nothing is needed, any day in common will do.
            most = np.where((longest == NOT_KNOWN) | (needed <= 0), MOST_DAYS, longest * WEEK)
        little = np.maximum(needed * NEAR_STAY_SHARE, NEAR_STAY_WEEKS * WEEK).astype(np.int32)
        return np.stack([np.maximum(needed, 1), np.maximum(needed - little, 1), most]).astype(np.int32)

    def _hours(self, one: Assignment) -> Codes:
        # Hours that are not known are no number, or no less than nothing.
        needed, by_day = one.weekly_hours or 0, self.shared_hours(one)
        too_few, offered = (by_day * DAYS_A_WEEK < needed) | (by_day == 0), self._segment.pack["online_hours"]
        return _fails(too_few[self._segment.pack["hours"]] | ((offered < needed) & (offered != NOT_KNOWN)))

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
        # Nought, one and OUT of one rule are the codes of passing, nearly and failing; most have nothing of a skill.
        fails, (whose, held) = fails_of_skill(asked.level), self._segment.covered(self._skills[asked.code])
        found = np.full(self._segment.size, fails[0])
        found[whose] = fails[held]
        return found

    def _marked(self, name: str, code: str) -> NDArray[np.bool_]:
        marks = self._segment.marks[name]
        found = np.zeros(self._segment.size, bool)
        found[marks.rows[marks.with_code(code)]] = True
        return found


def takes_anybody(assignment: Assignment) -> bool:
    """Whether the host is verified, and there is any place at all."""
    places = assignment.places_international + assignment.places_national + assignment.places_local
    return assignment.host_verified and places > 0


def _fails(where: NDArray[np.bool_]) -> Codes:
    return where.astype(np.uint8) * np.uint8(FAILS)


def _by_little(failed: NDArray[np.bool_], little: NDArray[np.bool_]) -> Codes:
    return np.where(failed, np.where(little, NEARLY, FAILS), PASSES).astype(np.uint8)
