"""What every criterion is: a name and, for one assignment, parts that add up to its score in [0, 1]."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from matching.pool import Flags, Numbers, Pool
from matching.records import Assignment

Evidence = dict[str, Any]
Describe = Callable[[int], tuple[str, Evidence]]


@dataclass(frozen=True)
class Part:
    """One line of a criterion: `value` per volunteer between 0 and `possible`, and where it is known.

    `describe` returns the reason code and the evidence for one position of the pool.
    """

    value: Numbers
    possible: float
    known: Flags
    describe: Describe


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
        np.full(pool.size, value * possible), possible, np.full(pool.size, known), lambda _: (code, dict(evidence))
    )


def step(known: Flags, value: Numbers, neutral: float) -> Numbers:
    """Return `value` where it is known and the declared neutral value elsewhere."""
    return np.where(known, value, neutral)
