"""Who answers what many assignments ask: a bit a person and answer, so that 64 people are judged at once.

What hardly anybody has gets no row of bits: the entries of those who have it are read instead. Days stand
there for some days of the calendar, and some lengths of stretches: whoever lies between two of them counts.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.engine.marks import Marks
from matching.engine.pack import Pack
from matching.engine.spans import FIRST, NAMES

Flags = NDArray[np.bool_]
Words = NDArray[np.uint64]  # 64 people each, the first in the lowest bit; bits beyond the last person are nought
MOST_DAYS = 64  # of a kind
# Of each kind of entries: a code that at least one in so many has gets a row for each value up to the highest, of those
# who have so much or more. Each assignment asks for one country, and few for a language that hardly anybody speaks.
RARE = {"languages": 128, "residence": 2048, "excluded": 2048, "no_go": 2048}


def words_for(size: int) -> int:
    """Return how many words hold a bit for each of some people."""
    return -(-size // 64)


def packed(flags: Flags) -> Words:
    """Return flags as bits."""
    found = np.zeros(words_for(len(flags)) * 8, np.uint8)
    found[: -(-len(flags) // 8)] = np.packbits(flags, bitorder="little")
    return found.view(np.uint64)


def unpacked(words: Words, size: int) -> Flags:
    """Return bits as flags of so many people."""
    return np.unpackbits(words.view(np.uint8), count=size, bitorder="little").view(bool)


def name_of(kind: str, code: str = "", least: int = 1) -> str:
    """Return the name of the row of those who have a code of a kind with this value at least."""
    return f"{kind} {code} {least}"


def arrays_of(
    facts: Mapping[str, Flags], marks: Mapping[str, Marks], spans: NDArray[np.uint16]
) -> tuple[dict[str, Any], Words]:
    """Return the rows of a file, and what `Bits` has to know of them; `facts` are rows as they are."""
    size, rows = spans.shape[1], {kind: packed(flags) for kind, flags in facts.items()}
    for kind, rare in RARE.items():
        mine = marks[kind]
        for code in mine.codes:
            entries = mine.with_code(code)
            people, values = mine.rows[entries], mine.values[entries]
            for least in range(1, int(values.max()) + 1):
                some = people[values >= least]
                if len(some) * rare >= size:
                    rows[name_of(kind, code, least)] = of_people(some, size)
    days = {}
    for kind, column in zip(NAMES, spans, strict=True):
        days[kind] = _days(column, kind == FIRST)
        for day in days[kind]:
            rows[name_of(kind, "", day)] = packed(column <= day if kind == FIRST else column >= day)
    return {"rows": {name: number for number, name in enumerate(rows)}, "days": days}, np.stack(list(rows.values()))


def of_people(people: NDArray[np.integer], size: int) -> Words:
    """Return the bits of some of so many people."""
    found = np.zeros(words_for(size), np.uint64)
    numbers = people.astype(np.uint64)
    np.bitwise_or.at(found, numbers >> np.uint64(6), np.uint64(1) << (numbers & np.uint64(63)))
    return found


def _days(column: NDArray[np.uint16], is_first: bool) -> list[int]:
    """Return days for which rows stand, rising: not those that everybody's lie before, or after."""
    distinct = np.unique(column)
    distinct = distinct[:-1] if is_first else distinct[1:]
    if len(distinct) > MOST_DAYS:
        distinct = distinct[np.linspace(0, len(distinct) - 1, MOST_DAYS).astype(np.intp)]
    return distinct.tolist()


@dataclass(frozen=True, eq=False)
class Bits:
    """The rows of a file, the number of each by its name, and the days of each kind for which rows stand."""

    words: Words
    rows: Mapping[str, int]
    days: Mapping[str, Sequence[int]]

    @staticmethod
    def read(pack: Pack) -> Bits:
        """Return what `arrays_of` gave to a file."""
        return Bits(pack["bits"], **pack.meta["bits"])

    def no_later(self, day: int) -> int | None:
        """Return the row of everybody whose first day is no later, and perhaps of some others; None: of all."""
        place = bisect_left(self.days[FIRST], day)
        return self._row_of_day(FIRST, place)

    def no_less(self, kind: str, day: int) -> int | None:
        """Return the row of everybody whose day of a kind, or stretch, is no less, and perhaps of some others."""
        return self._row_of_day(kind, bisect_right(self.days[kind], day) - 1)

    def _row_of_day(self, kind: str, place: int) -> int | None:
        days = self.days[kind]
        return self.rows[name_of(kind, "", days[place])] if 0 <= place < len(days) else None
