"""People who may be listed, with the most points that each can have, before words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.criteria import CRITERIA, availability
from matching.engine.levels import Levels
from matching.engine.marks import Places
from matching.engine.view import Flags

BEFORE_DATES = tuple(criterion for criterion in CRITERIA if criterion != availability.NAME)


@dataclass(frozen=True)
class Bounds:
    """People of some segments: where one rule fails by little, and the most of each criterion, or of all.

    `segments` and `rows` are the numbers of the segment and of the person in it.
    """

    segments: NDArray[np.int32]
    rows: Places
    near: Flags
    values: Levels

    def where(self, keep: Flags) -> Bounds:
        """Return some of them."""
        return Bounds(self.segments[keep], self.rows[keep], self.near[keep], self.values[:, keep])
