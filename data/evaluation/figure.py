"""One measured figure, with its goal and interval, as a row of the table and of the JSON file."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from matching.evaluation import Interval


@dataclass(frozen=True)
class Figure:
    """A value with its unit; `goal` is what the issue asks for (None: shown beside, asked by nobody).

    `beside` holds what it is compared with in the same run (TF-IDF, bare encoder, published best).
    """

    name: str
    value: float
    unit: str
    goal: float | None = None
    ok: bool | None = None
    low: float | None = None
    high: float | None = None
    beside: Mapping[str, float] = field(default_factory=dict)

    def to_row(self) -> dict[str, Any]:
        """Return the row of the contract (name, value, unit, goal, ok) and what stands beside it."""
        extra = {"low": self.low, "high": self.high, "beside": dict(self.beside)}
        # What was not measured has no value: JSON knows no other word for it.
        value = None if math.isnan(self.value) else self.value
        return {"name": self.name, "value": value, "unit": self.unit, "goal": self.goal, "ok": self.ok} | extra


def at_least(
    name: str,
    measured: Interval | float,
    goal: float | None,
    unit: str = "",
    beside: Mapping[str, float] | None = None,
) -> Figure:
    """Return a figure that meets its goal from `goal` upwards; the value decides, the interval stands beside it."""
    return _figure(name, measured, goal, unit, beside, operator.ge)


def at_most(
    name: str,
    measured: Interval | float,
    goal: float | None,
    unit: str = "",
    beside: Mapping[str, float] | None = None,
) -> Figure:
    """Return a figure that meets its goal up to `goal`."""
    return _figure(name, measured, goal, unit, beside, operator.le)


def missing(name: str, goal: float | None, unit: str = "") -> Figure:
    """Return the row of a figure that could not be measured here: it counts as missed."""
    return Figure(name, float("nan"), unit, goal, False if goal is not None else None)


def _figure(
    name: str,
    measured: Interval | float,
    goal: float | None,
    unit: str,
    beside: Mapping[str, float] | None,
    meets: Callable[[float, float], bool],
) -> Figure:
    value, low, high = (
        (measured.value, measured.low, measured.high) if isinstance(measured, Interval) else (measured, None, None)
    )
    ok = None if goal is None else bool(meets(value, goal))
    return Figure(name, float(value), unit, goal, ok, low, high, beside or {})
