"""Score models: the five criteria values of a pair in, points of 100 out, with what each criterion contributes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from matching.criteria import CRITERIA, DEFAULT_WEIGHTS
from matching.learning.trees import TreesModel
from matching.learning.values import POINTS, TOLERANCE, Values, checked_shares, checked_values, summed

__all__ = ["DEFAULT_MODEL", "LinearModel", "ScoreModel", "TreesModel", "from_json"]


class ScoreModel(Protocol):
    """What turns criteria values, (n, 5) in [0, 1] and in the order of CRITERIA, into points from 0 to 100.

    All criteria at 0 give 0 points, all full give 100, and more of a criterion never lowers the score.
    """

    @property
    def kind(self) -> str:
        """`linear` or `trees`."""
        ...

    @property
    def weights(self) -> dict[str, float]:
        """Each criterion's share of the score of a pair that is full in all; they add up to 1."""
        ...

    def score(self, values: ArrayLike) -> Values:
        """Return the points of each row, (n,)."""
        ...

    def estimate(self, values: ArrayLike) -> Values:
        """Return the points of each row but for rounding (below 1e-9): for bounds, sooner than `score`."""
        ...

    def contributions(self, values: ArrayLike) -> Values:
        """Return the points of each criterion, (n, 5), never below 0; a row adds up to its score."""
        ...

    def possible(self, values: ArrayLike) -> Values:
        """Return the points that each criterion could give in the pair, (n, 5); a row adds up to 100."""
        ...

    def to_json(self) -> str:
        """Return the model as text of which `from_json` makes the same model again."""
        ...


class LinearModel:
    """A weighted sum: each criterion's value times its fixed share of the score."""

    kind = "linear"

    def __init__(self, weights: Mapping[str, float]) -> None:
        """Take a share per criterion; ValueError unless each is from 0 to 1 and they add up to 1."""
        self._weights = checked_shares("weights", weights)
        if abs(sum(self._weights.values()) - 1.0) > TOLERANCE:
            raise ValueError("the weights must add up to 1")

    @property
    def weights(self) -> dict[str, float]:
        """Each criterion's share of the score."""
        return dict(self._weights)

    def score(self, values: ArrayLike) -> Values:
        """Return the points of each row, (n,)."""
        return summed(self.contributions(values))

    def estimate(self, values: ArrayLike) -> Values:
        """Return the points of each row but for rounding (below 1e-9)."""
        found: Values = checked_values(values) @ self._points()
        return found

    def contributions(self, values: ArrayLike) -> Values:
        """Return value times weight in points, (n, 5)."""
        return checked_values(values) * self._points()

    def possible(self, values: ArrayLike) -> Values:
        """Return the weights in points, (n, 5): the same for every pair."""
        return np.tile(self._points(), (len(checked_values(values)), 1))

    def to_json(self) -> str:
        """Return kind and weights."""
        return json.dumps({"kind": self.kind, "weights": self._weights}, separators=(",", ":"))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LinearModel) and other.to_json() == self.to_json()

    def __hash__(self) -> int:
        return hash(self.to_json())

    def __repr__(self) -> str:
        return f"LinearModel({self._weights})"

    def _points(self) -> Values:
        return POINTS * np.array([self._weights[criterion] for criterion in CRITERIA])


DEFAULT_MODEL = LinearModel(DEFAULT_WEIGHTS)


def from_json(text: str) -> ScoreModel:
    """Rebuild a model from `to_json`; ValueError where the text is no model. Numbers only: nothing in it is run."""
    data = json.loads(text)
    kind = data.get("kind") if isinstance(data, dict) else None
    try:
        if kind == LinearModel.kind:
            return LinearModel(data["weights"])
        if kind == TreesModel.kind:
            return TreesModel(data["weights"], data["trees"])
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise ValueError(f"the score model cannot be read: {error!r}") from error
    raise ValueError(f"no such kind of score model: {kind!r}")
