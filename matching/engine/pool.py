"""Some of the stored volunteers as a pool: the plain rules and criteria read it like any other, column for column."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matching.engine.columns import StoredColumns
from matching.engine.lines import Parts, StoredPeople
from matching.engine.listed import said_in
from matching.engine.marks import taken
from matching.engine.segment import (
    ABROAD,
    ANYWHERE,
    CAUSE,
    CONSENT,
    LANGUAGE,
    NOT_KNOWN,
    WINDOW,
    WORKS,
    Segment,
)
from matching.engine.statements import Statements
from matching.pool import Columns, Flags, Numbers, Pool
from matching.records import Hours
from matching.text import Link, Said, SkillLinker

Places = NDArray[np.intp]
NO_WINDOW = (1, 0)  # first and last day


class StoredPool(Pool):
    """A pool over places of a store: `parts` are segments with the numbers of people, who stand in this order."""

    def __init__(self, parts: Parts, statements: Statements, linker: SkillLinker) -> None:
        self.parts = [(segment, rows) for segment, rows in parts if len(rows)]
        self.statements = statements
        self.linker = linker
        self.people = StoredPeople(self.parts)
        self.volunteers = self.people  # type: ignore[assignment]
        self.size = len(self.people)

    @cached_property
    def position(self) -> dict[str, int]:  # type: ignore[override]
        """The position of each id."""
        return {self.people.id_of(number): number for number in range(self.size)}

    def id_of(self, position: int) -> str:
        """Return an id, without reading the rest of the person."""
        return self.people.id_of(position)

    def take(self, ids: Iterable[str]) -> StoredPool:
        """Return a pool of some of the volunteers, in the order of `ids`; KeyError where one is not here."""
        # One part each: whoever is named stands where the name stands.
        parts = [self._place_of(volunteer_id) for volunteer_id in ids]
        return StoredPool([(segment, np.array([row])) for segment, row in parts], self.statements, self.linker)

    def _place_of(self, volunteer_id: str) -> tuple[Segment, int]:
        for segment, rows in reversed(self.parts):
            number = segment.find(volunteer_id)
            if number is not None and rows[min(int(np.searchsorted(rows, number)), len(rows) - 1)] == number:
                return segment, number
        raise KeyError(volunteer_id)

    def _column(self, read: Callable[[Segment], NDArray]) -> NDArray:
        parts = [read(segment)[rows] for segment, rows in self.parts]
        return np.concatenate(parts) if parts else np.zeros(0)

    def _flag(self, bit: int) -> Flags:
        return (self._column(lambda one: one.pack["flags"]).astype(np.uint8) & np.uint8(bit)) != 0

    def _floats(self, read: Callable[[Segment], NDArray]) -> Numbers:
        whole = self._column(read)
        return np.where(whole == NOT_KNOWN, np.nan, whole.astype(float))

    def _stored(self, name: str, kind: type) -> StoredColumns:
        numbers, positions = [np.zeros(0, np.intp)], [np.zeros(0, np.intp)]
        values: list[NDArray] = [np.zeros(0, kind)]
        before = 0
        for segment, rows in self.parts:
            marks = segment.marks[name]
            entries, whose = marks.of_rows(rows)
            numbers.append(marks.interned[marks.numbers[entries]])
            positions.append(whose + before)
            values.append(marks.values[entries])
            before += len(rows)
        return StoredColumns(
            self.size, kind, np.concatenate(numbers), np.concatenate(positions), np.concatenate(values)
        )

    @cached_property
    def skills(self) -> Columns:
        """Stated level per skill, 0 where it is not stated."""
        return self._stored("skills", np.int8)

    @cached_property
    def language_levels(self) -> Columns:
        """CEFR step per language, 0 where it is not named."""
        return self._stored("languages", np.int8)

    @cached_property
    def language_proofs(self) -> Columns:
        """Whether somebody or something confirms the level that counts, per language."""
        return self._stored("proofs", bool)

    @cached_property
    def named_language(self) -> Flags:
        """Where the profile names any language."""
        return self._flag(LANGUAGE)

    @cached_property
    def countries(self) -> Columns:
        """Countries chosen by name."""
        return self._stored("countries", bool)

    @cached_property
    def routes(self) -> Columns:
        """Whole routes chosen."""
        return self._stored("routes", bool)

    @cached_property
    def anywhere(self) -> Flags:
        """Where the volunteer goes anywhere."""
        return self._flag(ANYWHERE)

    @cached_property
    def excluded(self) -> Columns:
        """Countries that the volunteer excludes."""
        return self._stored("excluded", bool)

    @cached_property
    def no_go(self) -> Columns:
        """Countries that the VIO excludes for the volunteer."""
        return self._stored("no_go", bool)

    @cached_property
    def served(self) -> Columns:
        """Countries of earlier service."""
        return self._stored("served", bool)

    @cached_property
    def residence(self) -> Columns:
        """Country of residence, for consent abroad and for national and local places alone."""
        return self._stored("residence", bool)

    @cached_property
    def causes(self) -> Columns:
        """SDG goals that the volunteer cares for."""
        return self._stored("causes", bool)

    @cached_property
    def named_cause(self) -> Flags:
        """Where the profile names any cause."""
        return self._flag(CAUSE)

    @cached_property
    def windows(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """First and last days (ordinals) of the windows, shape (most windows, volunteers); an unused one is empty."""
        first = np.tile(np.array(NO_WINDOW, np.int64)[:, None], (1, self.size))
        slots, before = [first], 0
        for segment, rows in self.parts:
            first[:, before : before + len(rows)] = segment.pack["windows"][:, rows]
            more, starts = segment.pack["more.windows"], segment.pack["more.starts"]
            entries, whose = taken(starts, rows)
            slot = entries - starts[rows][whose]
            for number in range(int(slot.max(initial=-1)) + 1):
                if len(slots) < number + 2:
                    slots.append(np.tile(np.array(NO_WINDOW, np.int64)[:, None], (1, self.size)))
                mine = slot == number
                slots[number + 1][:, whose[mine] + before] = more[:, entries[mine]]
            before += len(rows)
        both = np.stack(slots)
        return both[:, 0], both[:, 1]

    @cached_property
    def named_window(self) -> Flags:
        """Where the profile names any window."""
        return self._flag(WINDOW)

    @cached_property
    def stays(self) -> tuple[Numbers, Numbers]:
        """Shortest and longest stay in weeks, NaN where not known."""
        return self._floats(lambda one: one.pack["stays"][0]), self._floats(lambda one: one.pack["stays"][1])

    @cached_property
    def online_hours(self) -> Numbers:
        """Hours a week offered online, NaN where not known."""
        return self._floats(lambda one: one.pack["online_hours"])

    @cached_property
    def hours(self) -> tuple[list[Hours], NDArray[np.int64]]:
        """The distinct online hours, and which of them each volunteer keeps (-1: not known)."""
        distinct: dict[Hours, int] = {}
        kept = [np.zeros(0, np.int64)]
        for segment, rows in self.parts:
            place = np.array([distinct.setdefault(one, len(distinct)) for one in segment.hours] + [-1], np.int64)
            kept.append(place[segment.pack["hours"][rows]])
        return list(distinct), np.concatenate(kept)

    def works(self, mode: str) -> Flags:
        """Where the volunteer works on site or online, or does not say."""
        return self._flag(WORKS[mode])

    @cached_property
    def consents(self) -> Flags:
        """Where the volunteer agrees to be matched."""
        return self._flag(CONSENT)

    @cached_property
    def consents_abroad(self) -> Flags:
        """Where the volunteer agrees to be matched outside the country of residence."""
        return self._flag(ABROAD)

    @cached_property
    def licensed_until(self) -> Columns:
        """Last day (ordinal) of the longest licence per skill: 0 without one; one without a date never ends."""
        return self._stored("licences", np.int64)

    @cached_property
    def mentions(self) -> Columns:
        """How clearly the experience text names a skill, 0 to 1 per skill."""
        return self._stored("mentions", float)

    def mention(self, position: int, code: str) -> Link | None:
        """Return the words in a volunteer's experience that name a skill; None where none do."""
        return self.people.person(position)[1].get(code)

    @cached_property
    def _said(self) -> Said:
        return said_in(self.parts, self.statements)
