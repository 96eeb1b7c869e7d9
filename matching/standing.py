"""One assignment against a pool by its rules alone: who is eligible, who nearly, and which rules fail for whom."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from matching.eligibility import Check, checks_for
from matching.explanation import ELIGIBLE, INELIGIBLE, NEAR
from matching.pool import Flags, Pool
from matching.records import MODES, Assignment

STATUSES = (ELIGIBLE, NEAR, INELIGIBLE)


class ModeStanding:
    """The rules applied to work on site, or to work online."""

    def __init__(self, mode: str, checks: list[Check], size: int) -> None:
        self.mode, self.checks = mode, checks
        self.status = self._status(size)

    def _status(self, size: int) -> NDArray[np.int8]:
        """Return per volunteer 0 eligible, 1 near match (one rule fails, by little), 2 not eligible."""
        failed, near = np.zeros(size, dtype=np.uint16), np.zeros(size, dtype=np.uint16)
        for check in self.checks:
            failed += check.failed
            near += check.near
        status = np.where((failed == 1) & (near == 1), np.int8(1), np.int8(2))
        status[failed == 0] = 0
        return status


class Standing:
    """The rules by the mode that works for each volunteer; on site first where both do equally well.

    `passes`: everybody is known to pass every rule in the only mode of the assignment, so that none is applied.
    """

    def __init__(self, pool: Pool, assignment: Assignment, passes: bool = False) -> None:
        modes = MODES if assignment.mode == "either" else (assignment.mode,)
        checks = [[] if passes else checks_for(pool, assignment, mode == "online") for mode in modes]
        self.by_mode = [ModeStanding(mode, mine, pool.size) for mode, mine in zip(modes, checks, strict=True)]
        self.choice = self._choice(pool)
        self.status = self.by_mode[0].status
        for number, rules in enumerate(self.by_mode[1:], start=1):
            self.status = np.where(self.choice == number, rules.status, self.status)

    def _choice(self, pool: Pool) -> NDArray[np.int8]:
        """Return per volunteer the number of the mode that counts."""
        choice = np.zeros(pool.size, dtype=np.int8)
        if len(self.by_mode) == 1:
            return choice
        # Of modes that do equally badly, one that the volunteer works in tells more; of equals the first, on site.
        burden = [rules.status * np.int8(2) + ~pool.works(rules.mode) for rules in self.by_mode]
        least = burden[0]
        for number, other in enumerate(burden[1:], start=1):
            choice[other < least] = number
            least = np.minimum(least, other)
        return choice

    def failures(self) -> Iterator[tuple[Check, Flags]]:
        """Yield each rule with where it fails, by the mode that counts for each volunteer."""
        for number, rules in enumerate(self.by_mode):
            for check in rules.checks:
                yield check, check.failed & (self.choice == number)
