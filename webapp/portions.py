"""Long sequences a part at a time: databases take so many values beside a statement, and memory so many rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

Row = TypeVar("Row")
NUMBERS = 10_000  # beside a statement: databases take some 32,000


def portions(rows: Sequence[Row], at_once: int) -> Iterator[Sequence[Row]]:
    """Yield the rows in their order, `at_once` of them at a time."""
    for first in range(0, len(rows), at_once):
        yield rows[first : first + at_once]
