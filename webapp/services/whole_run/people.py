"""The people of a run over everything as it read them, and what ranks those of them who are within reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sqlalchemy.orm import Session

from matching import Matcher, ScoreModel
from webapp.models.consents import MATCHING
from webapp.services.person_relations import consents_to
from webapp.services.replay.reading import Inputs, left_of
from webapp.services.replay.record import Record
from webapp.services.stored.people import Stored, stored_now


@dataclass(frozen=True, eq=False)
class Everybody:
    """Who lies in the store as the run read them, and a matcher on all others."""

    stored: Stored | None
    others: frozenset[int]
    matcher: Matcher | None

    def among(self, reach: Sequence[int], model: ScoreModel) -> list[Matcher]:
        """Return what ranks those within reach who are still there: none, one or two matchers."""
        found: list[Matcher] = []
        mine = self.stored.among(np.array(reach, np.int64)) if self.stored else None
        if mine is not None and len(mine.numbers):
            found.append(mine.matcher(model))
        others = [str(one) for one in reach if one in self.others]
        if self.matcher is not None and others:
            found.append(self.matcher.among(others).scored_by(model))
        return found


def everybody(session: Session, record: Record) -> tuple[Everybody, Inputs]:
    """Return the people and the assignments of a run from what was kept of them."""
    told = stored_now(session, consents_to(MATCHING))
    stored = told[0].kept_as(record.people) if told else None
    there = set(stored.numbers.tolist()) if stored else set()
    others = {number: kept for number, kept in record.people.items() if number not in there}
    inputs = left_of(session, others, {number: one.kept for number, one in record.works.items()})
    cells = [inputs.people[number] for number in sorted(inputs.people)]
    matcher = Matcher().fit(pd.DataFrame(cells, dtype=str)) if cells else None
    return Everybody(stored, frozenset(inputs.people), matcher), inputs
