"""What people's windows and stays leave of an assignment's dates, by whole columns."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.engine.arrays.kinds import Flags, Places
from matching.engine.segment import WINDOW
from matching.engine.view import View


class Times(NamedTuple):
    """The longest stretch of days in common, and the shortest and longest stay in weeks, of some people.

    Where no window is named (`named`), the stretch is all that the assignment's dates allow.
    """

    overlap: NDArray[np.int32]
    shortest: NDArray[np.int32]
    longest: NDArray[np.int32]
    named: Flags


class Further(NamedTuple):
    """All windows but the first, of those people who have some: whose first of them is where."""

    people: Places
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    firsts: Places


def times_of(view: View, first: int, last: int) -> Times:
    """Return what people's windows and stays leave of a first and a last day."""
    times = view.column("times")
    named = (view.flags & np.uint8(WINDOW)) != 0
    return Times(overlap_of(view, times, first, last, further_of(view, times)), times[:, 2], times[:, 3], named)


def further_of(view: View, times: NDArray[np.int32]) -> Further:
    """Return the further windows of a view's people; `times` are theirs."""
    several = np.flatnonzero(times[:, 4])
    starts, ends, whose = view.further_windows(several)
    return Further(several, starts, ends, np.flatnonzero(np.diff(whose, prepend=-1)))


def overlap_of(view: View, times: NDArray[np.int32], first: int, last: int, further: Further) -> NDArray[np.int32]:
    """Return the longest stretch of days in common with a first and a last day; `times` are those of the view."""
    overlap = np.maximum(np.minimum(times[:, 1], last) - np.maximum(times[:, 0], first) + 1, 0)
    several, starts, ends, firsts = further
    if len(several):
        common = np.minimum(ends, last) - np.maximum(starts, first) + 1
        overlap[several] = np.maximum(overlap[several], np.maximum.reduceat(common, firsts))
    return np.where((view.flags & np.uint8(WINDOW)) != 0, overlap, np.int32(last - first + 1))
