"""Steps over whole columns of a segment, by numpy: what `matching.engine.fast` does by compiled loops."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.engine.marks import entries_of
from matching.engine.segment import WINDOW
from matching.engine.view import View
from matching.text.likeness import BEST

Bytes = NDArray[np.uint8]
Flags = NDArray[np.bool_]
Days = NDArray[np.uint16]
Entries = NDArray[np.uint32]
Places = NDArray[np.intp]
Indices = NDArray[np.int32]
Numbers = NDArray[np.float32]
Whole = NDArray[np.int16]
AT_ONCE = 128  # statements: their rows, twice while they become float32, stay in a core's own memory


def agreeing(flags: Bytes, needed: np.uint8, found: Flags) -> None:
    """Fill in who has all flags that are needed."""
    np.equal(flags & needed, needed, out=found)


def agreeing_at_home(entries: Entries, rows: Entries, flags: Bytes, needed: np.uint8, found: Flags) -> None:
    """Fill in the same for those alone whose entries these are."""
    people = rows[entries]
    found[people] = (flags[people] & needed) == needed


def left_out(entries: Entries, rows: Entries, found: Flags) -> None:
    """Leave out those whose entries these are."""
    found[rows[entries]] = False


def having_days(
    firsts: Days, lasts: Days, stretches: Days, latest: np.uint16, earliest: np.uint16, stretch: np.uint16, found: Flags
) -> None:
    """Keep those whose first day is no later, whose last is no earlier, and whose stretch is no shorter."""
    found &= lasts >= earliest
    found &= firsts <= latest
    found &= stretches >= stretch


def speaking(held: Bytes, levels: np.uint8, least: np.uint8, flags: Bytes, named: np.uint8, found: Flags) -> None:
    """Keep those who hold a level of a language, or have not the flag `named`; nought is no flag that lets anybody by.

    `levels` are the bits of a byte that tell the level.
    """
    speaks = (held & levels) >= least
    speaks |= (flags & named) != named
    found &= speaks


def placed(flags: Flags) -> NDArray[np.intp]:
    """Return the places where a flag is set."""
    return np.flatnonzero(flags)


class Times(NamedTuple):
    """The longest stretch of days in common, and the shortest and longest stay in weeks, of some people.

    Where no window is named (`named`), the stretch is all that the assignment's dates allow.
    """

    overlap: NDArray[np.int32]
    shortest: NDArray[np.int32]
    longest: NDArray[np.int32]
    named: Flags


def times_of(view: View, first: int, last: int) -> Times:
    """Return what people's windows and stays leave of a first and a last day."""
    times = view.column("times")
    named = (view.flags & np.uint8(WINDOW)) != 0
    return Times(overlap_of(view, times, first, last), times[:, 2], times[:, 3], named)


def overlap_of(view: View, times: NDArray[np.int32], first: int, last: int) -> NDArray[np.int32]:
    """Return the longest stretch of days in common with a first and a last day; `times` are those of the view."""
    overlap = np.maximum(np.minimum(times[:, 1], last) - np.maximum(times[:, 0], first) + 1, 0)
    several = np.flatnonzero(times[:, 4])
    if len(several):
        starts, ends, whose = view.further_windows(several)
        common = np.minimum(ends, last) - np.maximum(starts, first) + 1
        firsts = np.flatnonzero(np.diff(whose, prepend=-1))
        overlap[several] = np.maximum(overlap[several], np.maximum.reduceat(common, firsts))
    return np.where((view.flags & np.uint8(WINDOW)) != 0, overlap, np.int32(last - first + 1))


def said(starts: Places, entries: Entries, people: Places) -> tuple[Entries, Places]:
    """Return the statements of some people, person after person, and how many each makes."""
    places, counts = entries_of(starts, people)
    return entries[places], counts


def unseen(places: Indices, numbers: Entries) -> Entries:
    """Return the numbers that have no place yet, once each, rising."""
    return np.unique(numbers[places[numbers] == 0])


def compared(rows: Whole, which: Places, asked: Whole) -> Numbers:
    """Return the products of some rows with what is asked, (asked, statements): whole numbers, exact."""
    columns, found = asked.T.astype(np.float32), np.empty((len(asked), len(which)), np.float32)
    for start in range(0, len(which), AT_ONCE):
        some = which[start : start + AT_ONCE]
        found[:, start : start + len(some)] = (rows.take(some, axis=0).astype(np.float32) @ columns).T
    return found


def met(worth: Numbers, mine: Indices, counts: Places) -> Numbers:
    """Return the likeness of people of whom each makes so many of the statements, one after the other.

    `worth` is what statements are worth beside what is asked, the whole last; `mine` are places there.
    """
    found, spoke = np.zeros(len(counts), np.float32), np.flatnonzero(counts)
    if len(spoke):
        first = np.cumsum(counts)[spoke] - counts[spoke]
        # One column after the other: side by side they would be short rows, which cost a step each.
        *alike, whole = (np.maximum.reduceat(one[mine], first) for one in worth)
        found[spoke] = (_mean_of_best(alike) + whole) / 2
    return found


def _mean_of_best(columns: Sequence[Numbers]) -> Numbers:
    """Return the mean of the BEST highest numbers of each place."""
    *better, last = [np.zeros_like(columns[0]) for _ in columns[:BEST]]
    for column in columns:
        rest = column
        for place, one in enumerate(better):
            better[place], rest = np.maximum(one, rest), np.minimum(one, rest)
        np.maximum(last, rest, out=last)
    best = [*better, last]
    return np.asarray(sum(best[1:], best[0]) / np.float32(len(best)))
