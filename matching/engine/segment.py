"""Volunteers as columns in one file, some tens of thousands: what a ranking reads of them.

The columns that bounds are read from hold a byte a person for each language, skill and country; the entries beside them
hold the same facts in full, for whoever may be listed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.engine import texts
from matching.engine.bits import Bits, arrays_of
from matching.engine.coverage import coverage_of
from matching.engine.marks import Entry, Marks
from matching.engine.pack import Pack, open_pack, write_pack
from matching.engine.people import from_lines, to_line
from matching.engine.spans import spans
from matching.engine.wishes import wishes_of
from matching.records import MODES, Hours, Volunteer
from matching.reference import Reference
from matching.text import Link

MOST = 262_144  # people in one segment: each costs a ranking about a tenth of a millisecond, and a build its memory
CONSENT, ABROAD, ANYWHERE, ON_SITE, ONLINE, LANGUAGE, WINDOW, CAUSE = (1 << bit for bit in range(8))
AGREES_ABROAD, NO_LANGUAGE = "agrees abroad", "no language"
WORKS = dict(zip(MODES, (ON_SITE, ONLINE), strict=True))
NOT_KNOWN = -1
PROVEN = 8  # added to a language's level where somebody confirms it
MARKS = ("skills", "languages", "proofs", "countries", "routes", "excluded", "no_go", "served", "residence", "causes",
         "licences", "mentions")  # fmt: skip
LinkedPeople = Sequence[tuple[Volunteer, Mapping[str, Link], NDArray[np.uint32]]]


def id_key(volunteer_id: str) -> int:
    """Return a number that stands for an id; two ids may share one."""
    return int.from_bytes(hashlib.sha256(volunteer_id.encode("utf-8", "surrogatepass")).digest()[:8], "little")


def write_segment(path: Path, people: LinkedPeople, reference: Reference) -> None:
    """Write people, with the links and the numbers of the statements of each, as one file."""
    volunteers = [one for one, _, _ in people]
    links = [found for _, found, _ in people]
    marks = _marks(volunteers, links)
    hours = sorted({one.hours for one in volunteers if one.hours}, key=lambda one: (one.time_zone, one.start, one.end))
    arrays: dict[str, NDArray[Any]] = {
        "flags": np.fromiter(map(_flags, volunteers), np.uint8, len(people)),
        "goals": np.array([sum({1 << goal for goal in one.causes}) for one in volunteers], np.uint32),
        "online_hours": np.array([_known(one.online_hours) for one in volunteers], np.int32),
        "hours": np.array([hours.index(one.hours) if one.hours else NOT_KNOWN for one in volunteers], np.int32),
        **_covered(coverage_of(reference).of(volunteers, links)),
        "wishes": wishes_of(reference).of(volunteers),
        "keys": np.array([id_key(one.id) for one in volunteers], np.uint64),
        **_spoken(marks["languages"], marks["proofs"], len(people)),
        **_times(volunteers),
        **_said([places for _, _, places in people]),
        "noted": _noted(volunteers),
        **texts.arrays("ids", [one.id.encode("utf-8", "surrogatepass") for one in volunteers]),
        **texts.arrays("people", [to_line(one, found) for one, found, _ in people]),
    }
    for name, entries in marks.items():
        arrays |= entries.arrays(name)
    told, arrays["bits"] = arrays_of(_facts_of(arrays["flags"]), marks, spans(volunteers))
    codes = {name: entries.codes for name, entries in marks.items()}
    hours_told = [(one.start, one.end, one.time_zone) for one in hours]
    write_pack(path, {"codes": codes, "hours": hours_told, "bits": told}, arrays)


def _facts_of(flags: NDArray[np.uint8]) -> dict[str, NDArray[np.bool_]]:
    """Return what flags tell of whom rules let by: who agrees to each mode, and abroad, and who names no language."""
    agree = {mode: np.uint8(CONSENT | works) for mode, works in WORKS.items()}
    return {
        **{agrees(mode): (flags & needed) == needed for mode, needed in agree.items()},
        AGREES_ABROAD: (flags & np.uint8(ABROAD)) != 0,
        NO_LANGUAGE: (flags & np.uint8(LANGUAGE)) == 0,
    }


def agrees(mode: str) -> str:
    """Return the name of the row of bits of those who agree to be matched, for work in this mode."""
    return f"agrees {mode}"


@dataclass(frozen=True, eq=False)
class Segment:
    """A file of volunteers, and which of them count no more.

    A row of the array `times`: first and last day of the first window, shortest and longest stay, further windows.
    """

    pack: Pack
    alive: NDArray[np.bool_] | None  # None: all

    @staticmethod
    def open(path: Path, alive: NDArray[np.bool_] | None = None) -> Segment:
        """Map a file of `write_segment`."""
        return Segment(open_pack(path), alive)

    @property
    def size(self) -> int:
        """How many people the file holds, whether they count or not."""
        return len(self.pack["flags"])

    @cached_property
    def marks(self) -> dict[str, Marks]:
        """The entries of each kind."""
        return {name: Marks.read(self.pack, name) for name in MARKS}

    @cached_property
    def bits(self) -> Bits:
        """Who answers what many assignments ask, a bit a person."""
        return Bits.read(self.pack)

    @cached_property
    def hours(self) -> list[Hours]:
        """The distinct online hours; the column `hours` counts them."""
        return [Hours(*one) for one in self.pack.meta["hours"]]

    def flag(self, bit: int) -> NDArray[np.bool_]:
        """Return where a flag is set."""
        return (self.pack["flags"] & np.uint8(bit)) != 0

    def language(self, code: str) -> NDArray[np.uint8]:
        """Return the level of a language, PROVEN more where it is confirmed; 0 where it is not named."""
        place = self.marks["languages"].places.get(code)
        if place is None:
            return np.zeros(self.size, np.uint8)
        found: NDArray[np.uint8] = self.pack["spoken"][place]
        return found

    def covered(self, skill: int) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
        """Return the people of whom a skill's byte says anything, and their bytes."""
        first, last = self.pack["covered.starts"][skill : skill + 2]
        return self.pack["covered.rows"][first:last], self.pack["covered.bytes"][first:last]

    def ids(self) -> Iterator[bytes]:
        """Yield everybody's id, as it is written in files."""
        return texts.read_all(self.pack, "ids", np.arange(self.size))

    def id_of(self, number: int) -> str:
        """Return a person's id."""
        return texts.read(self.pack, "ids", number).decode("utf-8", "surrogatepass")

    def person(self, number: int) -> tuple[Volunteer, dict[str, Link]]:
        """Return a person in full, with the links of the text."""
        (found,) = from_lines([texts.read(self.pack, "people", number)])
        return found

    def find(self, volunteer_id: str) -> int | None:
        """Return the number of a person who counts; None where there is nobody of this id."""
        for number in np.flatnonzero(self.pack["keys"] == np.uint64(id_key(volunteer_id))).tolist():
            if (self.alive is None or self.alive[number]) and self.id_of(number) == volunteer_id:
                return int(number)
        return None


