"""Who of a segment could pass, by compiled loops: each column is read once, and nothing is kept on the way."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import types
from numpy.typing import NDArray

from matching.compiled import column, compiled_for
from matching.engine.arrays.kinds import Bytes, Days, Entries, Flags

TOGETHER = 8  # flags that are looked at as one number

_bytes, _days, _entries = column(types.uint8), column(types.uint16), column(types.uint32)
_flags, _places = types.Array(types.boolean, 1, "C"), types.Array(types.intp, 1, "C")


@compiled_for(_bytes, types.uint8, _flags)
def agreeing(flags: Bytes, needed: Any, found: Flags) -> None:
    """Fill in who has all flags that are needed."""
    for person in range(len(found)):
        found[person] = (flags[person] & needed) == needed


@compiled_for(_entries, _entries, _bytes, types.uint8, _flags)
def agreeing_at_home(entries: Entries, rows: Entries, flags: Bytes, needed: Any, found: Flags) -> None:
    """Fill in the same for those alone whose entries these are."""
    for number in range(len(entries)):
        person = rows[entries[number]]
        found[person] = (flags[person] & needed) == needed


@compiled_for(_entries, _entries, _flags)
def left_out(entries: Entries, rows: Entries, found: Flags) -> None:
    """Leave out those whose entries these are."""
    for number in range(len(entries)):
        found[rows[entries[number]]] = False


@compiled_for(_days, _days, _days, types.uint16, types.uint16, types.uint16, _flags)
def having_days(
    firsts: Days, lasts: Days, stretches: Days, latest: Any, earliest: Any, stretch: Any, found: Flags
) -> None:
    """Keep those whose first day is no later, whose last is no earlier, and whose stretch is no shorter."""
    for person in range(len(found)):
        found[person] &= (firsts[person] <= latest) & (lasts[person] >= earliest) & (stretches[person] >= stretch)


@compiled_for(_bytes, types.uint8, types.uint8, _bytes, types.uint8, _flags)
def speaking(held: Bytes, levels: Any, least: Any, flags: Bytes, named: Any, found: Flags) -> None:
    """Keep those who hold a level of a language, or have not the flag `named`."""
    for person in range(len(found)):
        found[person] &= ((held[person] & levels) >= least) | ((flags[person] & named) != named)


def placed(flags: Flags) -> NDArray[np.intp]:
    """Return the places where a flag is set."""
    found, many = np.empty(len(flags) + 1, np.intp), np.empty(1, np.intp)
    _placed(flags, found, many)
    return found[: many[0]].copy()  # room that is not written to was never taken


@compiled_for(_flags, _places, _places)
def _placed(flags: Flags, found: NDArray[np.intp], many: NDArray[np.intp]) -> None:
    """Fill in the places where a flag is set, and how many there are; `found` has room for one more."""
    whole = len(flags) // TOGETHER * TOGETHER
    numbers, count = flags[:whole].view(np.uint64), 0
    for number in range(len(numbers)):
        if numbers[number]:
            for place in range(number * TOGETHER, (number + 1) * TOGETHER):
                found[count] = place
                count += flags[place]
    for place in range(whole, len(flags)):
        found[count] = place
        count += flags[place]
    many[0] = count
