"""Columns of codes that are made when somebody asks for them, from entries."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matching.engine.marks import code_of, interned
from matching.pool import Columns

Places = NDArray[np.intp]


class StoredColumns(Columns):
    """Columns that are made when they are asked for, from entries: the number of a code, a position, a value."""

    def __init__(self, size: int, kind: type, numbers: Places, positions: Places, values: NDArray) -> None:
        super().__init__(size, kind)
        order = np.argsort(numbers, kind="stable")
        # Beside the fields of a frozen class: what the columns are made from.
        self.__dict__["_entries"] = numbers[order], positions[order], values[order]

    def __getitem__(self, code: str) -> NDArray:
        """Return the column of a code, one entry per volunteer."""
        found = self.held.get(code)
        if found is None:
            numbers, positions, values = self.__dict__["_entries"]
            first, last = np.searchsorted(numbers, [interned(code), interned(code) + 1])
            found = self.held[code] = np.zeros(self.size, dtype=self.kind)
            found[positions[first:last]] = values[first:last]
        return found

    def all_held(self) -> StoredColumns:
        """Make every column that has an entry: for those who go through `held`."""
        for number in np.unique(self.__dict__["_entries"][0]).tolist():
            self[code_of(number)]
        return self
