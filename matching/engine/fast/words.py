"""What some people say beside what is asked, by compiled loops."""

from __future__ import annotations

import numpy as np
from numba import types

from matching.compiled import column, compiled_for
from matching.engine.arrays.kinds import Entries, Indices, Numbers, Places, Whole
from matching.engine.lines import Parts
from matching.text.likeness import BEST

if BEST != 2:
    raise ValueError("the loops look for the two best statements")

_places, _entries, _room = column(types.intp), column(types.uint32), types.Array(types.intp, 1, "C")


def said(parts: Parts) -> tuple[Entries, Places]:
    """Return the statements of some people, person after person, and how many each makes."""
    size, start, many = sum(len(people) for _, people in parts), 0, np.zeros(1, np.intp)
    firsts, counts = np.empty(size, np.intp), np.empty(size, np.intp)
    for segment, people in parts:
        _counted(segment.pack["said.starts"], people, start, firsts, counts)
        start += len(people)
    found, start = np.empty(counts.sum(), np.uint32), 0
    for segment, people in parts:
        _said(segment.pack["said.places"], firsts, counts, start, start + len(people), many, found)
        start += len(people)
    return found, counts


@compiled_for(_places, _places, types.intp, _room, _room)
def _counted(starts: Places, people: Places, start: int, firsts: Places, counts: Places) -> None:
    """Fill in from `start` on where each person's statements begin, and how many there are.

    What lies far apart is read in a loop that decides nothing by it: the processor then asks for many at once.
    """
    for number in range(len(people)):
        first = starts[people[number]]
        firsts[start + number] = first
        counts[start + number] = starts[people[number] + 1] - first


@compiled_for(_entries, _places, _places, types.intp, types.intp, _room, types.Array(types.uint32, 1, "C"))
def _said(entries: Entries, firsts: Places, counts: Places, start: int, end: int, many: Places, found: Entries) -> None:
    """Fill in from where the segment before ended, which `many` says."""
    count = many[0]
    for number in range(start, end):
        for place in range(firsts[number], firsts[number] + counts[number]):
            found[count] = entries[place]
            count += 1
    many[0] = count


def unseen(places: Indices, numbers: Entries) -> Entries:
    """Return the numbers that have no place yet, once each, rising."""
    found, many = np.empty(len(numbers), np.uint32), np.empty(1, np.intp)
    _unseen(places, numbers, found, many)
    return np.sort(found[: many[0]])


@compiled_for(
    types.Array(types.int32, 1, "C"), _entries, types.Array(types.uint32, 1, "C"), types.Array(types.intp, 1, "C")
)
def _unseen(places: Indices, numbers: Entries, found: Entries, many: Places) -> None:
    count = 0
    for at in range(len(numbers)):
        number = numbers[at]
        if places[number] == 0:
            places[number] = -1  # seen; whoever asked gives it its place
            found[count] = number
            count += 1
    many[0] = count


def compared(rows: Whole, which: Places, asked: Whole) -> Numbers:
    """Return the products of some rows with what is asked, (asked, statements)."""
    found = np.empty((len(asked), len(which)), np.float32)
    _compared(rows, which, asked, found)
    return found


@compiled_for(column(types.int16, 2), _places, column(types.int16, 2), types.Array(types.float32, 2, "C"))
def _compared(rows: Whole, which: Places, asked: Whole, found: Numbers) -> None:
    for number in range(len(which)):
        row = rows[which[number]]
        for one in range(len(asked)):
            other, product = asked[one], np.int32(0)
            for place in range(len(row)):
                product = np.int32(product + np.int32(row[place]) * np.int32(other[place]))
            found[one, number] = product


def met(worth: Numbers, mine: Indices, counts: Places) -> Numbers:
    """Return the likeness of people of whom each makes so many of the statements, one after the other."""
    found = np.empty(len(counts), np.float32)
    _met(worth, mine, counts, found)
    return found


@compiled_for(column(types.float32, 2), column(types.int32), _places, types.Array(types.float32, 1, "C"))
def _met(worth: Numbers, mine: Indices, counts: Places, found: Numbers) -> None:
    last, start = len(worth) - 1, 0
    for person in range(len(counts)):
        end, best, second, whole = start + counts[person], np.float32(0), np.float32(0), np.float32(0)
        for one in range(len(worth)):
            most = np.float32(0)
            for at in range(start, end):
                most = max(most, worth[one, mine[at]])
            if one == last:
                whole = most
            else:
                second = max(second, min(best, most))
                best = max(best, most)
        found[person] = ((best + second) / np.float32(2) if last > 1 else best) / np.float32(2) + whole / np.float32(2)
        start = end
