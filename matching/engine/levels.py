"""Whole numbers that bounds are summed in: a share of 1 as so many of 60,000, rounded up."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

FULL = 60_000  # 1.0; the room to 65,535 is for rounding
Levels = NDArray[np.uint16]
# Added before rounding up: float32 may lie this much below, in these numbers. A line is off by less than `STEP`.
SLACK, STEP = 0.05, 2


def risen(shares: ArrayLike) -> Levels:
    """Return shares of 1 as whole numbers that never lie below them."""
    return np.ceil(np.multiply(shares, FULL, dtype=np.float64) + SLACK).astype(np.uint16)
