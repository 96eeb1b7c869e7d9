"""The volunteers of one ranking, encoded once: a column of numbers per fact, a position per volunteer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from matching.records import Hours, Volunteer
from matching.text import Likeness, Link, Said, SkillLinker

Flags = NDArray[np.bool_]
Levels = NDArray[np.int8]
Numbers = NDArray[np.float64]
Places = NDArray[np.intp]


class Columns:
    """A column of equal type per code, made when it is asked for; a code that nobody has answers with zeros.

    Of most codes nobody asks, so entries stand as they come: by code the positions, and what each has.
    """

    def __init__(self, size: int, kind: type) -> None:
        self.size, self.kind = size, kind
        self._entries: dict[str, dict[int, float]] = {}
        self._made: dict[str, NDArray] = {}

    def __getitem__(self, code: str) -> NDArray:
        """Return the column of a code, one entry per volunteer."""
        found = self._made.get(code)
        if found is None:
            found = np.zeros(self.size, dtype=self.kind)
            positions, values = self._of(code)
            found[positions] = values
            self._made[code] = found
        return found

    def raise_to(self, code: str, position: int, value: float) -> None:
        """Set an entry, above nought, keeping the higher where one stands already."""
        column = self._entries.setdefault(code, {})
        if value > column.get(position, 0):
            column[position] = value

    def mark(self, codes: Iterable[str], position: int) -> None:
        """Set the entries of several codes to 1."""
        for code in codes:
            if code in self._entries:
                self._entries[code][position] = 1
            else:
                self._entries[code] = {position: 1}

    def at(self, code: str, position: int) -> float:
        """Return what stands for a code at a position that has it, without making the column."""
        return self._entries[code][position]

    def __contains__(self, code: str) -> bool:
        """Return whether anybody has a code."""
        return code in self._entries

    def codes(self) -> Iterable[str]:
        """Return the codes that anybody has."""
        return self._entries

    def positions(self, codes: Iterable[str]) -> Places:
        """Return the positions of whoever has any of some codes, once for each."""
        found = chain.from_iterable(self._entries.get(code, ()) for code in codes)
        return np.array(list(found), np.intp)

    def any_of(self, codes: Iterable[str]) -> Flags:
        """Return where any of the codes has an entry."""
        found = np.zeros(self.size, dtype=bool)
        found[self.positions(codes)] = True
        return found

    def _of(self, code: str) -> tuple[Sequence[int] | Places, Sequence[float] | NDArray]:
        """Return the positions that have a code, and what each has."""
        entries = self._entries.get(code, {})
        return list(entries), list(entries.values())


class Pool:
    """Volunteers as numbers. Residence stands here for the two absolute rules that need it, and for no score."""

    def __init__(self, volunteers: Sequence[Volunteer], linker: SkillLinker) -> None:
        self.volunteers = tuple(volunteers)
        self.linker = linker
        self.size = len(self.volunteers)
        self.position = {volunteer.id: number for number, volunteer in enumerate(self.volunteers)}

    def id_of(self, position: int) -> str:
        """Return the id of the volunteer at a position."""
        return self.volunteers[position].id

    def take(self, ids: Iterable[str]) -> Pool:
        """Return a pool of some of the volunteers, in the order of `ids`; KeyError where one is not here."""
        return Pool([self.volunteers[self.position[volunteer_id]] for volunteer_id in ids], self.linker)

    def among(self, ids: Iterable[str]) -> Flags:
        """Return where a volunteer is one of these; an id that is not here is passed over."""
        found = np.zeros(self.size, dtype=bool)
        found[[self.position[volunteer_id] for volunteer_id in ids if volunteer_id in self.position]] = True
        return found

    def flags(self, fact: Callable[[Volunteer], object]) -> Flags:
        """Return where a fact is true (or not empty), one entry per volunteer."""
        return np.fromiter(map(bool, map(fact, self.volunteers)), dtype=bool, count=self.size)

    def numbers(self, fact: Callable[[Volunteer], float | None]) -> Numbers:
        """Return a number per volunteer, NaN where it is not known."""
        values = (fact(volunteer) for volunteer in self.volunteers)
        return np.fromiter((np.nan if value is None else value for value in values), dtype=float, count=self.size)

    def _marks(self, fact: Callable[[Volunteer], Sequence[str]]) -> Columns:
        columns = Columns(self.size, bool)
        for number, volunteer in enumerate(self.volunteers):
            if codes := fact(volunteer):
                columns.mark(codes, number)
        return columns

    @cached_property
    def skills(self) -> Columns:
        """Stated level per skill, 0 where it is not stated."""
        columns = Columns(self.size, np.int8)
        for number, volunteer in enumerate(self.volunteers):
            for skill in volunteer.skills:
                columns.raise_to(skill.code, number, skill.level)
        return columns

    @cached_property
    def language_levels(self) -> Columns:
        """CEFR step per language, 0 where it is not named."""
        columns = Columns(self.size, np.int8)
        for number, volunteer in enumerate(self.volunteers):
            for language in volunteer.languages:
                columns.raise_to(language.code, number, language.level)
        return columns

    @cached_property
    def language_proofs(self) -> Columns:
        """Whether somebody or something confirms the level that counts, per language."""
        columns, levels = Columns(self.size, bool), self.language_levels
        for number, volunteer in enumerate(self.volunteers):
            for language in volunteer.languages:
                if language.basis != "own" and language.level == levels.at(language.code, number):
                    columns.raise_to(language.code, number, True)
        return columns

    @cached_property
    def named_language(self) -> Flags:
        """Where the profile names any language."""
        return self.flags(lambda volunteer: volunteer.languages)

    @cached_property
    def countries(self) -> Columns:
        """Countries chosen by name."""
        return self._marks(lambda volunteer: volunteer.countries)

    @cached_property
    def routes(self) -> Columns:
        """Whole routes chosen."""
        return self._marks(lambda volunteer: volunteer.routes)

    @cached_property
    def anywhere(self) -> Flags:
        """Where the volunteer goes anywhere."""
        return self.flags(lambda volunteer: volunteer.anywhere)

    @cached_property
    def excluded(self) -> Columns:
        """Countries that the volunteer excludes."""
        return self._marks(lambda volunteer: volunteer.excluded)

    @cached_property
    def no_go(self) -> Columns:
        """Countries that the VIO excludes for the volunteer."""
        return self._marks(lambda volunteer: volunteer.no_go)

    @cached_property
    def served(self) -> Columns:
        """Countries of earlier service."""
        return self._marks(lambda volunteer: volunteer.served)

    @cached_property
    def residence(self) -> Columns:
        """Country of residence, for consent abroad and for national and local places alone."""
        return self._marks(lambda volunteer: [volunteer.residence] if volunteer.residence else [])

    @cached_property
    def causes(self) -> Columns:
        """SDG goals that the volunteer cares for."""
        return self._marks(lambda volunteer: [str(goal) for goal in volunteer.causes])

    @cached_property
    def named_cause(self) -> Flags:
        """Where the profile names any cause."""
        return self.flags(lambda volunteer: volunteer.causes)

    @cached_property
    def windows(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """First and last days (ordinals) of the windows, shape (most windows, volunteers); an unused one is empty."""
        most = max((len(volunteer.availability) for volunteer in self.volunteers), default=0)
        starts = np.ones((most, self.size), dtype=np.int64)
        ends = np.zeros((most, self.size), dtype=np.int64)
        for number, volunteer in enumerate(self.volunteers):
            for slot, window in enumerate(volunteer.availability):
                starts[slot, number], ends[slot, number] = window.start.toordinal(), window.end.toordinal()
        return starts, ends

    @cached_property
    def named_window(self) -> Flags:
        """Where the profile names any window."""
        return self.flags(lambda volunteer: volunteer.availability)

    @cached_property
    def stays(self) -> tuple[Numbers, Numbers]:
        """Shortest and longest stay in weeks, NaN where not known."""
        return self.numbers(lambda one: one.stay_min_weeks), self.numbers(lambda one: one.stay_max_weeks)

    @cached_property
    def online_hours(self) -> Numbers:
        """Hours a week offered online, NaN where not known."""
        return self.numbers(lambda volunteer: volunteer.online_hours)

    @cached_property
    def hours(self) -> tuple[list[Hours], NDArray[np.int64]]:
        """The distinct online hours of the pool, and which of them each volunteer keeps (-1: not known)."""
        distinct = sorted(
            {one.hours for one in self.volunteers if one.hours}, key=lambda h: (h.time_zone, h.start, h.end)
        )
        number = {hours: position for position, hours in enumerate(distinct)}
        kept = (number[one.hours] if one.hours else -1 for one in self.volunteers)
        return distinct, np.fromiter(kept, dtype=np.int64, count=self.size)

    @cached_property
    def _named_mode(self) -> tuple[Columns, Flags]:
        return self._marks(lambda volunteer: volunteer.modes), self.flags(lambda volunteer: volunteer.modes)

    def works(self, mode: str) -> Flags:
        """Where the volunteer works on site or online, or does not say."""
        named, any_named = self._named_mode
        return (named[mode] > 0) | ~any_named

    @cached_property
    def consents(self) -> Flags:
        """Where the volunteer agrees to be matched."""
        return self.flags(lambda volunteer: volunteer.consent_matching)

    @cached_property
    def consents_abroad(self) -> Flags:
        """Where the volunteer agrees to be matched outside the country of residence."""
        return self.flags(lambda volunteer: volunteer.consent_abroad)

    @cached_property
    def licensed_until(self) -> Columns:
        """Last day (ordinal) of the longest licence per skill: 0 without one; one without a date never ends."""
        columns = Columns(self.size, np.int64)
        for number, volunteer in enumerate(self.volunteers):
            for licence in volunteer.licences:
                columns.raise_to(licence.skill, number, (licence.valid_until or date.max).toordinal())
        return columns

    @cached_property
    def _links(self) -> list[dict[str, Link]]:
        return self.linker.link_all([volunteer.experience for volunteer in self.volunteers])

    @cached_property
    def mentions(self) -> Columns:
        """How clearly the experience text names a skill, 0 to 1 per skill."""
        columns = Columns(self.size, float)
        for number, links in enumerate(self._links):
            for code, link in links.items():
                columns.raise_to(code, number, link.strength)
        return columns

    def mention(self, position: int, code: str) -> Link | None:
        """Return the words in a volunteer's experience that name a skill; None where none do."""
        return self._links[position].get(code)

    @cached_property
    def _said(self) -> Said:
        return Said.of([(one.experience, [skill.code for skill in one.skills]) for one in self.volunteers], self.linker)

    @cached_property
    def wrote(self) -> Flags:
        """Where a volunteer wrote or stated anything that can be compared."""
        return self._said.is_made

    def likeness(self, asked: Sequence[str], codes: Sequence[str]) -> Likeness:
        """Compare what each volunteer wrote of their experience, and states, with an assignment's words and skills."""
        return Likeness(self._said, asked, codes, self.linker)
