"""A matcher over stored volunteers: all that a plain one can do, and rankings that leave out who cannot be listed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from matching.criteria import Criterion
from matching.criteria.skills import SkillsCriterion, words_asked
from matching.engine.lines import Parts
from matching.engine.plan import SKILLS, Plan
from matching.engine.pool import StoredPool
from matching.engine.ranking import Ranking
from matching.engine.store import Snapshot
from matching.engine.words import Words
from matching.learning import ScoreModel
from matching.matcher import ORDER, Assignments, Matcher, frame_of, linker_for, match_rows
from matching.pool import Pool
from matching.records import Assignment
from matching.reference import Reference
from matching.sheet import Sheet
from matching.spread import PLAIN, Spread
from matching.standing import STATUSES, Standing
from matching.text.likeness import asked_in


class StoredMatcher(Matcher):
    """Ranks the volunteers of a snapshot as `Matcher` ranks those of a frame: the same ids, scores, order and reasons.

    It needs no `fit`. Volunteers whose lots and bands are the same stand in the order of the store.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        weights: Mapping[str, float] | None = None,
        reference: Reference | None = None,
        neutral: Mapping[str, float] | None = None,
        model: ScoreModel | None = None,
    ) -> None:
        super().__init__(weights, reference, neutral, model)
        self.snapshot = snapshot
        self.reference_ = reference or Reference.load()
        self.model_, self.neutral_ = self.effective_model(), self._neutral()
        self.pool_ = self._pool(snapshot.places)

    def rank(
        self,
        assignments: Assignments,
        top: int | None = None,
        seed: int = 0,
        spread: Spread = PLAIN,
        near: bool = True,
    ) -> pd.DataFrame:
        """Return what `Matcher.rank` returns."""
        rows: list[tuple[Any, ...]] = []
        for assignment in self._read(assignments):
            sheet, order = self._ranking(assignment, near).best(top, seed, spread)
            rows += match_rows(sheet, order, range(1, len(order) + 1))
        return frame_of(rows)

    def order(
        self, assignments: Assignments, top: int | None = None, seed: int = 0, spread: Spread = PLAIN
    ) -> pd.DataFrame:
        """Return what `Matcher.order` returns."""
        rows: list[tuple[str, str, int, str, float]] = []
        for assignment in self._read(assignments):
            sheet, order = self._ranking(assignment).best(top, seed, spread)
            for rank, number in enumerate(order, start=1):
                volunteer_id = sheet.pool.id_of(number)
                status = STATUSES[sheet.status[number]]
                rows.append((assignment.id, volunteer_id, rank, status, sheet.score[number].item()))
        return pd.DataFrame(rows, columns=list(ORDER))

    def among(self, volunteer_ids: Iterable[str]) -> Matcher:
        """Return a plain matcher on some of the stored volunteers. KeyError: unknown id."""
        part = Matcher(self.weights, self.reference, self.neutral, self.model)
        part.reference_, part.model_, part.neutral_ = self.reference_, self.model_, self.neutral_
        part.pool_ = self.pool_.take(volunteer_ids)
        return part

    def scored_by(self, model: ScoreModel | None) -> StoredMatcher:
        """Return a matcher on the same snapshot that scores with another model (None: the default)."""
        return StoredMatcher(self.snapshot, None, self.reference, self.neutral, model)

    def _pool(self, parts: Parts) -> StoredPool:
        return StoredPool(parts, self.snapshot.statements, linker_for(self.reference_))

    def _ranking(self, assignment: Assignment, near: bool = True) -> Ranking:
        linker, criteria = linker_for(self.reference_), self._criteria()
        asked = asked_in(*words_asked(assignment), linker)
        wanted, share = _skills(criteria).shares(self.pool_, assignment, asked is not None)
        plan = Plan(assignment, self.model_, self.neutral_, self.reference_, wanted, share)
        words = Words(asked, self.snapshot.statements, linker.calibration) if asked else None

        # Bounds leave out nobody who is eligible, and let by nobody else: near matches alone have rules to be told of.
        passes = not near and assignment.mode != "either"

        def judge(pool: Pool) -> Sheet:
            return Sheet(pool, assignment, criteria, self.model_, Standing(pool, assignment, passes))

        return Ranking(self.snapshot.segments, self.snapshot.statements, linker, plan, words, judge, near)


def _skills(criteria: list[Criterion]) -> SkillsCriterion:
    found = criteria[SKILLS]
    assert isinstance(found, SkillsCriterion)
    return found
