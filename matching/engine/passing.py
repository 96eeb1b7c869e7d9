"""Who of a segment could pass the rules of an assignment: 64 people at a time, before anybody is looked at singly.

Whoever is left out here fails; of those who are left, single looks find who fails a skill, the hours or the dates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from matching.eligibility import NEAR_STAY_SHARE, NEAR_STAY_WEEKS
from matching.engine.bits import Words, name_of, packed, words_for
from matching.engine.segment import AGREES_ABROAD, NO_LANGUAGE, Segment, agrees
from matching.engine.spans import DAY_ONE, ENDLESS, LAST, ON_SITE, ONLINE
from matching.engine.steps import steps
from matching.records import AskedLanguage, Assignment
from matching.stay import WEEK, assignment_period, days_asked, last_day_needed


def could_pass(segments: Sequence[Segment], assignment: Assignment, mode: str, near: bool) -> list[Words]:
    """Return who of each segment could pass every rule, or (`near`) fail one of them by little, as bits."""
    places = assignment.places_international + assignment.places_national + assignment.places_local
    if not assignment.host_verified or places == 0:
        return [np.zeros(words_for(segment.size), np.uint64) for segment in segments]
    times = Times.of(assignment, mode, near)
    return [_could_pass(segment, assignment, mode, times, near) for segment in segments]


def _could_pass(segment: Segment, assignment: Assignment, mode: str, times: Times, near: bool) -> Words:
    asked = _Asked(segment)
    asked.one_of(segment.bits.rows[agrees(mode)])
    at_home = asked.having("residence", assignment.country)
    if assignment.places_international:
        asked.one_of(at_home, segment.bits.rows[AGREES_ABROAD])
    else:
        asked.one_of(at_home)
    for row in times.rows(segment):
        asked.one_of(row)
    if mode == "on_site":
        for name in ("excluded", "no_go"):
            asked.none_of(asked.having(name, assignment.country))
    for one in assignment.languages:
        asked.speaking(one, near)
    for code in assignment.licensed_skills:
        asked.one_of(_licensed(segment, assignment, code))
    if segment.alive is not None:
        asked.one_of(packed(segment.alive))
    return asked.who()


@dataclass(frozen=True)
class _Asked:
    """What is asked of everybody: one of two rows each, and none of some; what has no row stands there as bits."""

    segment: Segment
    pairs: list[tuple[int, int]] = field(default_factory=list)
    without: list[int] = field(default_factory=list)
    others: list[Words] = field(default_factory=list)

    def having(self, kind: str, code: str, least: int = 1) -> int | Words:
        """Return the row, or the bits, of those who have a code with this value at least."""
        row = self.segment.bits.rows.get(name_of(kind, code, least))
        if row is not None:
            return row
        marks = self.segment.marks[kind]
        entries = marks.with_code(code)
        if least > 1:
            entries = entries[marks.values[entries] >= least]
        return steps().of_people(marks.rows[entries], self.segment.size)

    def one_of(self, one: int | Words, other: int | Words | None = None) -> None:
        """Keep who has one of two facts, or the only one."""
        other = one if other is None else other
        if isinstance(one, int) and isinstance(other, int):
            self.pairs.append((one, other))
        else:
            self.others.append(self._bits(one) | self._bits(other))

    def none_of(self, one: int | Words) -> None:
        """Keep who has not."""
        if isinstance(one, int):
            self.without.append(one)
        else:
            self.others.append(~one)

    def speaking(self, asked: AskedLanguage, near: bool) -> None:
        """Keep who speaks a language; whoever names none may speak this one, where no safety depends on it."""
        least = asked.level - (near and not asked.safety)
        if least > 0:
            speaks = self.having("languages", asked.code, least)
            self.one_of(speaks, None if asked.safety else self.segment.bits.rows[NO_LANGUAGE])

    def who(self) -> Words:
        """Return who has all of it."""
        ones, others = np.array(self.pairs, np.intp).T
        found: Words = steps().answering(self.segment.bits.words, ones, others, np.array(self.without, np.intp))
        for bits in self.others:
            found &= bits
        return found

    def _bits(self, one: int | Words) -> Words:
        return self.segment.bits.words[one] if isinstance(one, int) else one


def _licensed(segment: Segment, assignment: Assignment, code: str) -> Words:
    until, marks = last_day_needed(assignment), segment.marks["licences"]
    held = marks.with_code(code)
    return steps().of_people(marks.rows[held[marks.values[held] >= (until.toordinal() if until else 1)]], segment.size)


@dataclass(frozen=True)
class Times:
    """What is asked of somebody's days, as far as `spans` tell: the latest first one, the earliest last one, a stretch.

    `kind` says which stretch.
    """

    first: int
    last: int
    kind: str
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
        kind, stretch = (ONLINE, needed) if mode == "online" else (ON_SITE, stay)
        return Times(end - needed + 1, start + needed - 1, kind, stretch)

    def rows(self, segment: Segment) -> list[int]:
        """Return the rows of bits of whoever has such days, and perhaps of some others: dates are judged later."""
        bits = segment.bits
        rows = bits.no_later(self.first), bits.no_less(LAST, self.last), bits.no_less(self.kind, self.stretch)
        return [row for row in rows if row is not None]
