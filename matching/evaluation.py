"""How good a ranking is: MAP, MRR, nDCG, recall; intervals by bootstrap; the plain baselines to beat."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

RESAMPLES = 2000
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Interval:
    """A mean over queries (or other units drawn alike), and where it lies with 95 % confidence."""

    value: float
    low: float
    high: float


def average_precision(ranked: Sequence[str], relevant: Collection[str]) -> float:
    """Return the mean, over all `relevant`, of the precision at the place of each; those not ranked count 0.

    ValueError where nothing is relevant.
    """
    _check(relevant)
    hits, total = 0, 0.0
    for place, found in enumerate(ranked, start=1):
        if found in relevant:
            hits += 1
            total += hits / place
    return total / len(relevant)


def reciprocal_rank(ranked: Sequence[str], relevant: Collection[str]) -> float:
    """Return 1 / place of the first relevant one, 0 where there is none."""
    _check(relevant)
    return next((1.0 / place for place, found in enumerate(ranked, start=1) if found in relevant), 0.0)


def recall(ranked: Sequence[str], relevant: Collection[str], top: int) -> float:
    """Return the share of `relevant` within the first `top`."""
    _check(relevant)
    return len(set(ranked[:top]) & set(relevant)) / len(relevant)


def ndcg(ranked: Sequence[str], grades: Mapping[str, float], top: int = 10) -> float:
    """Return the discounted gain (2^grade - 1) of the first `top`, beside the best possible; 1 where all grade 0."""
    gains = [2.0 ** grades.get(found, 0.0) - 1.0 for found in ranked[:top]]
    best = sorted((2.0**grade - 1.0 for grade in grades.values()), reverse=True)[:top]
    ideal = _discounted(best)
    return _discounted(gains) / ideal if ideal else 1.0


def bootstrap(values: ArrayLike, seed: int = 0) -> Interval:
    """Return the mean of `values`, one a query, with its percentile bootstrap interval; ValueError without values."""
    numbers: NDArray[np.float64] = np.asarray(values, dtype=np.float64)
    if numbers.ndim != 1 or not numbers.size:
        raise ValueError("an interval needs a list of at least one number")
    draws = np.random.default_rng(seed).integers(numbers.size, size=(RESAMPLES, numbers.size))
    means = numbers[draws].mean(axis=1)
    low, high = np.quantile(means, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return Interval(float(numbers.mean()), float(low), float(high))


def paired_gain(ours: ArrayLike, theirs: ArrayLike, seed: int = 0) -> Interval:
    """Return the mean gain over the same queries with its interval; ValueError where the lists differ in length."""
    first, second = np.asarray(ours, dtype=np.float64), np.asarray(theirs, dtype=np.float64)
    if first.shape != second.shape:
        raise ValueError("a paired gain needs the same queries on both sides")
    return bootstrap(first - second, seed)


def _discounted(gains: Sequence[float]) -> float:
    return float(sum(gain / np.log2(place + 1) for place, gain in enumerate(gains, start=1)))


def _check(relevant: Collection[str]) -> None:
    if not relevant:
        raise ValueError("a query without a right answer cannot be scored")
