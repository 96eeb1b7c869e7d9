"""The lot inside a band, spread so that no assignment is everybody's first and no person every assignment's first.

Every pair draws a number u in (0, 1) from seed, volunteer and assignment (`lots.py`); -ln(1 - u) / weight orders the
people (or the assignments) of one band, so among equals each comes first with a chance in proportion to its weight.
Who is crowded weighs less. Bands are never mixed.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from matching.lots import ASSIGNMENT, VOLUNTEER, keys, mixed

Numbers: TypeAlias = NDArray[np.int64]
Weights: TypeAlias = NDArray[np.float64]
Places: TypeAlias = NDArray[np.integer]

ROUNDS = 60
# Bounds, beside an average of 1: the most crowded too may come first.
LEAST_WEIGHT, MOST_WEIGHT = 1 / 50, 50.0
DIGITS = 4  # of a weight: far more than it means, and the same on every machine


@dataclass(frozen=True)
class Spread:
    """Weights of assignments and volunteers in the lot; who is not named weighs 1. Nobody named: the plain lot."""

    assignments: Mapping[str, float] = field(default_factory=dict)
    volunteers: Mapping[str, float] = field(default_factory=dict)

    def lot(self, seed: int, volunteer_id: str, assignment_id: str) -> str:
        """Return the lot of a pair, 16 characters: the smaller comes first, in the list of either."""
        (drawn,) = self.lots(seed, [volunteer_id], [assignment_id])
        return drawn

    def lots(self, seed: int, volunteer_ids: Sequence[str], assignment_ids: Sequence[str]) -> list[str]:
        """Return the lots of pairs: as many volunteers as assignments, or one of either."""
        one_each = np.arange(len(volunteer_ids)), np.arange(len(assignment_ids))
        drawn = Lottery(self, seed, volunteer_ids, assignment_ids).drawn(*one_each)
        # The eight bytes of a positive float stand in the order of the numbers.
        return [struct.pack(">d", one).hex() for one in drawn.tolist()]

    def to_dict(self) -> dict[str, Any]:
        """Return the weights as JSON-able data."""
        return {"assignments": dict(self.assignments), "volunteers": dict(self.volunteers)}

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Spread:
        """Rebuild a spread from `to_dict`; the plain lot from nothing."""
        return Spread(data.get("assignments", {}), data.get("volunteers", {}))


PLAIN = Spread()


class Lottery:
    """The lots of many pairs as positive numbers; people and assignments go by their places among the ids given."""

    def __init__(self, spread: Spread, seed: int, volunteer_ids: Iterable[str], assignment_ids: Iterable[str]) -> None:
        people, works = list(volunteer_ids), list(assignment_ids)
        self._keys = keys(seed, VOLUNTEER, people), keys(seed, ASSIGNMENT, works)
        self._weights = (
            np.array([spread.volunteers.get(one, 1.0) for one in people]),
            np.array([spread.assignments.get(one, 1.0) for one in works]),
        )
        self._is_plain = not spread.assignments and not spread.volunteers

    def drawn(self, people: Places, works: Places) -> Weights:
        """Return the lots of pairs."""
        drawn = mixed(self._keys[0][people], self._keys[1][works])
        if self._is_plain:
            return drawn  # the same order without a logarithm
        # The library's own logarithm, number by number: that for arrays differs between machines.
        lots = np.array([-math.log1p(-one) for one in drawn.tolist()])
        # In a person's list the person's own weight divides all alike, so one lot serves both lists.
        return np.asarray(lots / (self._weights[0][people] * self._weights[1][works]))


def fit_spread(matches: Iterable[tuple[str, str, int]]) -> Spread:
    """Return the spread for lists that hold these eligible pairs (assignment, volunteer, band), in whatever order."""
    pairs = sorted(matches)
    by_volunteer = best_bands((volunteer, assignment, band) for assignment, volunteer, band in pairs)
    return Spread(_weights(by_volunteer), _weights(best_bands(pairs)))


def expected_firsts(pairs: Iterable[tuple[str, str]], weights: Mapping[str, float]) -> dict[str, float]:
    """Return how many lists each one is expected to open, for pairs (list, one of its best band)."""
    lists, ones, names = _numbers(sorted(pairs))
    found = _firsts(lists, ones, np.array([weights.get(name, 1.0) for name in names]))
    return dict(zip(names, found.tolist(), strict=True))


def best_bands(rows: Iterable[tuple[str, str, int]]) -> list[tuple[str, str]]:
    """Return the pairs (list, one) of each list's best band."""
    best: dict[str, tuple[int, list[str]]] = {}
    for name, one, band in rows:
        if name not in best or band > best[name][0]:
            best[name] = (band, [])
        if band == best[name][0]:
            best[name][1].append(one)
    return sorted((name, one) for name, (_, ones) in best.items() for one in ones)


def _weights(pairs: list[tuple[str, str]]) -> dict[str, float]:
    """Return the weights under which expected first places are most even, by proportional fitting, and bounded.

    Of all rounds the most even one counts, so the spread never crowds more than the plain lot does. Who stands in
    all the lists of another and in more never weighs more than the other.
    """
    if not pairs:
        return {}
    lists, ones, names = _numbers(pairs)
    weights = best = np.ones(len(names))
    least = _crowding(lists, ones, weights)
    for _ in range(ROUNDS):
        rivals = np.bincount(lists, weights=weights[ones])
        weights = 1 / np.bincount(ones, weights=1 / rivals[lists])
        weights = np.clip(weights / np.exp(np.log(weights).mean()), LEAST_WEIGHT, MOST_WEIGHT)
        crowding = _crowding(lists, ones, weights)
        if crowding < least:
            best, least = weights, crowding
    rounded = {name: float(f"{weight:.{DIGITS}g}") for name, weight in zip(names, best.tolist(), strict=True)}
    return {name: weight for name, weight in rounded.items() if weight != 1.0}


def _crowding(lists: Numbers, ones: Numbers, weights: NDArray[np.float64]) -> float:
    """Return how uneven expected first places are: the sum of their squares, least where all have as many."""
    return float(np.square(_firsts(lists, ones, weights)).sum())


def _firsts(lists: Numbers, ones: Numbers, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how many lists each one is expected to open: in each, its weight's part of all that stand there."""
    rivals = np.bincount(lists, weights=weights[ones])
    return np.bincount(ones, weights=weights[ones] / rivals[lists]).astype(np.float64)


def _numbers(pairs: Sequence[tuple[str, str]]) -> tuple[Numbers, Numbers, list[str]]:
    """Return the pairs as numbers of lists and of ones, and the names of the ones."""
    lists = {name: number for number, name in enumerate(sorted({name for name, _ in pairs}))}
    ones = {name: number for number, name in enumerate(sorted({one for _, one in pairs}))}
    return np.array([lists[name] for name, _ in pairs]), np.array([ones[one] for _, one in pairs]), list(ones)
