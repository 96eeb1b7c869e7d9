"""One assignment against a pool: which rules fail for whom, and every score with the lines that it is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.criteria import Criterion, Part
from matching.eligibility import Check, checks_for
from matching.explanation import ELIGIBLE, INELIGIBLE, NEAR, Explanation, Obstacle, Reason, to_plain
from matching.learning.models import LinearModel, ScoreModel
from matching.learning.values import POINTS, summed
from matching.pool import Numbers, Pool
from matching.records import MODES, Assignment

STATUSES = (ELIGIBLE, NEAR, INELIGIBLE)
Judged = Sequence[tuple[Criterion, Sequence[Part]]]


@dataclass(frozen=True)
class Line:
    """A part of a criterion on the scale of the score: the points of 100 that it gives, and could give at most."""

    criterion: str
    part: Part
    points: Numbers
    possible: Numbers


class ModeSheet:
    """The assignment judged as work on site, or as work online."""

    def __init__(
        self,
        pool: Pool,
        assignment: Assignment,
        mode: str,
        criteria: Sequence[Criterion],
        model: ScoreModel,
    ) -> None:
        online = mode == "online"
        self.mode = mode
        self.checks: list[Check] = checks_for(pool, assignment, online)
        judged = [(criterion, criterion.parts(pool, assignment, online)) for criterion in criteria]
        self.lines = _weighted(judged, model) if isinstance(model, LinearModel) else _shared_out(judged, model)
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


def _weighted(judged: Judged, model: LinearModel) -> list[Line]:
    """Return the lines of a linear model: each is the criterion's weight times the line's value."""
    return [
        Line(
            criterion.name,
            part,
            POINTS * model.weights[criterion.name] * part.value,
            np.broadcast_to(POINTS * model.weights[criterion.name] * part.possible, part.value.shape),
        )
        for criterion, parts in judged
        for part in parts
    ]


def _shared_out(judged: Judged, model: ScoreModel) -> list[Line]:
    """Return the lines of any model: a criterion's points shared out by what each line is worth of it.

    What is met is shared by the lines' values, what is missing by their gaps: the lines add up to both, and no line
    gives more than it could.
    """
    values = np.stack([_total([part.value for part in parts]) for _, parts in judged], axis=1)
    contributions, possible = model.contributions(values), model.possible(values)
    lines = []
    for place, (criterion, parts) in enumerate(judged):
        met, missing = contributions[:, place], possible[:, place] - contributions[:, place]
        gaps = [np.maximum(part.possible - part.value, 0.0) for part in parts]
        for part, gap in zip(parts, gaps, strict=True):
            points = met * _portion(part.value, values[:, place])
            lines.append(Line(criterion.name, part, points, points + missing * _portion(gap, _total(gaps))))
    return lines


def _total(columns: Sequence[Numbers]) -> Numbers:
    return summed(np.stack(columns, axis=1))


def _portion(one: Numbers, whole: Numbers) -> Numbers:
    return np.divide(one, whole, out=np.zeros(len(one)), where=whole > 0)


class Sheet:
    """The assignment judged by the mode that works for each volunteer; on site first where both do equally well."""

    def __init__(self, pool: Pool, assignment: Assignment, criteria: Sequence[Criterion], model: ScoreModel) -> None:
        self.pool, self.assignment = pool, assignment
        modes = MODES if assignment.mode == "either" else (assignment.mode,)
        self._by_mode = [ModeSheet(pool, assignment, mode, criteria, model) for mode in modes]
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
    return Reason(
        criterion=line.criterion,
        code=code,
        contribution=line.points[number].item(),
        possible=line.possible[number].item(),
        known=bool(line.part.known[number]),
        evidence=to_plain(evidence),
        value=line.part.value[number].item(),
        share=line.part.possible,
    )


def _obstacle(check: Check, number: int) -> Obstacle:
    change: dict[str, Any] = check.change(number)
    return Obstacle(check.code, bool(check.near[number]), to_plain(change))
