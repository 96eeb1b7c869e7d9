"""What a pair has to reach to stand in an assignment's list, as far as the parts tell that were made already."""

from __future__ import annotations

from mmap import mmap

import numpy as np
from numpy.typing import NDArray

from matching.batch.picks import EACH, Picks
from matching.explanation import bands_of

# A need is one number: the band of a list's last entry, and below it, turned round, the highest bits of that one's lot,
# rounded up. Lots are positive, so that their bytes stand in their order; no lot is worse than this one.
LOT_BITS = 48
CUT = np.uint64(64 - LOT_BITS)
ANY_LOT = np.array(np.inf).view(np.uint64) >> CUT


class Needs:
    """What the lists of so many assignments need, which parts made side by side tell one another.

    Whatever pairs raised it, nobody is left out who is among the best of all: so parts may be made in any order, and
    again. Forked processes share the memory; whoever reads a number while it is written finds the old one or the new.
    """

    def __init__(self, assignments: int) -> None:
        self._numbers = np.frombuffer(mmap(-1, 8 * EACH * max(assignments, 1)), np.uint64)

    def bands(self, lists: NDArray[np.integer] | int) -> NDArray[np.int64]:
        """Return the bands that lists need, which are told by number as in `Picks.lists`: 0 while there is room."""
        return (self._numbers[lists] >> np.uint64(LOT_BITS)).astype(np.int64)

    def lots(self, lists: NDArray[np.integer] | int) -> NDArray[np.float64]:
        """Return the largest lots that will do in these bands."""
        within = self._numbers[lists] & np.uint64(2**LOT_BITS - 1)
        return ((ANY_LOT - within) << CUT).view(np.float64)

    def raise_by(self, picks: Picks, top: int) -> None:
        """Raise what those lists need that are full: list after list, in their order, of at most `top` entries."""
        lasts = np.flatnonzero(np.diff(picks.lists, append=-1))
        full = lasts[np.diff(lasts, prepend=-1) == top]
        lots = np.minimum((picks.lot[full].view(np.uint64) >> CUT) + np.uint64(1), ANY_LOT)
        bands = bands_of(picks.score[full]).astype(np.uint64)
        mine, numbers = picks.lists[full], bands << np.uint64(LOT_BITS) | ANY_LOT - lots
        self._numbers[mine] = np.maximum(self._numbers[mine], numbers)
