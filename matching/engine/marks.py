"""Facts of which a person may have several, such as skills: one entry each, person after person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.engine.pack import Pack

Places = NDArray[np.intp]
Entry = tuple[str, float]
PARTS = ("starts", "rows", "numbers", "values", "order", "firsts")
_INTERNED: dict[str, int] = {}
_CODES: list[str] = []
_LOCK = Lock()


@dataclass(frozen=True, eq=False)
class Marks:
    """Entries of one kind: the person's number, the code's number in `codes`, and a value.

    `order` holds the places of all entries code after code, `firsts` where each code begins there.
    """

    codes: tuple[str, ...]
    starts: NDArray[np.uint32]
    rows: NDArray[np.uint32]
    numbers: NDArray[np.uint16]
    values: NDArray[Any]
    order: NDArray[np.uint32]
    firsts: NDArray[np.uint32]

    @staticmethod
    def of(people: Sequence[Iterable[Entry]], kind: type) -> Marks:
        """Put entries together; of two entries with one code the higher value stays, as in a `Pool`."""
        known: dict[str, int] = {}
        starts, rows, numbers = [0], [], []
        values: list[float] = []
        for row, entries in enumerate(people):
            best: dict[str, float] = {}
            for code, value in entries:
                best[code] = max(best.get(code, value), value)
            rows += [row] * len(best)
            numbers += [known.setdefault(code, len(known)) for code in best]
            values += best.values()
            starts.append(len(rows))
        numbered = np.array(numbers, np.uint16)
        order = np.argsort(numbered, kind="stable")
        return Marks(
            tuple(known),
            np.array(starts, np.uint32),
            np.array(rows, np.uint32),
            numbered,
            np.array(values, kind),
            order.astype(np.uint32),
            np.searchsorted(numbered[order], np.arange(len(known) + 1)).astype(np.uint32),
        )

    @staticmethod
    def read(pack: Pack, name: str) -> Marks:
        """Return the entries that `arrays` gave to a file."""
        return Marks(tuple(pack.meta["codes"][name]), *(pack[f"{name}.{part}"] for part in PARTS))

    def arrays(self, name: str) -> Mapping[str, NDArray[Any]]:
        """Return the arrays to be written; `codes` goes into the file's facts."""
        return {f"{name}.{part}": getattr(self, part) for part in PARTS}

    def with_code(self, code: str) -> NDArray[np.uint32]:
        """Return the places of all entries with a code, which rise."""
        number = self.places.get(code)
        if number is None:
            return np.zeros(0, np.uint32)
        return self.order[self.firsts[number] : self.firsts[number + 1]]

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each code in `codes`."""
        return {code: place for place, code in enumerate(self.codes)}

    @cached_property
    def interned(self) -> Places:
        """The number of each code in this process, by its place in `codes`."""
        return np.array([interned(code) for code in self.codes], np.intp)

    def of_rows(self, rows: Places) -> tuple[Places, Places]:
        """Return, for some people, the places of their entries, and whose they are as a position in `rows`."""
        return taken(self.starts, rows)


def interned(code: str) -> int:
    """Return a number that stands for a code as long as the process lives."""
    if code not in _INTERNED:
        with _LOCK:
            if code not in _INTERNED:
                _CODES.append(code)
                _INTERNED[code] = len(_CODES) - 1
    return _INTERNED[code]


def code_of(number: int) -> str:
    """Return the code for which a number stands."""
    return _CODES[number]


def taken(starts: NDArray[Any], rows: Places) -> tuple[Places, Places]:
    """Return the places of all that lies between the starts of some rows and of the next, and the position of each."""
    entries, lengths = entries_of(starts, rows)
    return entries, np.repeat(np.arange(len(rows)), lengths)


def entries_of(starts: NDArray[Any], rows: Places) -> tuple[Places, Places]:
    """Return the places of all that lies between the starts of some rows and of the next, and how many each has."""
    first = starts[rows].astype(np.intp)
    lengths = starts[rows + 1].astype(np.intp) - first
    ends = np.cumsum(lengths)
    moved = np.repeat(first - ends + lengths, lengths)
    return np.arange(len(moved)) + moved, lengths
