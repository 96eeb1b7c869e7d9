"""The lines of every criterion over a segment, read from its bytes: the same numbers as the plain criteria give.

Each line is a function from some people to what they are worth of the criterion; a score is their points summed in the
order of the lines, as in a plain sheet, so that both agree to the last bit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matching.batch.columns import Kept
from matching.batch.rules import Rules
from matching.criteria import availability, country, interests, languages, skills
from matching.criteria.skills import Wanted, most_from_text
from matching.engine.coverage import FACTORS, STEPS, coverage_of
from matching.engine.coverage import LEVELS as SKILL_STEPS
from matching.engine.language_credits import language_credits
from matching.engine.segment import CAUSE, LANGUAGE, NOT_KNOWN, WINDOW, Segment
from matching.engine.wishes import SERVICES, Wishes, wishes_of
from matching.hours import DAY, DAYS_A_WEEK
from matching.records import Assignment
from matching.reference import Reference
from matching.stay import WEEK, assignment_period, days_asked

Places = NDArray[np.intp]
Numbers = NDArray[np.float64]
Line = Callable[[Places], Numbers]


class Lines:
    """All lines but the one of the words of both sides."""

    def __init__(
        self, segment: Segment, reference: Reference, neutral: Mapping[str, float], rules: Rules, kept: Kept
    ) -> None:
        self._segment, self._neutral, self._rules, self._kept = segment, neutral, rules, kept
        self._skill_numbers = coverage_of(reference).skills
        self._wish_rows = wishes_of(reference).countries
        self._wish_tables = _wish_tables(wishes_of(reference), neutral[country.NAME])

    def skills(self, wanted: Sequence[Wanted]) -> Iterator[Line]:
        """Yield a line per skill that is looked for."""
        neutral = self._neutral[skills.NAME]
        for one in wanted:
            codes = self._segment.pack["coverage"][self._skill_numbers[one.code]]
            credits = _skill_credits(one.level)
            mentions = self._kept.column(("mention", one.code), lambda code=one.code: self._mentions(code))  # type: ignore[misc]
            most, share = most_from_text(one.level), one.share

            def line(
                some: Places,
                codes: NDArray = codes,
                credits: Numbers = credits,
                mentions: Numbers = mentions,
                most: float = most,
                share: float = share,
            ) -> Numbers:
                byte = codes[some]
                best = np.maximum(credits[byte], mentions[some] * most)
                known = (byte % SKILL_STEPS > 0) | (best > neutral)
                return np.where(known, best, neutral) * share

            yield line

    def _mentions(self, code: str) -> Numbers:
        marks, found = self._segment.marks["mentions"], np.zeros(self._segment.size)
        entries = marks.with_code(code)
        found[marks.rows[entries]] = marks.values[entries]
        return found

    def country(self, where: str, online: bool) -> Iterator[Line]:
        """Yield the wish and earlier service; online one line that is the same for everybody."""
        if online:
            yield _same(country.ONLINE)
            return
        codes = self._segment.pack["wishes"][self._wish_rows[where]]
        wishes, services = self._wish_tables
        yield lambda some: wishes[codes[some]]
        yield lambda some: services[codes[some]]

    def languages(self, assignment: Assignment) -> Iterator[Line]:
        """Yield a line per language named, and one where none is required."""
        neutral = self._neutral[languages.NAME]
        required, helpful = assignment.languages, languages.helpful_languages(assignment)
        share = languages.REQUIRED_SHARE if helpful else 1.0
        for asked in required:
            yield self._language(asked.code, asked.level, share / len(required))
        if not required:
            yield _same(neutral * share)
        for code in helpful:
            yield self._language(code, None, (1.0 - share) / len(helpful))

    def _language(self, code: str, level: int | None, share: float) -> Line:
        table = language_credits(level)
        held, named = self._segment.language(code), self._segment.flag(LANGUAGE)
        neutral = self._neutral[languages.NAME]
        return lambda some: np.where(named[some], table[held[some]], neutral) * share

    def availability(self, assignment: Assignment, online: bool) -> Iterator[Line]:
        """Yield the weeks, and the stay or the hours."""
        shares = availability.ONLINE_SHARES if online else availability.ON_SITE_SHARES
        yield self._weeks(assignment, shares["weeks"])
        if online:
            offered, weekly = self._segment.pack["online_hours"], assignment.weekly_hours
            yield self._part(lambda some: _known(offered[some]), weekly, shares["hours"])
            yield self._clock(assignment, shares["clock"])
        else:
            longest, weeks = self._segment.pack["stays"][1], days_asked(assignment) / WEEK
            yield self._part(lambda some: _known(longest[some]), weeks if weeks > 0 else None, shares["stay"])

    def _weeks(self, assignment: Assignment, share: float) -> Line:
        neutral, asked = self._neutral[availability.NAME], days_asked(assignment)
        if not asked > 0:
            return _same(neutral * share)
        first, last = assignment_period(assignment)
        room = min(asked * availability.ROOM_TO_MOVE, float(last - first + 1) - asked)
        days, flags, just = self._rules.overlap(assignment), self._segment.pack["flags"], availability.JUST_ENOUGH

        def line(some: Places) -> Numbers:
            overlap = days[some].astype(float)
            spare = np.clip((overlap - asked) / room, 0.0, 1.0) if room > 0 else (overlap >= asked) * 1.0
            credit = just * np.clip(overlap / asked, 0.0, 1.0) + (1.0 - just) * spare
            return np.where((flags[some] & np.uint8(WINDOW)) != 0, credit, neutral) * share

        return line

    def _clock(self, assignment: Assignment, share: float) -> Line:
        hours, weekly = assignment.hours, assignment.weekly_hours
        if hours is None:
            return self._part(lambda some: np.zeros(len(some)), None, share)
        whole = ((hours.end - hours.start) % DAY or DAY) / 60
        shared, kept = self._rules.shared_hours(assignment), self._segment.pack["hours"]
        needed = min(whole, weekly / DAYS_A_WEEK) if weekly else whole
        return self._part(lambda some: shared[kept[some]], needed, share)

    def _part(self, offered: Line, asked: float | None, share: float) -> Line:
        """Return how much of what is asked is offered, NaN meaning not known; neutral where nothing is asked."""
        neutral = self._neutral[availability.NAME]
        if not asked:
            return _same(neutral * share)

        def line(some: Places) -> Numbers:
            here = offered(some)
            credit = np.clip(np.where(np.isnan(here), 0.0, here) / asked, 0.0, 1.0)
            return np.where(np.isnan(here), neutral, credit) * share

        return line

    def interests(self, goals: Sequence[int]) -> Iterator[Line]:
        """Yield the one line of shared causes."""
        neutral = self._neutral[interests.NAME]
        if not goals:
            yield _same(neutral)
            return
        count = np.arange(len(goals) + 1)
        table = np.where(count > 0, interests.ANY_SHARED + (1.0 - interests.ANY_SHARED) * (count / len(goals)), 0.0)
        asked = np.uint32(sum(1 << goal for goal in goals))
        causes, flags = self._segment.pack["goals"], self._segment.pack["flags"]

        def line(some: Places) -> Numbers:
            shared = table[np.bitwise_count(causes[some] & asked)]
            return np.where((flags[some] & np.uint8(CAUSE)) != 0, shared, neutral)

        yield line


def _same(value: float) -> Line:
    return lambda some: np.full(len(some), value)


def _known(column: NDArray) -> Numbers:
    return np.where(column == NOT_KNOWN, np.nan, column.astype(float))


@lru_cache
def _skill_credits(level: int) -> Numbers:
    """Return the credit of a skill asked at a level for each byte of coverage, without what a text says."""
    byte = np.arange(256)
    own, *near = [byte // step % SKILL_STEPS for step in STEPS[:-1]]
    best = skills.EXACT * (np.minimum(own, level) / level)
    for factor, held in zip(FACTORS, near, strict=True):
        best = np.maximum(best, factor * (np.minimum(held, level) / level))
    return np.asarray(best)


def _wish_tables(wishes: Wishes, neutral: float) -> tuple[Numbers, Numbers]:
    """Return what the wish and what earlier service is worth for each byte."""
    told, served = np.zeros(256), np.zeros(256)
    for byte in range(3 * (1 + 2 * len(wishes.credits))):
        wish, service = divmod(byte, 3)
        credit, unmeasured = divmod(wish - 1, 2)
        worth = wishes.credits[credit] if wish else neutral
        told[byte] = (neutral if unmeasured and worth <= neutral else worth) * country.WISH_SHARE
        served[byte] = SERVICES[service] * country.SERVICE_SHARE
    return told, served
