"""People and statements of a store as sequences of which each item is read when somebody asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from matching.engine.segment import Segment
from matching.engine.statements import Statements
from matching.records import Volunteer
from matching.text import Link
from matching.text.likeness import Statement

Places = NDArray[np.intp]
Parts: TypeAlias = Sequence[tuple[Segment, Places]]


class StoredPeople(Sequence[Volunteer]):
    """The volunteers of some places, each read when it is asked for."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._starts = np.cumsum([0, *(len(rows) for _, rows in parts)])
        self._read: dict[int, tuple[Volunteer, dict[str, Link]]] = {}

    def __len__(self) -> int:
        return int(self._starts[-1])

    def __getitem__(self, number: Any) -> Any:
        return self.person(number)[0]

    def __iter__(self) -> Iterator[Volunteer]:
        return (self[number] for number in range(len(self)))

    def place(self, number: int) -> tuple[Segment, int]:
        """Return the segment of a position, and the person's number in it."""
        part = int(np.searchsorted(self._starts, number, side="right")) - 1
        segment, rows = self._parts[part]
        return segment, int(rows[number - int(self._starts[part])])

    def person(self, number: int) -> tuple[Volunteer, dict[str, Link]]:
        """Return a volunteer with the links of the text."""
        if number not in self._read:
            segment, row = self.place(number)
            self._read[number] = segment.person(row)
        return self._read[number]

    def id_of(self, number: int) -> str:
        """Return a volunteer's id, without reading the rest."""
        segment, row = self.place(number)
        return segment.id_of(row)


class StoredStatements(Sequence[Statement]):
    """Some statements of a store, each read when it is asked for."""

    def __init__(self, statements: Statements, numbers: Places) -> None:
        self._statements, self._numbers = statements, numbers

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, number: Any) -> Any:
        return self._statements.statement(int(self._numbers[number]))
