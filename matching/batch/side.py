"""The lists of one side as they are written: who stands in them and with which score, and no more than that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.batch.picks import EACH, Picks
from matching.engine.pack import Pack, Parts


class Side(NamedTuple):
    """Lists one after the other: that of owner `n` in status `s` has the entries `ends[m]:ends[m + 1]`, `m` being
    `EACH * n + s`.

    Whose list it is and which lots were drawn is left out: it would be half of all bytes.
    """

    ends: NDArray[np.int64]
    other: NDArray[np.int32]
    score: NDArray[np.float64]

    @staticmethod
    def of(picks: Picks, owners: int) -> Side:
        """Return lists that are in the order of so many owners already."""
        counts = np.bincount(picks.lists, minlength=EACH * owners)
        return Side(np.append(0, counts.cumsum()), picks.other, picks.score)

    def arrays(self, name: str) -> dict[str, NDArray[Any]]:
        """Return the lists as arrays to be written."""
        return {f"{name}.{field}": getattr(self, field) for field in self._fields}

    @staticmethod
    def read(pack: Pack, name: str) -> Side:
        """Return what `arrays` or `joined` gave to a file."""
        return Side(*(pack[f"{name}.{field}"] for field in Side._fields))

    def entries(self, first: int, last: int) -> slice:
        """Return where the lists of the owners from `first` to before `last` are."""
        return slice(int(self.ends[EACH * first]), int(self.ends[EACH * last]))

    def of_owners(self, first: int, last: int) -> Side:
        """Return the lists of the owners from `first` to before `last`, numbered from 0 on."""
        mine, ends = self.entries(first, last), self.ends[EACH * first : EACH * last + 1]
        return Side(ends - mine.start, self.other[mine], self.score[mine])

    def in_turns(self, most: int) -> Iterator[tuple[int, int]]:
        """Yield from where to where owners have that many entries at most, or one of them alone has more."""
        before, first = self.ends[::EACH], 0
        while first < len(before) - 1:
            last = max(int(np.searchsorted(before, before[first] + most, side="right")) - 1, first + 1)
            yield first, last
            first = last

    @property
    def owner(self) -> NDArray[np.intp]:
        """Whose list each entry stands in."""
        return self._lists // EACH

    @property
    def status(self) -> NDArray[np.intp]:
        """The status of each entry."""
        return self._lists % EACH

    @property
    def _lists(self) -> NDArray[np.intp]:
        return np.repeat(np.arange(len(self.ends) - 1), np.diff(self.ends))


def joined(name: str, sides: Sequence[Side]) -> Parts:
    """Return the lists of several parts, whose owners follow one another, as arrays to be written.

    There may be no part at all: a store without anybody has none.
    """
    before = np.cumsum([0, *(side.ends[-1] for side in sides)])
    ends = [side.ends[1:] + first for side, first in zip(sides, before, strict=False)]
    return {
        f"{name}.ends": [np.zeros(1, np.int64), *ends],
        f"{name}.other": [np.zeros(0, np.int32), *(side.other for side in sides)],
        f"{name}.score": [np.zeros(0), *(side.score for side in sides)],
    }
