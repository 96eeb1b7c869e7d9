"""The five criteria values of a pair, as every score model takes them: one row a pair, one column a criterion."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matching.criteria import CRITERIA

Values = NDArray[np.float64]
POINTS = 100.0
TOLERANCE = 1e-9


def checked_values(values: ArrayLike) -> Values:
    """Return (n, 5) values in the order of CRITERIA; ValueError where the shape or a number cannot be."""
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 2 or array.shape[1] != len(CRITERIA):
        raise ValueError(f"values need one row a pair and the columns {', '.join(CRITERIA)}")
    # Parts add up with rounding: 1.0000000000000002 is full.
    if not bool(np.all((array >= -TOLERANCE) & (array <= 1.0 + TOLERANCE))):
        raise ValueError("values need numbers from 0 to 1")
    return np.clip(array, 0.0, 1.0)


def checked_shares(name: str, given: Mapping[str, float]) -> dict[str, float]:
    """Return a number from 0 to 1 for each criterion, in the fixed order; ValueError says what is wrong."""
    if set(given) != set(CRITERIA) or not all(0.0 <= value <= 1.0 for value in given.values()):
        raise ValueError(f"{name} need a number from 0 to 1 for each of: {', '.join(CRITERIA)}")
    return {criterion: float(given[criterion]) for criterion in CRITERIA}


def summed(columns: Values) -> Values:
    """Return the rows' sums, column by column in the fixed order: equal on every machine, to the last bit."""
    total: Values = np.zeros(len(columns))
    for column in columns.T:
        total = total + column
    return total
