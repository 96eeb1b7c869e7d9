"""Columns of one kind as rows of one matrix: compiled loops take them by their numbers."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

LEAST = 64  # rows of a matrix


class Rows:
    """Columns by what they depend on, made when they are first asked for.

    They stay until all are forgotten, so that a number that was given means the same column until then.
    """

    def __init__(self, size: int, kind: DTypeLike, most_bytes: int) -> None:
        many = max(most_bytes // max(size * np.dtype(kind).itemsize, 1), LEAST)
        self.matrix: NDArray[Any] = np.empty((many, size), np.dtype(kind))  # memory that is not written to is not taken
        self._most_bytes = most_bytes
        self._numbers: dict[Hashable, int] = {}

    @property
    def room(self) -> int:
        """How many more rows there is room for: fewer where facts turned out to take more bytes than was thought."""
        size, kind = self.matrix.shape[1], self.matrix.dtype
        return max(self._most_bytes // max(size * kind.itemsize, 1), LEAST) - len(self._numbers)

    def number(self, key: Hashable, make: Callable[[], NDArray[Any]]) -> int:
        """Return the number of a column's row."""
        found = self._numbers.get(key)
        if found is None:
            column, found = make(), len(self._numbers)
            if found == len(self.matrix):
                self._move(2 * found, self.matrix.dtype)
            if column.itemsize > self.matrix.itemsize and column.max(initial=0) > np.iinfo(self.matrix.dtype).max:
                self._move(len(self.matrix), np.min_scalar_type(column.max()))
            self.matrix[found] = column
            self._numbers[key] = found
        return found

    def _move(self, many: int, kind: np.dtype[Any]) -> None:
        """Move the rows into a matrix of more rows, or of another kind; what holds nothing takes no memory."""
        used = self.matrix[: len(self._numbers)]
        self.matrix = np.empty((many, used.shape[1]), kind)
        self.matrix[: len(used)] = used

    def forget(self) -> None:
        """Forget all columns."""
        self._numbers.clear()


class Flat:
    """Parts of one kind, one after the other, as long as all of them."""

    def __init__(self, kind: DTypeLike, width: int = 0) -> None:
        self._room: NDArray[Any] = np.empty((LEAST, width) if width else LEAST, np.dtype(kind))
        self._used = 0

    @property
    def found(self) -> NDArray[Any]:
        """All parts."""
        return self._room[: self._used]

    def add(self, part: NDArray[Any]) -> tuple[int, int]:
        """Add a part, and return where it starts and where it ends."""
        first, last = self._used, self._used + len(part)
        if last > len(self._room):
            grown = np.empty((2 * last, *self._room.shape[1:]), self._room.dtype)
            grown[:first] = self._room[:first]
            self._room = grown
        self._room[first:last] = part
        self._used = last
        return first, last
