"""What bytes add to the most that people can score, and which rules they fail, by compiled loops."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numba import types

from matching.compiled import column, compiled_for
from matching.criteria import country, interests, languages, skills
from matching.engine import arrays
from matching.engine.arrays import NO_RULE, UNNAMED, in_turn
from matching.engine.arrays.kinds import Bytes, Entries, Places
from matching.engine.language_credits import TOLD
from matching.engine.levels import Levels
from matching.engine.segment import CAUSE, LANGUAGE, Segment
from matching.engine.view import View

if TYPE_CHECKING:
    from matching.engine.looks import Look, Looks

# Entries that are read in a row cost as much as a byte that is looked for on its own.
ENTRIES_A_BYTE = 4

_people, _bytes, _entries = column(types.intp), column(types.uint8), column(types.uint32)
_points, _fails, _room = column(types.uint16), types.Array(types.uint8, 1, "C"), types.Array(types.uint8, 1, "C")
_values = types.Array(types.uint16, 1, "C")


def looked_up(view: View, looks: Looks) -> tuple[Bytes, Levels]:
    """Return how many rules people fail by little (OUT or more: not listed), and the rows of their bounds."""
    fails, values = np.zeros(view.size, np.uint8), np.repeat(looks.same[:, None], view.size, axis=1)
    to = {criterion: values[row] for criterion, row in looks.rows.items()}
    room, start = np.zeros(max(one.size for one, _ in view.parts), np.uint8), 0
    for segment, people in view.parts:
        if people is None:
            return arrays.looked_up(view, looks)
        pack, flags = segment.pack, segment.pack["flags"]
        for code, look in in_turn(looks.languages, fails):
            held = segment.language(code)
            _spoken(people, flags, held, look.points, look.fails, start, fails, to[languages.NAME])
        for number, look in in_turn(looks.skills, fails):
            _skilled(segment, people, number, look, start, room, fails, to[skills.NAME])
        if looks.wishes is not None:
            row, points = looks.wishes
            _held(people, pack["wishes"][row], points, NO_RULE, start, fails, to[country.NAME])
        if looks.goals is not None:
            _shared(people, flags, pack["goals"], *looks.goals, start, to[interests.NAME])
        start += len(people)
    return fails, values


def bytes_of(view: View, skills: Places) -> Bytes:
    """Return the byte of some skills of each person, (skills, people)."""
    found, start = np.empty((len(skills), view.size), np.uint8), 0
    for segment, people in view.parts:
        if people is None:
            return arrays.bytes_of(view, skills)
        _bytes_of(people, skills, segment.pack["coverage"], start, found)
        start += len(people)
    return found


def _skilled(
    segment: Segment, people: Places, number: int, look: Look, start: int, room: Bytes, fails: Bytes, to: Levels
) -> None:
    whose, codes = segment.covered(number)
    if len(whose) > ENTRIES_A_BYTE * len(people):
        _held(people, segment.pack["coverage"][number], look.points, look.fails, start, fails, to)
    else:
        _by_entries(people, whose, codes, look.points, look.fails, start, room, fails, to)


@compiled_for(_people, _bytes, _bytes, _points, _bytes, types.intp, _fails, _values)
def _spoken(
    people: Places, flags: Bytes, held: Bytes, points: Levels, failed: Bytes, start: int, fails: Bytes, to: Levels
) -> None:
    """Add what a language comes to; a level that nobody has stands for a profile without any language."""
    for number in range(len(people)):
        person = people[number]
        byte = held[person] | (np.uint8(0) if flags[person] & LANGUAGE else np.uint8(TOLD))
        to[start + number] += points[byte]
        fails[start + number] += failed[byte]


@compiled_for(_people, _bytes, _points, _bytes, types.intp, _fails, _values)
def _held(people: Places, held: Bytes, points: Levels, failed: Bytes, start: int, fails: Bytes, to: Levels) -> None:
    """Add what each person's byte comes to."""
    for number in range(len(people)):
        byte = held[people[number]]
        to[start + number] += points[byte]
        fails[start + number] += failed[byte]


@compiled_for(_people, _bytes, column(types.uint32), types.uint32, _points, types.intp, _values)
def _shared(people: Places, flags: Bytes, goals: Any, asked: Any, points: Levels, start: int, to: Levels) -> None:
    """Add what shared goals come to."""
    for number in range(len(people)):
        person = people[number]
        shared, many = goals[person] & asked, 0 if flags[person] & CAUSE else UNNAMED
        while shared:
            many += 1
            shared &= shared - np.uint32(1)
        to[start + number] += points[many]


@compiled_for(
    _people, types.Array(types.intp, 1, "C"), column(types.uint8, 2), types.intp, types.Array(types.uint8, 2, "C")
)
def _bytes_of(people: Places, skills: Places, coverage: Bytes, start: int, found: Bytes) -> None:
    for row in range(len(skills)):
        held = coverage[skills[row]]
        for number in range(len(people)):
            found[row, start + number] = held[people[number]]


@compiled_for(_people, _entries, _bytes, _points, _bytes, types.intp, _room, _fails, _values)
def _by_entries(
    people: Places, whose: Entries, codes: Bytes, points: Levels, failed: Bytes, start: int, room: Bytes, fails: Bytes,
    to: Levels,
) -> None:  # fmt: skip
    """Add what each person's byte comes to, where entries tell it; `room` is nought, before and after."""
    for entry in range(len(whose)):
        room[whose[entry]] = codes[entry]
    for number in range(len(people)):
        byte = room[people[number]]
        to[start + number] += points[byte]
        fails[start + number] += failed[byte]
    for entry in range(len(whose)):
        room[whose[entry]] = 0
