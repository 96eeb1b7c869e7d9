"""What is looked for, and what it counts: turns bounds of criteria into the most and the least points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from matching.criteria import CRITERIA, skills
from matching.criteria.skills import Wanted
from matching.engine.levels import FULL, STEP, Levels, risen
from matching.engine.segment import Segment
from matching.engine.standing import shared_hours
from matching.learning.models import LinearModel, ScoreModel
from matching.learning.trees import TreesModel
from matching.learning.values import POINTS
from matching.records import Assignment
from matching.reference import Reference

Numbers = NDArray[np.float32]
SKILLS = CRITERIA.index(skills.NAME)
OTHER_LINES = 6  # at most so many lines beside skills and languages


@dataclass(frozen=True)
class Plan:
    """All that bounds need to know of an assignment and a model.

    Bounds are kept as `width` rows of whole numbers (levels.py): one of the whole score where the model is a sum, else
    one a criterion.
    """

    assignment: Assignment
    model: ScoreModel
    neutral: Mapping[str, float]
    reference: Reference
    wanted: Sequence[Wanted]
    text_share: float
    _hours: dict[Segment, NDArray[np.float64]] = field(default_factory=dict)

    def shared_hours(self, segment: Segment) -> NDArray[np.float64]:
        """Return what `standing.shared_hours` does, once for each segment: views of it ask several times."""
        if segment not in self._hours:
            self._hours[segment] = shared_hours(segment, self.assignment)
        return self._hours[segment]

    @property
    def width(self) -> int:
        """How many numbers are kept of each person."""
        return 1 if isinstance(self.model, LinearModel) else len(CRITERIA)

    def row(self, criterion: str) -> int:
        """Return the row of a criterion."""
        return 0 if isinstance(self.model, LinearModel) else CRITERIA.index(criterion)

    def weight(self, criterion: str) -> float:
        """Return what a criterion counts in its row."""
        return self.model.weights[criterion] if isinstance(self.model, LinearModel) else 1.0

    def upper(self, values: Levels, text: Numbers | float) -> Numbers:
        """Return the most points of people with these bounds, (width, people), and at most this likeness."""
        return self._points(values, self._worth(text))

    def lower(self, values: Levels, loss: NDArray[np.int32], text: Numbers | float) -> Numbers:
        """Return the least points: `loss` is what mentions of skills may have added, the likeness at least this."""
        lines = len(self.wanted) + len(self.assignment.languages) + len(self.assignment.languages_helpful)
        least = values.astype(np.int32) - STEP * (lines + OTHER_LINES)
        least[self.row(skills.NAME)] -= loss
        return self._points(np.maximum(least, 0).astype(np.uint16), np.maximum(self._worth(text) - 1 / FULL, 0.0))

    def reach(self, values: Levels, done: Sequence[str], needed: float) -> NDArray[np.bool_]:
        """Return who reaches so many points, were all criteria but those `done`, and the words, met in full."""
        if isinstance(self.model, LinearModel):
            rest = sum(self.model.weights[criterion] for criterion in CRITERIA if criterion not in done)
            rest += self.model.weights[skills.NAME] * self.text_share
            least = np.ceil(np.clip((needed / POINTS - rest) * FULL, 0, 2 * FULL))
            return np.asarray(values[0] >= int(least))
        columns = [values[place] if criterion in done else FULL for place, criterion in enumerate(CRITERIA)]
        return np.asarray(self._by_trees(columns, self._worth(1.0)) >= needed)

    def _worth(self, text: Numbers | float) -> Numbers | float:
        """Return what a likeness is worth of the criterion."""
        return np.maximum(text, np.float32(self.neutral[skills.NAME])) * np.float32(self.text_share)

    def _points(self, values: Levels, worth: Numbers | float) -> Numbers:
        if isinstance(self.model, LinearModel):
            words = np.float32(POINTS * self.model.weights[skills.NAME]) * worth
            return np.asarray(values[0] * np.float32(POINTS / FULL) + words, np.float32)
        return self._by_trees(list(values), worth)

    def _by_trees(self, columns: list[Levels | int], worth: Numbers | float) -> Numbers:
        assert isinstance(self.model, TreesModel)
        columns[SKILLS] = columns[SKILLS] + risen(worth)
        return self.model.estimate_levels([np.minimum(column, FULL) for column in columns], FULL)