def _marks(people: Sequence[Volunteer], links: Sequence[Mapping[str, Link]]) -> dict[str, Marks]:
    def plain(codes: Iterable[object]) -> list[Entry]:
        return [(str(code), 1) for code in codes]

    return {
        "skills": Marks.of([[(held.code, held.level) for held in one.skills] for one in people], np.int8),
        "languages": Marks.of([[(held.code, held.level) for held in one.languages] for one in people], np.int8),
        "proofs": Marks.of([_proofs(one) for one in people], bool),
        "countries": Marks.of([plain(one.countries) for one in people], bool),
        "routes": Marks.of([plain(one.routes) for one in people], bool),
        "excluded": Marks.of([plain(one.excluded) for one in people], bool),
        "no_go": Marks.of([plain(one.no_go) for one in people], bool),
        "served": Marks.of([plain(one.served) for one in people], bool),
        "residence": Marks.of([plain([one.residence] if one.residence else []) for one in people], bool),
        "causes": Marks.of([plain(one.causes) for one in people], bool),
        "licences": Marks.of(
            [[(held.skill, (held.valid_until or date.max).toordinal()) for held in one.licences] for one in people],
            np.int64,
        ),
        "mentions": Marks.of([[(link.code, link.strength) for link in found.values()] for found in links], float),
    }


