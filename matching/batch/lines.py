"""The lines of every criterion over a segment, read from its bytes: the same numbers as the plain criteria give.

Each line is a table of what a fact is worth of the criterion, and a column that says which fact holds for whom. A score
is their points summed in the order of the lines, as in a plain sheet, so that both agree to the last bit.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.batch.questions import Question
from matching.batch.rules import Rules
from matching.criteria import availability, country, interests, languages, skills
from matching.criteria.skills import Wanted, most_from_text
from matching.engine.coverage import FACTORS, STEPS, coverage_of
from matching.engine.coverage import LEVELS as SKILL_STEPS
from matching.engine.language_credits import TOLD, language_credits
from matching.engine.segment import CAUSE, LANGUAGE, NOT_KNOWN, WINDOW, Segment
from matching.engine.wishes import SERVICES, Wishes, wishes_of
from matching.hours import DAY, DAYS_A_WEEK
from matching.records import Assignment
from matching.reference import Reference
from matching.stay import WEEK, assignment_period, days_asked

Numbers = NDArray[np.float64]
BYTES = 256


class Facts(NamedTuple):
    """The place of everybody's fact, from 0 on: all that it depends on, and how to make the column."""

    key: Hashable
    column: Callable[[], NDArray[Any]]


@dataclass(frozen=True, eq=False)
class Line:
    """What each fact is worth, and whose fact is which; without these all have the only one."""

    worth: Numbers
    facts: Facts | None = None


class Held(NamedTuple):
    """What people of a segment have of a skill: its byte, and how clearly a text speaks of it; whose fact is which."""

    byte: NDArray[np.intp]
    clear: Numbers
    facts: Facts


