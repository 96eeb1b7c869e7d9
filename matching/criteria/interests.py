"""Interests: the causes (SDG goals) that a volunteer names against the goals that the work serves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from matching.criteria.base import Evidence, Part, one_by_one, same_for_all, step
from matching.pool import Pool
from matching.records import Assignment

NAME = "interests"
NEUTRAL = 0.4
# One shared cause is most of it; the rest grows with the share of the assignment's goals.
ANY_SHARED = 0.7

CAUSES_SHARED = "CAUSES_SHARED"
CAUSES_OTHER = "CAUSES_OTHER"
CAUSES_NOT_KNOWN = "CAUSES_NOT_KNOWN"
GOALS_NOT_KNOWN = "GOALS_NOT_KNOWN"
CODES = (
    CAUSES_SHARED,
    CAUSES_OTHER,
    CAUSES_NOT_KNOWN,
    GOALS_NOT_KNOWN,
)


@dataclass(frozen=True)
class InterestsCriterion:
    """One line: which goals both sides name."""

    neutral: float = NEUTRAL
    name: str = NAME

    def constants(self) -> Mapping[str, Any]:
        """Return every number that shapes the score."""
        return {"any_shared": ANY_SHARED}

    def parts(self, pool: Pool, assignment: Assignment, online: bool) -> list[Part]:
        """Return the one line of this criterion."""
        goals = assignment.goals
        if not goals:
            return [same_for_all(pool, self.neutral, 1.0, GOALS_NOT_KNOWN, False, {})]
        shared = np.zeros(pool.size)
        for goal in goals:
            shared = shared + pool.causes[str(goal)]
        credit = np.where(shared > 0, ANY_SHARED + (1.0 - ANY_SHARED) * (shared / len(goals)), 0.0)

        def both(number: int) -> tuple[int, ...] | None:
            causes = pool.volunteers[number].causes
            return tuple(goal for goal in goals if goal in causes) if causes else None

        def tell(both: tuple[int, ...] | None) -> tuple[str, Evidence]:
            if both is None:
                return CAUSES_NOT_KNOWN, {"goals": list(goals)}
            return (CAUSES_SHARED if both else CAUSES_OTHER), {"goals": list(goals), "shared": list(both)}

        value = step(pool.named_cause, credit, self.neutral)
        return [Part(value, 1.0, pool.named_cause, one_by_one(both), tell)]