def _proofs(one: Volunteer) -> list[Entry]:
    """Return the languages whose highest level is confirmed."""
    highest: dict[str, int] = {}
    for held in one.languages:
        highest[held.code] = max(highest.get(held.code, 0), held.level)
    return [(held.code, 1) for held in one.languages if held.basis != "own" and held.level == highest[held.code]]


def _spoken(languages: Marks, proofs: Marks, size: int) -> dict[str, NDArray[np.uint8]]:
    spoken = np.zeros((len(languages.codes), size), np.uint8)
    spoken[languages.numbers, languages.rows] = languages.values
    place = np.array([languages.codes.index(code) for code in proofs.codes], np.intp)
    spoken[place[proofs.numbers], proofs.rows] += PROVEN
    return {"spoken": spoken}


def _covered(coverage: NDArray[np.uint8]) -> dict[str, NDArray[Any]]:
    """Return the bytes of each skill and person, and beside them, skill after skill, those that say anything."""
    skills, rows = np.nonzero(coverage)
    starts = np.searchsorted(skills, np.arange(len(coverage) + 1))
    return {
        "coverage": coverage,
        "covered.rows": rows.astype(np.uint32),
        "covered.bytes": coverage[skills, rows],
        "covered.starts": starts.astype(np.int64),
    }


def _times(people: Sequence[Volunteer]) -> dict[str, NDArray[Any]]:
    """Return what rules about time read of each person side by side, and further windows as entries."""
    dense = np.tile(np.array([[1], [0]], np.int32), (1, len(people)))  # an unused one is empty
    stays = np.array([[_known(one.stay_min_weeks), _known(one.stay_max_weeks)] for one in people], np.int32).T
    days = [[(one.start.toordinal(), one.end.toordinal()) for one in person.availability] for person in people]
    for row, mine in enumerate(days):
        if mine:
            dense[:, row] = mine[0]
    more = [window for mine in days for window in mine[1:]]
    counts = np.array([max(len(mine) - 1, 0) for mine in days], np.int64)
    starts = np.concatenate([[0], np.cumsum(counts)])
    return {
        "times": np.concatenate([dense, stays.reshape(2, -1), counts[None].astype(np.int32)]).T,
        "windows": dense,
        "stays": stays,
        "more.windows": np.array(more, np.int32).reshape(-1, 2).T,
        "more.starts": starts.astype(np.uint32),
    }


def _said(places: Sequence[NDArray[np.uint32]]) -> dict[str, NDArray[Any]]:
    starts = np.cumsum([0, *map(len, places)], dtype=np.int64)
    return {"said.starts": starts, "said.places": np.concatenate([np.zeros(0, np.uint32), *places])}


def _flags(one: Volunteer) -> int:
    flags = (
        (CONSENT, one.consent_matching),
        (ABROAD, one.consent_abroad),
        (ANYWHERE, one.anywhere),
        (ON_SITE, not one.modes or "on_site" in one.modes),
        (ONLINE, not one.modes or "online" in one.modes),
        (LANGUAGE, one.languages),
        (WINDOW, one.availability),
        (CAUSE, one.causes),
    )
    return sum(bit for bit, is_set in flags if is_set)


def _noted(people: Sequence[Volunteer]) -> NDArray[np.uint8]:
    """Return what is noted with each person, a row of bytes each, filled up with noughts."""
    notes = [bytes.fromhex(one.noted) for one in people]
    width = max(map(len, notes), default=0)
    return np.frombuffer(b"".join(note.ljust(width, b"\0") for note in notes), np.uint8).reshape(len(people), width)


def _known(number: int | None) -> int:
    return NOT_KNOWN if number is None else number
