"""The best of many pairs, each in the list of its owner: by band, inside a band by lot, as the plain matcher has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from matching.explanation import BAND_STEP, bands_of

Places = NDArray[np.integer]
BANDS = 100 // BAND_STEP + 1


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

    def taken(self, which: NDArray) -> Picks:
        """Return some of the pairs."""
        return Picks(*(getattr(self, field.name)[which] for field in fields(Picks)))

    def reaching(self, top: int) -> Picks:
        """Return the pairs in whose band the `top`th of their list stands, or above: only these need a lot."""
        bands = bands_of(self.score)
        lists, mine = np.unique(self.owner.astype(np.int64) * 2 + self.status, return_inverse=True)
        counts = np.bincount(mine * BANDS + bands, minlength=len(lists) * BANDS).reshape(-1, BANDS)
        reached = counts[:, ::-1].cumsum(axis=1) >= top
        border = np.where(reached[:, -1], BANDS - 1 - reached.argmax(axis=1), 0)
        return self.taken(bands >= border[mine])

    def best(self, top: int) -> Picks:
        """Return the `top` of each owner and status, list after list, in their order."""
        lists = self.owner.astype(np.int64) * 2 + self.status
        order = np.lexsort((self.other, self.lot, (lists + 1) * BANDS - bands_of(self.score)))
        ranked = self.taken(order)
        starts = np.ones(len(order), bool)
        starts[1:] = (ranked.owner[1:] != ranked.owner[:-1]) | (ranked.status[1:] != ranked.status[:-1])
        firsts = np.flatnonzero(starts)
        rank = np.arange(len(order)) - np.repeat(firsts, np.diff([*firsts, len(order)]))
        return ranked.taken(rank < top)
