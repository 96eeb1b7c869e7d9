"""What a pair has to reach to stand in an assignment's list, as far as the parts tell that were made already."""

from __future__ import annotations

from mmap import mmap

import numpy as np
from numpy.typing import NDArray

from matching.batch.picks import EACH, Picks
from matching.explanation import bands_of

# A need is one number: the band of a list's last entry, and below it, turned round, the highest bits of a lot that is
# larger than that one's: who drew the same may still come first by number. The bytes of positive lots stand in their
# order; none is larger than this one.
LOT_BITS = 48
CUT = np.uint64(64 - LOT_BITS)
ANY_LOT = np.array(np.inf).view(np.uint64) >> CUT


class Needs:
    """What the lists of so many assignments need, which parts made side by side tell one another.

    Whatever pairs raised it, nobody is left out who is among the best of all: so parts may be made in any order, and
    again. Forked processes share the memory. Whoever reads a number while it is written finds the old one or the new,
    and it may fall when two raise it at once: so it is read in one go.
    """

    def __init__(self, assignments: int) -> None:
        self._numbers = np.frombuffer(mmap(-1, 8 * EACH * max(assignments, 1)), np.uint64)

    def of(self, lists: NDArray[np.integer]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return the bands that lists need (`Picks.lists` numbers them), 0 while there is room, and the largest lots
        that will do in these bands."""
        numbers = self._numbers[lists]
        lots = (ANY_LOT - (numbers & np.uint64(2**LOT_BITS - 1))) << CUT
        return (numbers >> np.uint64(LOT_BITS)).astype(np.int64), lots.view(np.float64)

    def raise_by(self, picks: Picks, top: int) -> None:
        """Raise what those lists need that are full: list after list, in their order, of at most `top` entries."""
        lasts = np.flatnonzero(np.diff(picks.lists, append=-1))
        full = lasts[np.diff(lasts, prepend=-1) == top]
        lots = np.minimum((picks.lot[full].view(np.uint64) >> CUT) + np.uint64(1), ANY_LOT)
        bands = bands_of(picks.score[full]).astype(np.uint64)
        mine, numbers = picks.lists[full], bands << np.uint64(LOT_BITS) | ANY_LOT - lots
        self._numbers[mine] = np.maximum(self._numbers[mine], numbers)
