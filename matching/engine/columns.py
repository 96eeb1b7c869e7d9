"""Columns of codes that are made when somebody asks for them, from entries."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from matching.engine.marks import code_of, interned
from matching.pool import Columns, Places


class StoredColumns(Columns):
    """Columns that are made when they are asked for, from entries: the number of a code, a position, a value."""

    def __init__(self, size: int, kind: type, numbers: Places, positions: Places, values: NDArray) -> None:
        super().__init__(size, kind)
        order = np.argsort(numbers, kind="stable")
        self._numbers, self._positions, self._values = numbers[order], positions[order], values[order]

    def __contains__(self, code: str) -> bool:
        """Return whether anybody has a code."""
        return len(self._of(code)[0]) > 0

    def codes(self) -> Iterable[str]:
        """Return the codes that anybody has."""
        return map(code_of, np.unique(self._numbers).tolist())

    def positions(self, codes: Iterable[str]) -> Places:
        """Return the positions of whoever has any of some codes, once for each."""
        return np.concatenate([np.zeros(0, np.intp), *(self._of(code)[0] for code in codes)])

    def _of(self, code: str) -> tuple[Places, NDArray]:
        first, last = np.searchsorted(self._numbers, [interned(code), interned(code) + 1])
        return self._positions[first:last], self._values[first:last]
