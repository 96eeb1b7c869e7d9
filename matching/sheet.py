"""One assignment against a pool: which rules fail for whom, and every score with the lines that it is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.criteria import Criterion, Part
from matching.eligibility import Check, checks_for
from matching.explanation import ELIGIBLE, INELIGIBLE, NEAR, Explanation, Obstacle, Reason, to_plain
from matching.pool import Numbers, Pool
from matching.records import MODES, Assignment

STATUSES = (ELIGIBLE, NEAR, INELIGIBLE)
POINTS = 100.0


@dataclass(frozen=True)
class Line:
    """A part of a criterion on the scale of the score: points of 100."""

    criterion: str
    part: Part
    points: Numbers
    possible: float


class ModeSheet:
    """The assignment judged as work on site, or as work online."""

    def __init__(
        self,
        pool: Pool,
        assignment: Assignment,
        mode: str,
        criteria: Sequence[Criterion],
        weights: Mapping[str, float],
    ) -> None:
        online = mode == "online"
        self.mode = mode
        self.checks: list[Check] = checks_for(pool, assignment, online)
        self.lines = [
            Line(criterion.name, part, POINTS * weights[criterion.name] * part.value, _most(weights, criterion, part))
            for criterion in criteria
            for part in criterion.parts(pool, assignment, online)
        ]
        # Summed line by line, never by a library's own order: the reasons add up to the score to the last bit.
        self.score: Numbers = np.zeros(pool.size)
        for line in self.lines:
            self.score = self.score + line.points
        self.status = self._status(pool.size)

    def _status(self, size: int) -> NDArray[np.int8]:
        """Return per volunteer 0 eligible, 1 near match (one rule fails, by little), 2 not eligible."""
        failed, near = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
        for check in self.checks:
            failed += check.failed
            near += check.near
        return np.where(failed == 0, 0, np.where((failed == 1) & (near == 1), 1, 2)).astype(np.int8)


def _most(weights: Mapping[str, float], criterion: Criterion, part: Part) -> float:
    return POINTS * weights[criterion.name] * part.possible


class Sheet:
    """The assignment judged by the mode that works for each volunteer; on site first where both do equally well."""

    def __init__(
        self, pool: Pool, assignment: Assignment, criteria: Sequence[Criterion], weights: Mapping[str, float]
    ) -> None:
        self.pool, self.assignment = pool, assignment
        modes = MODES if assignment.mode == "either" else (assignment.mode,)
        self._by_mode = [ModeSheet(pool, assignment, mode, criteria, weights) for mode in modes]
        # Of modes that do equally badly, one that the volunteer works in tells more; argmin keeps the first, on site.
        burden = [sheet.status * 2 + ~pool.works(sheet.mode) for sheet in self._by_mode]
        self._choice = np.argmin(np.stack(burden), axis=0)
        everyone = np.arange(pool.size)
        self.status: NDArray[np.int8] = np.stack([sheet.status for sheet in self._by_mode])[self._choice, everyone]
        self.score: Numbers = np.stack([sheet.score for sheet in self._by_mode])[self._choice, everyone]

    def explain(self, number: int) -> Explanation:
        """Return all there is to say about the pair of this assignment and the volunteer at a position of the pool."""
        sheet = self._by_mode[self._choice[number]]
        return Explanation(
            assignment_id=self.assignment.id,
            volunteer_id=self.pool.volunteers[number].id,
            status=STATUSES[self.status[number]],
            mode=sheet.mode,
            score=self.score[number].item(),
            reasons=tuple(_reason(line, number) for line in sheet.lines),
            obstacles=tuple(_obstacle(check, number) for check in sheet.checks if check.failed[number]),
        )

    def failures(self) -> Iterator[tuple[str, NDArray[np.bool_]]]:
        """Yield each failing rule's code with where it fails, by the mode that counts for each volunteer."""
        for mode_number, sheet in enumerate(self._by_mode):
            for check in sheet.checks:
                yield check.code, check.failed & (self._choice == mode_number)


def _reason(line: Line, number: int) -> Reason:
    code, evidence = line.part.describe(number)
    known = bool(line.part.known[number])
    return Reason(line.criterion, code, line.points[number].item(), line.possible, known, to_plain(evidence))


def _obstacle(check: Check, number: int) -> Obstacle:
    change: dict[str, Any] = check.change(number)
    return Obstacle(check.code, bool(check.near[number]), to_plain(change))
