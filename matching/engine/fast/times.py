"""What people's windows and stays leave of an assignment's dates, by compiled loops."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import types
from numpy.typing import NDArray

from matching.compiled import column, compiled_for
from matching.engine import arrays
from matching.engine.arrays import Times
from matching.engine.arrays.kinds import Bytes, Flags, Places
from matching.engine.segment import WINDOW
from matching.engine.view import View

Days = NDArray[np.int32]

_days = column(types.int32, 2)


def times_of(view: View, first: int, last: int) -> Times:
    """Return what people's windows and stays leave of a first and a last day."""
    found, named, start = np.empty((3, view.size), np.int32), np.empty(view.size, bool), 0
    room = np.empty((2, view.size), np.intp)
    for segment, people in view.parts:
        if people is None:
            return arrays.times_of(view, first, last)
        pack, end = segment.pack, start + len(people)
        more = pack["more.starts"], pack["more.windows"]
        _times_of(people, pack["flags"], pack["times"], *more, first, last, start, room, found, named)
        start = end
    overlap, shortest, longest = found
    return Times(overlap, shortest, longest, named)


@compiled_for(
    column(types.intp), column(types.uint8), _days, column(types.uint32), _days, types.intp, types.intp, types.intp,
    types.Array(types.intp, 2, "C"), types.Array(types.int32, 2, "C"), types.Array(types.boolean, 1, "C"),
)  # fmt: skip
def _times_of(
    people: Places, flags: Bytes, times: Days, starts: Any, windows: Days, first: int, last: int, start: int,
    room: NDArray[np.intp], found: Days, named: Flags,
) -> None:  # fmt: skip
    """Fill in from `start` on.

    What lies far apart is read in loops that decide nothing by it: the processor then asks for many at once.
    """
    several, ends = room
    count = 0
    for number in range(len(people)):
        mine, to = times[people[number]], start + number
        named[to] = (flags[people[number]] & WINDOW) != 0
        days = max(min(mine[1], last) - max(mine[0], first) + 1, 0)
        found[0, to] = days if named[to] else last - first + 1
        found[1, to], found[2, to] = mine[2], mine[3]
        several[count] = number
        count += (mine[4] != 0) & named[to]
    for one in range(count):
        ends[one] = starts[people[several[one]] + 1]
    for one in range(count):
        to = start + several[one]
        for window in range(starts[people[several[one]]], ends[one]):
            days = min(windows[1, window], last) - max(windows[0, window], first) + 1
            found[0, to] = max(found[0, to], days)
