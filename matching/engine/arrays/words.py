"""What some people say beside what is asked, by whole columns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matching.engine.arrays.kinds import Entries, Indices, Numbers, Places, Whole
from matching.engine.lines import Parts
from matching.engine.marks import entries_of
from matching.text.likeness import BEST

AT_ONCE = 128  # statements: their rows, twice while they become float32, stay in a core's own memory


def said(parts: Parts) -> tuple[Entries, Places]:
    """Return the statements of some people, person after person, and how many each makes."""
    found, counts = [np.zeros(0, np.uint32)], [np.zeros(0, np.intp)]
    for segment, people in parts:
        places, many = entries_of(segment.pack["said.starts"], people)
        found.append(segment.pack["said.places"][places])
        counts.append(many)
    return np.concatenate(found), np.concatenate(counts)


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
