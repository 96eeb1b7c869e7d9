"""A score told as data: reasons whose contributions add up to it, and what keeps a pair from being eligible.

Numbers and codes only; words belong to whoever shows them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

ELIGIBLE = "eligible"
NEAR = "near"
INELIGIBLE = "ineligible"
BAND_STEP = 2


@dataclass(frozen=True)
class Reason:
    """One line of a score: points of 100 that it gives and could give at most, and whether the fact is known."""

    criterion: str
    code: str
    contribution: float
    possible: float
    known: bool
    evidence: Mapping[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """Return the reason as JSON-able data."""
        return asdict(self)

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Reason:
        """Rebuild a reason from `to_dict`; TypeError where a field is missing or strange."""
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


def to_plain(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return data as JSON would read it back: tuples become lists; TypeError where something is no JSON."""
    return json.loads(json.dumps(data, allow_nan=False))


def to_json(items: tuple[Reason, ...] | tuple[Obstacle, ...]) -> str:
    """Return reasons or obstacles as JSON with floats that read back to the same number."""
    return json.dumps([item.to_dict() for item in items], ensure_ascii=False, separators=(",", ":"))
