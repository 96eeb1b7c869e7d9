"""The result of a batch in one file: the list of every assignment and of every volunteer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from matching.batch.side import Side, joined
from matching.engine import texts
from matching.engine.pack import Pack, open_pack, write_parts
from matching.matcher import ORDER
from matching.standing import STATUSES

WORKS, PEOPLE = "works", "people"


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
        side = Side.read(self.pack, WORKS)
        return self._frame(side, side.owner.tolist(), side.other.tolist())

    def for_volunteers(self) -> pd.DataFrame:
        """Return the assignments of each volunteer, volunteers in the order of the store: the columns of `order`."""
        side = Side.read(self.pack, PEOPLE)
        return self._frame(side, side.other.tolist(), side.owner.tolist())

    def _frame(self, side: Side, works: list[int], people: list[int]) -> pd.DataFrame:
        work_ids = self.pack.meta["works"]
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
