"""People in the store as they are in the database: their places there, what is kept of them, and who ranks them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from matching import ScoreModel
from matching.engine import StoredMatcher
from webapp.services.replay.keeping import Input, Kept
from webapp.services.stored.notes import SUM, Whole
from webapp.services.stored.opened import Opened, open_store
from webapp.services.stored.standing import Standing, standing


@dataclass(frozen=True, eq=False)
class Stored:
    """Who is stored as they are now, by rising number: their places in the store, and how they stand."""

    opened: Opened
    places: Whole
    standing: Standing

    @property
    def numbers(self) -> Whole:
        """Who they are."""
        return self.standing.numbers

    @cached_property
    def in_order(self) -> Whole:
        """Who they are, in the order in which `matcher` has them."""
        opened = self.opened
        return self.numbers[np.lexsort((opened.rows[self.places], opened.segments[self.places]))]

    def among(self, numbers: Whole) -> Stored:
        """Return those of them who are among others; no number may stand there twice."""
        return self._take(np.isin(self.numbers, numbers, assume_unique=True))

    def kept_as(self, inputs: Mapping[int, int]) -> Stored:
        """Return those of whom this very input is kept."""
        wanted = [inputs.get(number, 0) for number in self.numbers.tolist()]
        return self._take(self.standing.kept == np.array(wanted, np.int64))

    def keep(self, session: Session, kept: Kept) -> None:
        """Keep for a run that it reads them."""
        sums, width = self.opened.notes.contents[self.places].tobytes().hex(), 2 * SUM
        contents = (sums[start : start + width] for start in range(0, len(sums), width))
        inputs = zip(self.numbers.tolist(), map(Input, self.standing.kept.tolist(), contents), strict=True)
        kept.read_again(session, dict(inputs), self.standing.kept[self.standing.is_older].tolist())

    def matcher(self, model: ScoreModel) -> StoredMatcher:
        """Return what ranks them, and nobody else."""
        return StoredMatcher(self.opened.among(self.places), model=model)

    def _take(self, which: NDArray[np.bool_]) -> Stored:
        return Stored(self.opened, self.places[which], self.standing.take(which))


def stored_now(session: Session, condition: ColumnElement[bool]) -> tuple[Stored, Whole] | None:
    """Return who of those that meet a condition on Volunteer is stored as they are now, and who is not.

    None where there is no store that this version can read.
    """
    folder = session.info.get("columns")
    opened = open_store(Path(folder)) if folder else None
    if opened is None:
        return None
    now = standing(session, condition)
    places = opened.find(now.numbers, now.stamps)
    is_stored = (places >= 0) & (now.kept > 0)
    return Stored(opened, places[is_stored], now.take(is_stored)), now.numbers[~is_stored]
