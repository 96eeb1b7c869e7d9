"""The result of a batch in one file: the list of every assignment and of every volunteer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from matching.batch.side import Side, joined
from matching.engine import texts
from matching.engine.pack import Pack, open_pack, write_parts
from matching.matcher import ORDER
from matching.standing import STATUSES

WORKS, PEOPLE = "works", "people"
AT_ONCE = 250_000  # entries of a table: each takes 234 bytes


def write_lists(
    path: Path, works: Sequence[Side], people: Sequence[Side], work_ids: Sequence[str], volunteer_ids: Sequence[bytes]
) -> None:
    """Write both sides' lists, each in pieces that follow one another, and the ids that they name by number."""
    ids = {name: [array] for name, array in texts.arrays("ids", volunteer_ids).items()}
    write_parts(path, {"works": list(work_ids)}, {**joined(WORKS, works), **joined(PEOPLE, people), **ids})


@dataclass(frozen=True, eq=False)
class Lists:
    """Both sides' lists, mapped from their file."""

    pack: Pack

    @staticmethod
    def open(path: Path) -> Lists:
        """Map a file of `write_lists`."""
        return Lists(open_pack(path))

    def for_assignments(self) -> pd.DataFrame:
        """Return the volunteers of each assignment, in the order of the assignments given: as `order` does."""
        return self._frame(WORKS, Side.read(self.pack, WORKS))

    def for_volunteers(self) -> pd.DataFrame:
        """Return the assignments of each volunteer, volunteers in the order of the store: the columns of `order`."""
        return self._frame(PEOPLE, Side.read(self.pack, PEOPLE))

    def entries(self, name: str) -> int:
        """Return how many rows `in_turns` yields in all."""
        return len(Side.read(self.pack, name).other)

    def in_turns(self, name: str) -> Iterator[pd.DataFrame]:
        """Yield what `for_assignments` (WORKS) or `for_volunteers` (PEOPLE) return, some owners' lists at a time."""
        side = Side.read(self.pack, name)
        for first, last in side.in_turns(AT_ONCE):
            yield self._frame(name, side.of_owners(first, last), first)

    def _frame(self, name: str, side: Side, first: int = 0) -> pd.DataFrame:
        """Return the lists of owners of one side, who are numbered from `first` on."""
        work_ids, pairs = self.pack.meta["works"], (side.owner + first, side.other)
        works, people = (each.tolist() for each in (pairs if name == WORKS else pairs[::-1]))
        ids = [texts.read(self.pack, "ids", number).decode("utf-8", "surrogatepass") for number in people]
        found = pd.DataFrame(
            {
                "assignment_id": [work_ids[number] for number in works],
                "volunteer_id": ids,
                "rank": 0,
                "status": [STATUSES[status] for status in side.status.tolist()],
                "score": side.score,
            },
            columns=list(ORDER),
        )
        return found.assign(rank=found.groupby(side.owner).cumcount() + 1)
