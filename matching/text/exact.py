"""Products of rows with a matrix that are the same to the byte in any company, on any kernel and number of threads.

A library of matrices sums in another order for other shapes, so that a text would give other bytes alone than in a
batch. Sums of whole numbers below 2 ** 24 are exact in float32, whatever their order: rows and columns are brought
to one length and rounded, and by Cauchy and Schwarz no sum of their products can be larger than the product of lengths.
"""

from __future__ import annotations

import numpy as np

Array = np.ndarray
# Length to which rows and columns are brought: rounding adds at most half the root of their width (18 for 1,280
# numbers), and (4000 + 18) ** 2 < 2 ** 24. Rounding costs about a thousandth of a row.
SCALE = 4000
# Below this length a row says nothing; dividing by it would only blow up rounding.
SHORTEST_ROW = 1e-6


class Exact:
    """A matrix (inputs, outputs) whose products with rows are exact."""

    def __init__(self, weights: Array) -> None:
        self._whole, lengths = rounded(np.ascontiguousarray(weights.T, dtype=np.float32))
        self._whole = np.ascontiguousarray(self._whole.T)
        self._lengths = lengths.T

    def product(self, rows: Array) -> Array:
        """Return rows (n, inputs) times the matrix, float32 (n, outputs)."""
        whole, lengths = rounded(rows)
        found: Array = whole @ self._whole
        found *= lengths
        found *= self._lengths
        return found


def rounded(rows: Array) -> tuple[Array, Array]:
    """Return rows as whole numbers of length `SCALE` in float32, and what they have to be multiplied with, (n, 1)."""
    lengths = lengths_of(rows)
    return np.rint(rows * (SCALE / lengths)), lengths / np.float32(SCALE)


def whole(rows: Array) -> Array:
    """Return unit rows as whole numbers in float32: products of two such rows are exact in any order of sums."""
    return np.rint(rows.astype(np.float64) * SCALE).astype(np.float32)


def unit(rows: Array) -> Array:
    """Return rows brought to length one; a row of zeros stays one."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.where(lengths > SHORTEST_ROW, rows / np.maximum(lengths, SHORTEST_ROW), 0).astype(np.float32)


def lengths_of(rows: Array) -> Array:
    """Return the length of each row, (n, 1), not below `SHORTEST_ROW`."""
    return np.sqrt(np.maximum(np.einsum("ij,ij->i", rows, rows), np.float32(SHORTEST_ROW**2)))[:, None]
