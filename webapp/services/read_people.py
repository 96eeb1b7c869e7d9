"""Everybody within reach of one assignment, read from the database and ranked by a plain matcher."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
from sqlalchemy.orm import Session

from matching import Matcher, ScoreModel, Spread
from webapp.services.found_matches import Ranked, matches_of
from webapp.services.replay import keeping
from webapp.services.replay.keeping import Kept


@dataclass(frozen=True, eq=False)
class ReadPeople:
    """People as cells; `stored/pool.py` has the same for those who lie in the store."""

    frame: pd.DataFrame

    @property
    def numbers(self) -> tuple[int, ...]:
        """Who is within reach, in the order of their numbers."""
        return tuple(map(int, self.frame.get("id", ())))

    def rank(self, model: ScoreModel, frame: pd.DataFrame, top: int, seed: int, spread: Spread) -> Ranked:
        """Return what a matcher on these people finds for the assignment of a frame."""
        return ranked(Matcher(model=model).fit(self.frame), frame, top, seed, spread)

    def pieces(self) -> Iterator[pd.DataFrame]:
        """Yield the people in parts, of which one keeps no writer waiting."""
        yield from keeping.pieces(self.frame)

    def keep(self, session: Session, kept: Kept) -> None:
        """Keep what a run over these people reads."""
        for some in self.pieces():
            kept.read_people(session, some)


def ranked(matcher: Matcher, frame: pd.DataFrame, top: int, seed: int, spread: Spread) -> Ranked:
    """Return the best people for one assignment, and the counts of who is not eligible and why."""
    found = matcher.rank(frame, top=top, seed=seed, spread=spread)
    return Ranked(matches_of(found, seed, spread), matcher.why_not(frame))
