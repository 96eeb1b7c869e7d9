"""What each part knows of assignments' lists, and how that becomes these lists: for some assignments at a time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.batch.lists import WORKS
from matching.batch.picks import EACH, Picks
from matching.batch.side import Side
from matching.engine.marks import entries_of
from matching.engine.pack import Pack, open_pack

AT_ONCE = 1_000_000  # entries that are put together at a time: of many parts all would take more memory than a part
LOT = f"{WORKS}.lot"


class Share(NamedTuple):
    """The lists of assignments as one part has them, with the lots that tell its entries from those of other parts."""

    side: Side
    lot: NDArray[np.float64]

    @staticmethod
    def of(picks: Picks, assignments: int) -> Share:
        """Put the lists of so many assignments, each whole, in the order of their owners."""
        starts = np.flatnonzero(np.diff(picks.owner, prepend=-1))
        places, _ = entries_of(np.append(starts, len(picks.owner)), np.argsort(picks.owner[starts]))
        ordered = picks.taken(places)
        return Share(Side.of(ordered, assignments), ordered.lot)

    @staticmethod
    def read(pack: Pack) -> Share:
        """Return what `arrays` gave to a file."""
        return Share(Side.read(pack, WORKS), pack[LOT])

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the lists as arrays to be written."""
        return {**self.side.arrays(WORKS), LOT: self.lot}

    def picks(self, first: int, last: int, before: int) -> Picks:
        """Return the lists of the assignments from `first` to before `last`, numbered from 0 on.

        `before` are the volunteers of the parts before: theirs get their numbers among those of all.
        """
        side, lots = self.side.of_owners(first, last), self.lot[self.side.entries(first, last)]
        owner, status = side.owner.astype(np.int32), side.status.astype(np.int8)
        return Picks(owner, side.other + np.int32(before), status, side.score, lots)


def put_together(parts: Sequence[Path], before: Sequence[int], assignments: int, top: int) -> list[Side]:
    """Return the best `top` of each list of so many assignments, some assignments at a time.

    `before` tells of each part how many volunteers those before it have.
    """
    step = max(AT_ONCE // (EACH * top * max(len(parts), 1)), 1)
    found = []
    for first in range(0, assignments, step):
        last = min(first + step, assignments)
        # Opened anew each time: pages that are mapped and were read count as memory of the process.
        some = [Share.read(open_pack(path)).picks(first, last, many) for path, many in zip(parts, before, strict=True)]
        found.append(Side.of(Picks.joined(some).best(top, is_in_runs=True), last - first))
    return found
