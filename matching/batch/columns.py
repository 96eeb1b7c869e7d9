"""Columns that many assignments share, kept while there is room: the newest stay."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Protocol, TypeVar, cast

MOST_BYTES = 400_000_000


class Sized(Protocol):
    """One column or several."""

    @property
    def nbytes(self) -> int:
        """How many bytes they take."""
        ...


Columns = TypeVar("Columns", bound=Sized)


class Kept:
    """Columns by what they depend on; made when they are first asked for."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._bytes = 0
        self._columns: OrderedDict[Hashable, Any] = OrderedDict()

    def column(self, key: Hashable, make: Callable[[], Columns]) -> Columns:
        """Return the column of a key."""
        found = self._columns.get(key)
        if found is None:
            found = self._columns[key] = make()
            self._bytes += found.nbytes
            while self._bytes > self._most and len(self._columns) > 1:
                self._bytes -= self._columns.popitem(last=False)[1].nbytes
        else:
            self._columns.move_to_end(key)
        return cast(Columns, found)
