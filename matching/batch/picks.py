"""The best of many pairs, each in the list of its owner: by band, inside a band by lot, as the plain matcher has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from matching.explanation import BAND_STEP, bands_of
from matching.listing import LISTED

Places = NDArray[np.integer]
BANDS = 100 // BAND_STEP + 1
EACH = len(LISTED)  # lists of an owner


@dataclass(frozen=True)
class Picks:
    """Pairs as columns: whose list, who stands in it, 0 eligible or 1 near, score and lot."""

    owner: NDArray[np.int32]
    other: NDArray[np.int32]
    status: NDArray[np.int8]
    score: NDArray[np.float64]
    lot: NDArray[np.float64]

    @staticmethod
    def joined(parts: Sequence[Picks]) -> Picks:
        """Put parts together, in their order."""
        columns = [[getattr(part, field.name) for part in parts] for field in fields(Picks)]
        kinds = (np.int32, np.int32, np.int8, np.float64, np.float64)
        return Picks(*(np.concatenate([np.zeros(0, kind), *found]) for kind, found in zip(kinds, columns, strict=True)))

    @property
    def lists(self) -> NDArray[np.int64]:
        """The number of the list in which each pair stands: an owner's follow one another."""
        return self.owner.astype(np.int64) * EACH + self.status

    def taken(self, which: NDArray) -> Picks:
        """Return some of the pairs."""
        return Picks(*(getattr(self, field.name)[which] for field in fields(Picks)))

    def reaching(self, top: int) -> Picks:
        """Return the pairs in whose band the `top`th of their list stands, or above: only these need a lot."""
        bands = bands_of(self.score)
        lists, mine = np.unique(self.lists, return_inverse=True)
        counts = np.bincount(mine * BANDS + bands, minlength=len(lists) * BANDS).reshape(-1, BANDS)
        reached = counts[:, ::-1].cumsum(axis=1) >= top
        border = np.where(reached[:, -1], BANDS - 1 - reached.argmax(axis=1), 0)
        return self.taken(bands >= border[mine])

    def best(self, top: int, is_in_runs: bool = False) -> Picks:
        """Return the `top` of each owner and status, list after list, in their order.

        Where a few long runs are in this order already, it is found much sooner.
        """
        order = self._order(is_in_runs)
        lists = self.lists[order]
        firsts = np.flatnonzero(np.diff(lists, prepend=-1))
        rank = np.arange(len(lists)) - np.repeat(firsts, np.diff([*firsts, len(lists)]))
        return self.taken(order[rank < top])

    def _order(self, is_in_runs: bool) -> NDArray[np.intp]:
        """Return the order of the pairs, list after list: by one number of 8 bytes each, which is soon sorted."""
        bands = ((self.lists + 1) * BANDS - bands_of(self.score)).astype(np.uint64)
        # The bytes of positive lots stand in the order of the lots: as many of the highest bits as there is room for.
        room = int(bands.max(initial=0)).bit_length()
        keys = bands << np.uint64(64 - room) | self.lot.view(np.uint64) >> np.uint64(room)
        order = np.argsort(keys, kind="stable" if is_in_runs else "quicksort")
        ranked = keys[order]
        same = ranked[1:] == ranked[:-1]
        if same.any():
            unsure = np.flatnonzero(np.append(same, False) | np.append(False, same))
            few = order[unsure]
            order[unsure] = few[np.lexsort((self.other[few], self.lot[few], keys[few]))]
        return order
