"""Columns of one kind as rows of one matrix: compiled loops take them by their numbers."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

LEAST, SPARE = 64, 32  # rows of a matrix, and those that an assignment usually does with


class Rows:
    """Columns by what they depend on, made when they are first asked for.

    They stay until all are forgotten, so that a number that was given means the same column until then.
    """

    def __init__(self, size: int, kind: DTypeLike, most_bytes: int) -> None:
        many = max(most_bytes // max(size * np.dtype(kind).itemsize, 1), LEAST)
        self.matrix: NDArray[Any] = np.empty((many, size), np.dtype(kind))  # memory that is not written to is not taken
        self._numbers: dict[Hashable, int] = {}

    @property
    def is_full(self) -> bool:
        """Whether there may be no room for what the next assignment asks for."""
        return len(self._numbers) + SPARE > len(self.matrix)

    def number(self, key: Hashable, make: Callable[[], NDArray[Any]]) -> int:
        """Return the number of a column's row."""
        found = self._numbers.get(key)
        if found is None:
            column, found = make(), len(self._numbers)
            if found == len(self.matrix):
                self._move(2 * found, self.matrix.dtype)
            if column.max(initial=0) > np.iinfo(self.matrix.dtype).max:
                self._move(len(self.matrix), column.dtype)
            self.matrix[found] = column
            self._numbers[key] = found
        return found

    def replaced(self, key: Hashable, column: NDArray[Any]) -> int:
        """Return the number of a row whose column is another one each time; what it held before is gone."""
        number = self.number(key, lambda: column)
        self.matrix[number] = column
        return number

    def _move(self, many: int, kind: np.dtype[Any]) -> None:
        """Move the rows into a matrix of more rows, or of another kind; what holds nothing takes no memory."""
        used = self.matrix[: len(self._numbers)]
        self.matrix = np.empty((many, used.shape[1]), kind)
        self.matrix[: len(used)] = used

    def forget(self) -> None:
        """Forget all columns."""
        self._numbers.clear()