class Lines:
    """All lines but the one of the words of both sides."""

    def __init__(self, segment: Segment, reference: Reference, neutral: Mapping[str, float], rules: Rules) -> None:
        self._segment, self._neutral, self._rules = segment, neutral, rules
        self._made: dict[Hashable, Line] = {}  # what assignments that differ otherwise share
        self._skills_held: dict[str, Held] = {}
        self._skill_numbers = coverage_of(reference).skills
        self._wish_rows = wishes_of(reference).countries
        self._wish_tables = _wish_tables(wishes_of(reference), neutral[country.NAME])

    def key(self, name: str, question: Question, mode: str) -> Hashable:
        """Return all that the lines of a criterion depend on."""
        one, online = question.assignment, mode == "online"
        if name == skills.NAME:
            return question.wanted, question.asked is None
        if name == country.NAME:
            return online or one.country
        if name == languages.NAME:
            return one.languages, one.languages_helpful
        if name == interests.NAME:
            return one.goals
        hours = (one.weekly_hours, one.hours, one.start_on if one.hours else None) if online else ()
        days = days_asked(one)  # NaN where it is not known, which equals nothing
        return mode, assignment_period(one), days if days > 0 else None, *hours

    def of(self, name: str, question: Question, mode: str) -> Iterable[Line]:
        """Return the lines of a criterion."""
        one, online = question.assignment, mode == "online"
        if name == skills.NAME:
            if not question.wanted and question.asked is None:
                return [_same(self._neutral[skills.NAME])]
            return self._skills(question.wanted)
        if name == country.NAME:
            return self._country(one.country, online)
        if name == languages.NAME:
            return self._languages(one)
        if name == interests.NAME:
            return self._interests(one.goals)
        return self._availability(one, online)

    def _skills(self, wanted: Sequence[Wanted]) -> Iterator[Line]:
        """Yield a line per skill that is looked for."""
        for one in wanted:
            yield self._once(("skill", one.code, one.level, one.share), partial(self._skill, one))

    def _once(self, key: Hashable, make: Callable[[], Line]) -> Line:
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = make()
        return found

    def _skill(self, one: Wanted) -> Line:
        credit = self._once(("credit", one.code, one.level), partial(self._credit, one.code, one.level))
        return Line(credit.worth * one.share, credit.facts)

    def _credit(self, code: str, level: int) -> Line:
        """Return what a skill asked at a level is worth, before its share."""
        if code not in self._skills_held:
            self._skills_held[code] = self._held(code)
        neutral, (byte, clear, facts) = self._neutral[skills.NAME], self._skills_held[code]
        best = np.maximum(_skill_credits(level)[byte], clear * most_from_text(level))
        return Line(np.where((byte % SKILL_STEPS > 0) | (best > neutral), best, neutral), facts)

    def _held(self, code: str) -> Held:
        marks = self._segment.marks["mentions"]
        entries = marks.with_code(code)
        clear = np.unique([0.0, *marks.values[entries].tolist()])

        def kinds() -> tuple[NDArray[np.uint32], NDArray[np.int32]]:
            """Return of whom there is anything to be said, and what: the byte, and how clear a text is of it."""
            whose, held = self._segment.covered(self._skill_numbers[code])
            found = held.astype(np.int32)
            # Whoever's text speaks of a skill is among these: the byte says so too.
            found[np.searchsorted(whose, marks.rows[entries])] += BYTES * np.searchsorted(clear, marks.values[entries])
            return whose, found

        is_there = np.zeros(BYTES * len(clear), bool)
        is_there[0], is_there[kinds()[1]] = True, True
        there = np.flatnonzero(is_there)

        def facts() -> NDArray[Any]:
            found, (whose, mine) = np.zeros(self._segment.size, np.min_scalar_type(len(there) - 1)), kinds()
            found[whose] = (np.cumsum(is_there) - 1)[mine]
            return found

        return Held(there % BYTES, clear[there // BYTES], Facts(("held", code), facts))

    def _country(self, where: str, online: bool) -> Iterator[Line]:
        """Yield the wish and earlier service; online one line that is the same for everybody."""
        if online:
            yield _same(country.ONLINE)
            return
        row = self._wish_rows[where]
        facts = Facts(("wishes", row), lambda: self._segment.pack["wishes"][row])
        for place, table in enumerate(self._wish_tables):
            yield self._once(("wishes", row, place), partial(Line, table, facts))

    def _languages(self, assignment: Assignment) -> Iterator[Line]:
        """Yield a line per language named, and one where none is required."""
        neutral = self._neutral[languages.NAME]
        required, helpful = assignment.languages, languages.helpful_languages(assignment)
        share = languages.REQUIRED_SHARE if helpful else 1.0
        for asked in required:
            yield self._spoken(asked.code, asked.level, share / len(required))
        if not required:
            yield _same(neutral * share)
        for code in helpful:
            yield self._spoken(code, None, (1.0 - share) / len(helpful))

    def _spoken(self, code: str, level: int | None, share: float) -> Line:
        return self._once(("language", code, level, share), partial(self._language, code, level, share))

    def _language(self, code: str, level: int | None, share: float) -> Line:
        credits = np.append(language_credits(level)[:TOLD], self._neutral[languages.NAME])

        def facts() -> NDArray[Any]:
            return np.where(self._segment.flag(LANGUAGE), self._segment.language(code), np.uint8(TOLD))

        return Line(credits * share, Facts(("spoken", code), facts))

    def _availability(self, assignment: Assignment, online: bool) -> Iterator[Line]:
        """Yield the weeks, and the stay or the hours."""
        shares = availability.ONLINE_SHARES if online else availability.ON_SITE_SHARES
        yield self._weeks(assignment, shares["weeks"])
        if online:
            yield self._part("online_hours", assignment.weekly_hours, shares["hours"])
            yield self._clock(assignment, shares["clock"])
        else:
            weeks = days_asked(assignment) / WEEK
            yield self._part("longest stay", weeks if weeks > 0 else None, shares["stay"])

    def _weeks(self, assignment: Assignment, share: float) -> Line:
        neutral, asked = self._neutral[availability.NAME], days_asked(assignment)
        if not asked > 0:
            return _same(neutral * share)
        key = "weeks", assignment_period(assignment), asked, share
        return self._once(key, partial(self._weeks_of, assignment, asked, share))

    def _weeks_of(self, assignment: Assignment, asked: float, share: float) -> Line:
        neutral, (first, last) = self._neutral[availability.NAME], assignment_period(assignment)
        room = min(asked * availability.ROOM_TO_MOVE, float(last - first + 1) - asked)
        most = math.ceil(asked + max(room, 0.0))  # more days are worth no more
        overlap, just = np.arange(most + 1, dtype=float), availability.JUST_ENOUGH
        spare = np.clip((overlap - asked) / room, 0.0, 1.0) if room > 0 else (overlap >= asked) * 1.0
        credit = just * np.clip(overlap / asked, 0.0, 1.0) + (1.0 - just) * spare

        def facts() -> NDArray[Any]:
            days = np.minimum(self._rules.overlap(assignment), most).astype(np.min_scalar_type(most + 1))
            return np.where(self._segment.flag(WINDOW), days, days.dtype.type(most + 1))

        return Line(np.append(credit, neutral) * share, Facts(("weeks", first, last, asked), facts))

    def _clock(self, assignment: Assignment, share: float) -> Line:
        neutral, hours, weekly = self._neutral[availability.NAME], assignment.hours, assignment.weekly_hours
        if hours is None:
            return _same(neutral * share)
        whole = ((hours.end - hours.start) % DAY or DAY) / 60
        needed = min(whole, weekly / DAYS_A_WEEK) if weekly else whole
        kinds = self._once(("hours", hours, assignment.start_on), partial(self._shared_hours, assignment))
        shared = kinds.worth
        credit = np.clip(np.where(np.isnan(shared), 0.0, shared) / needed, 0.0, 1.0)
        return Line(np.where(np.isnan(shared), neutral, credit) * share, kinds.facts)

    def _shared_hours(self, assignment: Assignment) -> Line:
        """Return each number of hours that anybody shares with those of the work, and NaN: few facts take few bytes."""
        shared, which = np.unique(self._rules.shared_hours(assignment), return_inverse=True)
        places = which.astype(np.min_scalar_type(len(shared) - 1))

        def facts() -> NDArray[Any]:
            return places[self._segment.pack["hours"]]  # NOT_KNOWN is the last one

        return Line(shared, Facts(("hours", places.tobytes()), facts))

    def _part(self, name: str, asked: float | None, share: float) -> Line:
        """Return how much of what is asked is offered; neutral where nothing is asked, or offers are not known."""
        neutral = self._neutral[availability.NAME]
        if not asked:
            return _same(neutral * share)
        return self._once((name, asked, share), partial(self._part_of, name, asked, share))

    def _part_of(self, name: str, asked: float, share: float) -> Line:
        neutral = self._neutral[availability.NAME]
        most = math.ceil(asked)  # who offers more gains nothing by it
        credit = np.clip(np.arange(most + 1) / asked, 0.0, 1.0)

        def facts() -> NDArray[Any]:
            pack = self._segment.pack
            offered = pack["stays"][1] if name == "longest stay" else pack[name]
            found = np.where(offered == NOT_KNOWN, most + 1, np.minimum(offered, most))
            return found.astype(np.min_scalar_type(most + 1))

        return Line(np.append(credit, neutral) * share, Facts((name, most), facts))

    @cached_property
    def _names_no_cause(self) -> NDArray[np.bool_]:
        return ~self._segment.flag(CAUSE)

    def _interests(self, goals: Sequence[int]) -> Iterator[Line]:
        """Yield the one line of shared causes."""
        neutral = self._neutral[interests.NAME]
        if not goals:
            yield _same(neutral)
            return
        count = np.arange(len(goals) + 1)
        table = np.where(count > 0, interests.ANY_SHARED + (1.0 - interests.ANY_SHARED) * (count / len(goals)), 0.0)
        asked = np.uint32(sum(1 << goal for goal in goals))

        def facts() -> NDArray[Any]:
            shared = np.bitwise_count(self._segment.pack["goals"] & asked)  # none where no causes are named
            return shared + self._names_no_cause * np.uint8(len(goals) + 1)

        yield Line(np.append(table, neutral), Facts(("causes", asked.item()), facts))


def _same(value: float) -> Line:
    return Line(np.array([value]))


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
