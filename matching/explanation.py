"""A score told as data: reasons whose contributions add up to it, and what keeps a pair from being eligible.

Numbers and codes only; words belong to whoever shows them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from json.encoder import c_make_encoder, encode_basestring  # type: ignore[attr-defined]
from typing import Any, NoReturn, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from matching.criteria import CRITERIA, DEFAULT_WEIGHTS
from matching.learning.models import ScoreModel
from matching.learning.values import POINTS

ELIGIBLE = "eligible"
NEAR = "near"
INELIGIBLE = "ineligible"
BAND_STEP = 2


def _no_json(value: object) -> NoReturn:
    raise TypeError(f"{value!r} is no JSON")


# What `json.JSONEncoder` makes anew for each text, which takes a fifth of it: ":" and "," without blanks, no NaN.
_encoded = c_make_encoder(None, _no_json, encode_basestring, None, ":", ",", False, False, False)
_number = float.__repr__  # as JSON writes a float
Told = TypeVar("Told")
# Tells a reason of a line by its code, evidence, points, points at most, whether it is known, and value.
Tells: TypeAlias = Callable[[str, Mapping[str, Any], float, float, bool, float], Told]


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


def reasons_of(criterion: str, share: float) -> Tells[Reason]:
    """Return what tells the reasons of a line."""

    def tell(
        code: str, evidence: Mapping[str, Any], points: float, possible: float, known: bool, value: float
    ) -> Reason:
        return Reason(criterion, code, points, possible, known, to_plain(evidence), value, share)

    return tell


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
    _no_json(value)


def to_json(data: Mapping[str, Any] | str) -> str:
    """Return the fields of an obstacle, or evidence, as JSON with floats that read back to the same number."""
    return "".join(_encoded(data, 0))


def reasons_in_json(criterion: str, share: float) -> Tells[str]:
    """Return what tells reasons of a line as `to_json` does their fields: what all of them share is written once."""
    start, end = f'{{"criterion":{to_json(criterion)},"code":"', f',"share":{_number(share)}}}'
    kept: dict[float, str] = {}

    def tell(code: str, evidence: Mapping[str, Any], points: float, possible: float, known: bool, value: float) -> str:
        if not math.isfinite(points + possible + value + share):
            raise ValueError("a reason holds a number that is no JSON")
        most = kept.get(possible) or kept.setdefault(possible, _number(possible))
        return (
            f'{start}{code}","contribution":{_number(points)},"possible":{most},"known":{"true" if known else "false"},'
            f'"evidence":{to_json(evidence)},"value":{_number(value)}{end}'
        )

    return tell


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
