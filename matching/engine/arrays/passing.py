"""Who of a segment could pass, by whole columns."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matching.engine.arrays.kinds import Bytes, Days, Entries, Flags


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
