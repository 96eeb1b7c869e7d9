"""Two groups of assignments compared: a figure of each, and their difference with an interval over hosts.

Assignments of one host are alike, so hosts are drawn again and again (a bootstrap), each with all that is theirs; a
host with assignments in both groups counts in both. Percentile intervals are too short where hosts are few: the tails
are widened as T. Hesterberg proposes ("What Teachers Should Know About the Bootstrap", 2015, expanded percentiles).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import norm, t

from webapp.services.small_cells import FEWEST

RESAMPLES = 4000
CONFIDENCE = 0.95

Array = NDArray[np.float64]
# (how often each host is drawn, the host of each row, its part, what it is of) -> the figure of each draw
Estimate = Callable[[Array, NDArray[np.intp], Array, Array], Array]


@dataclass(frozen=True)
class Group:
    """What a figure of one group rests on: hosts, assignments, people (None where it counts none), and the figure.

    `value` is None where it is not shown, or infinite days: more than half still wait.
    """

    hosts: int
    assignments: int
    people: int | None
    value: float | None


@dataclass(frozen=True)
class Comparison:
    """Both groups, and the first less the second; `difference`, `low` and `high` are None where nothing can be said."""

    first: Group
    second: Group
    difference: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def is_told(self) -> bool:
        """Whether both groups are large enough for any figure to be shown."""
        return self.first.value is not None

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves no difference out."""
        return self.low is not None and self.high is not None and not self.low <= 0 <= self.high


def ratio(draws: Array, hosts: NDArray[np.intp], part: Array, of: Array) -> Array:
    """Return the sum of the parts divided by the sum of what they are of: a share, or a mean where `of` counts."""
    sums = np.zeros((draws.shape[1], 2))
    np.add.at(sums, hosts, np.column_stack([part, of]))
    drawn = draws @ sums
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(drawn[:, 0] / drawn[:, 1])


def median_days(draws: Array, hosts: NDArray[np.intp], is_filled: Array, days: Array) -> Array:
    """Return the day by which half are filled, infinite where more than half never were.

    The product-limit estimate of Kaplan and Meier (1958): what is still open counts for as long as it was watched.
    """
    times, place = np.unique(days, return_inverse=True)
    ends, leaves = (np.zeros((draws.shape[1], len(times))) for _ in range(2))
    np.add.at(ends, (hosts, place), is_filled)
    np.add.at(leaves, (hosts, place), 1.0)
    watched = (draws @ leaves)[:, ::-1].cumsum(axis=1)[:, ::-1]
    filled = draws @ ends
    open_still = np.cumprod(1 - np.divide(filled, watched, out=np.zeros_like(filled), where=watched > 0), axis=1)
    is_half = open_still <= 0.5 + 1e-9
    found = np.where(is_half.any(axis=1), times[is_half.argmax(axis=1)], np.inf)
    return np.asarray(np.where(watched[:, 0] > 0, found, np.nan))


def compare(rows: pd.DataFrame, estimate: Estimate, people: str | None = None) -> Comparison:
    """Compare the rows with `is_first` with the others; columns host, is_first, part, of.

    `people` names the column that counts people: fewer than FEWEST of these, or of hosts, and neither group is shown.
    """
    is_first = rows["is_first"].to_numpy(dtype=bool)
    first, second = (_size(rows[which], people) for which in (is_first, ~is_first))
    if _is_few(first) or _is_few(second):
        return Comparison(first, second)
    hosts, _names = pd.factorize(rows["host"])
    draws = _draws(int(hosts.max()) + 1)
    part, of = (rows[name].to_numpy(dtype=float) for name in ("part", "of"))
    one, other = (estimate(draws, hosts[which], part[which], of[which]) for which in (is_first, ~is_first))
    low, high = _interval(one[1:], other[1:], min(first.hosts, second.hosts))
    return Comparison(
        replace(first, value=float(one[0])),
        replace(second, value=float(other[0])),
        difference=_finite(one[0], other[0]),
        low=low,
        high=high,
    )


def _draws(hosts: int) -> Array:
    """Return how often each host is drawn: once for what was seen, then by chance, alike each time."""
    drawn = np.random.default_rng(0).multinomial(hosts, np.full(hosts, 1 / hosts), size=RESAMPLES)
    return np.vstack([np.ones(hosts), drawn])


def _is_few(group: Group) -> bool:
    return group.hosts < FEWEST or (group.people is not None and group.people < FEWEST)


def _size(rows: pd.DataFrame, people: str | None) -> Group:
    return Group(int(rows["host"].nunique()), len(rows), int(rows[people].sum()) if people else None, None)


def _finite(one: float, other: float) -> float | None:
    return float(one - other) if np.isfinite(one) and np.isfinite(other) else None


def _interval(one: Array, other: Array, hosts: int) -> tuple[float | None, float | None]:
    """Return the bounds of the difference; None where one lies beyond all that was watched, or no draw differs."""
    is_there = ~(np.isnan(one) | np.isnan(other))  # a draw may leave a group out altogether
    one, other = one[is_there], other[is_there]
    is_lost = np.isinf(one) & np.isinf(other)
    with np.errstate(invalid="ignore"):
        found = one - other
    tail = norm.cdf(-np.sqrt(hosts / (hosts - 1)) * t.ppf((1 + CONFIDENCE) / 2, hosts - 1))
    low = np.quantile(np.where(is_lost, -np.inf, found), tail, method="closest_observation")
    high = np.quantile(np.where(is_lost, np.inf, found), 1 - tail, method="closest_observation")
    is_told = np.isfinite(low) and np.isfinite(high) and low < high
    return (float(low), float(high)) if is_told else (None, None)
