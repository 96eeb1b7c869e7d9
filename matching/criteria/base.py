"""What every criterion is: a name and, for one assignment, parts that add up to its score in [0, 1]."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import repeat
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from matching.pool import Flags, Numbers, Pool
from matching.records import Assignment

Evidence = dict[str, Any]
Places = NDArray[np.intp]
Facts = Callable[[Places], Iterable[Hashable]]


@dataclass(frozen=True)
class Part:
    """One line of a criterion: `value` per volunteer between 0 and `possible`, and where it is known.

    `facts` returns what the line is told from at some positions of the pool, `tell` the reason code and the evidence of
    one such fact: many people have the same one, and are told the same.
    """

    value: Numbers
    possible: float
    known: Flags
    facts: Facts
    tell: Callable[[Any], tuple[str, Evidence]]


class Criterion(Protocol):
    """One idea of what fits: the possible shares of its parts add up to 1."""

    @property
    def name(self) -> str:
        """The criterion's name in weights and reasons."""
        ...

    @property
    def neutral(self) -> float:
        """What a line that is not known counts, as a share of what it could give."""
        ...

    def parts(self, pool: Pool, assignment: Assignment, online: bool) -> list[Part]:
        """Score every volunteer of the pool for one assignment, on site or online."""
        ...

    def constants(self) -> Mapping[str, Any]:
        """Return every number that shapes the score, for the fingerprint."""
        ...


def same_for_all(pool: Pool, value: float, possible: float, code: str, known: bool, evidence: Evidence) -> Part:
    """Return a part that is equal for every volunteer, such as a wish that the host did not name."""
    return Part(
        np.full(pool.size, value * possible),
        possible,
        np.full(pool.size, known),
        lambda places: repeat(None, len(places)),
        lambda _: (code, dict(evidence)),
    )


def in_columns(*columns: NDArray) -> Facts:
    """Return facts that stand in columns: a tuple of their entries."""
    return lambda places: zip(*(column[places].tolist() for column in columns), strict=True)


def one_by_one(fact: Callable[[int], Hashable]) -> Facts:
    """Return facts that are found for one position at a time."""
    return lambda places: map(fact, places.tolist())


def step(known: Flags, value: Numbers, neutral: float) -> Numbers:
    """Return `value` where it is known and the declared neutral value elsewhere."""
    return np.where(known, value, neutral)
