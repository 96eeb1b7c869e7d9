"""A score told as data: reasons whose contributions add up to it, and what keeps a pair from being eligible.

Numbers and codes only; words belong to whoever shows them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.criteria import CRITERIA, DEFAULT_WEIGHTS
from matching.learning.models import ScoreModel
from matching.learning.values import POINTS

ELIGIBLE = "eligible"
NEAR = "near"
INELIGIBLE = "ineligible"
BAND_STEP = 2
_JSON = json.JSONEncoder(ensure_ascii=False, check_circular=False, allow_nan=False, separators=(",", ":"))


@dataclass(frozen=True)
class Reason:
    """One line of a score: points of 100 that it gives and could give at most, and whether the fact is known.

    `value` and `share` say the same before any weight: what the line is worth of its criterion, and at most.
    """

    criterion: str
    code: str
    contribution: float
    possible: float
    known: bool
    evidence: Mapping[str, Any]
    value: float
    share: float

    def to_dict(self) -> dict[str, Any]:
        """Return the reason as JSON-able data."""
        return asdict(self)

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Reason:
        """Rebuild a reason from `to_dict`; TypeError where a field is missing or strange.

        Reasons of version 0.1 hold no `value` and `share`; the weights were the default ones then.
        """
        if "value" not in data:
            points = POINTS * DEFAULT_WEIGHTS[data["criterion"]]
            data = {**data, "value": data["contribution"] / points, "share": data["possible"] / points}
        return Reason(**data)


@dataclass(frozen=True)
class Obstacle:
    """One absolute rule that fails, whether by little, and what would have to change."""

    code: str
    near: bool
    change: Mapping[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """Return the obstacle as JSON-able data."""
        return asdict(self)

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Obstacle:
        """Rebuild an obstacle from `to_dict`."""
        return Obstacle(**data)


@dataclass(frozen=True)
class Explanation:
    """All there is to say about one pair; `mode` is the one by which it was judged (on_site or online)."""

    assignment_id: str
    volunteer_id: str
    status: str
    mode: str
    score: float
    reasons: tuple[Reason, ...]
    obstacles: tuple[Obstacle, ...]

    @property
    def band(self) -> int:
        """The step of 2 points in which the score lies."""
        return band_of(self.score)

    def to_dict(self) -> dict[str, Any]:
        """Return the explanation as JSON-able data."""
        return {
            **asdict(self),
            "reasons": [*map(Reason.to_dict, self.reasons)],
            "obstacles": [*map(asdict, self.obstacles)],
        }

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Explanation:
        """Rebuild an explanation from `to_dict`."""
        reasons = tuple(Reason.from_dict(reason) for reason in data["reasons"])
        obstacles = tuple(Obstacle.from_dict(obstacle) for obstacle in data["obstacles"])
        return Explanation(**{**data, "reasons": reasons, "obstacles": obstacles})


def band_of(score: float) -> int:
    """Return the band of a score: steps of 2 points; rounding first keeps 64.0 and 63.999999999999 together."""
    return int(round(score, 9) // BAND_STEP)


def bands_of(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the bands of many scores, as `band_of` does."""
    return np.floor(np.round(scores, 9) / BAND_STEP).astype(np.int64)


def to_plain(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return data as JSON would read it back: tuples become lists; TypeError where something is no JSON."""
    return {name: _plain(value) for name, value in data.items()}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return float(value)  # numpy's own kind of float too
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return to_plain(value)
    raise TypeError(f"{value!r} is no JSON")


def to_json(fields: Mapping[str, Any]) -> str:
    """Return a reason or an obstacle, as its fields, as JSON with floats that read back to the same number."""
    return _JSON.encode(fields)


def list_of(texts: Iterable[str]) -> str:
    """Return JSON texts as a JSON list."""
    return f"[{','.join(texts)}]"


def criteria_values(reasons: Iterable[Reason]) -> dict[str, float]:
    """Return what each criterion is worth in a pair, from 0 to 1, before any weight: what a score model takes."""
    return _values(reasons, lambda reason: reason.value)


def score_range(reasons: Iterable[Reason], model: ScoreModel) -> tuple[float, float]:
    """Return the lowest and the highest score that the pair could have, were all that is not known known.

    Lines that are not known count nothing for the one, and in full for the other; the model is that of the score.
    """
    lines = list(reasons)
    low = _values(lines, lambda reason: reason.value if reason.known else 0.0)
    high = _values(lines, lambda reason: reason.value if reason.known else reason.share)
    least, most = model.score([list(low.values()), list(high.values())]).tolist()
    return least, most


def _values(reasons: Iterable[Reason], worth: Callable[[Reason], float]) -> dict[str, float]:
    values = dict.fromkeys(CRITERIA, 0.0)
    for reason in reasons:
        values[reason.criterion] += worth(reason)
    return {criterion: min(value, 1.0) for criterion, value in values.items()}
