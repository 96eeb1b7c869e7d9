"""One assignment against a pool: which rules fail for whom, and every score with the lines that it is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.criteria import Criterion, Part
from matching.explanation import Explanation, Obstacle, Tells, Told, reasons_of, to_plain
from matching.learning.models import LinearModel, ScoreModel
from matching.learning.values import POINTS, summed
from matching.pool import Numbers, Pool
from matching.records import Assignment
from matching.standing import STATUSES, ModeStanding, Standing

Judged = Sequence[tuple[Criterion, Sequence[Part]]]
Data = dict[str, Any]
Places = NDArray[np.intp]
Tell = Callable[[str, float], Tells[Told]]  # of a criterion and the share that a line has of it


@dataclass(frozen=True)
class Line:
    """A part of a criterion on the scale of the score: the points of 100 that it gives, and could give at most.

    `possible` is a number where it is the same for everybody.
    """

    criterion: str
    part: Part
    points: Numbers
    possible: Numbers | float


class ModeSheet:
    """The scores of the assignment judged as work on site, or as work online, beside the rules."""

    def __init__(
        self,
        pool: Pool,
        assignment: Assignment,
        rules: ModeStanding,
        criteria: Sequence[Criterion],
        model: ScoreModel,
    ) -> None:
        self.mode, self.checks = rules.mode, rules.checks
        judged = [(criterion, criterion.parts(pool, assignment, rules.mode == "online")) for criterion in criteria]
        self.lines = _weighted(judged, model) if isinstance(model, LinearModel) else _shared_out(judged, model)
        # Summed line by line, never by a library's own order: the reasons add up to the score to the last bit.
        self.score: Numbers = np.zeros(pool.size)
        for line in self.lines:
            self.score = self.score + line.points

    def values(self) -> Numbers:
        """Return the criteria's values (n, 5), free of any weights."""
        names = list(dict.fromkeys(line.criterion for line in self.lines))
        return np.stack([_total([one.part.value for one in self.lines if one.criterion == name]) for name in names], 1)

    def reasons(self, places: Places, tell: Tell[Told]) -> list[list[Told]]:
        """Return the reasons of some people."""
        by_line = [_told(line, places, tell) for line in self.lines]
        return [list(mine) for mine in zip(*by_line, strict=True)]

    def obstacles(self, places: Places) -> list[list[Data]]:
        """Return the rules that fail for some people as the fields of `Obstacle`."""
        found: list[list[Data]] = [[] for _ in places]
        for check in self.checks:
            for place in np.flatnonzero(check.failed[places]).tolist():
                number = int(places[place])
                near = bool(check.near[number])
                found[place].append({"code": check.code, "near": near, "change": check.change(number)})
        return found


def _weighted(judged: Judged, model: LinearModel) -> list[Line]:
    """Return the lines of a linear model: each is the criterion's weight times the line's value."""
    return [
        Line(
            criterion.name,
            part,
            POINTS * model.weights[criterion.name] * part.value,
            float(POINTS * model.weights[criterion.name] * part.possible),
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
    """The assignment judged by the mode that works for each volunteer; on site first where both do equally well.

    `standing` are its rules where they were applied before.
    """

    def __init__(
        self,
        pool: Pool,
        assignment: Assignment,
        criteria: Sequence[Criterion],
        model: ScoreModel,
        standing: Standing | None = None,
    ) -> None:
        self.pool, self.assignment = pool, assignment
        standing = standing or Standing(pool, assignment)
        self._by_mode = [ModeSheet(pool, assignment, rules, criteria, model) for rules in standing.by_mode]
        self._choice = standing.choice
        self.status: NDArray[np.int8] = standing.status
        self.score: Numbers = np.stack([sheet.score for sheet in self._by_mode])[self._choice, np.arange(pool.size)]

    def values(self) -> Numbers:
        """Return everybody's values by criterion (n, 5), in the order of CRITERIA and free of any weights."""
        values: Numbers = np.stack([sheet.values() for sheet in self._by_mode])
        return values[self._choice, np.arange(self.pool.size)]

    def explain(self, number: int) -> Explanation:
        """Return all there is to say about the pair of this assignment and the volunteer at a position of the pool."""
        ((mode, reasons, obstacles),) = self.told([number], reasons_of)
        return Explanation(
            assignment_id=self.assignment.id,
            volunteer_id=self.pool.volunteers[number].id,
            status=STATUSES[self.status[number]],
            mode=mode,
            score=self.score[number].item(),
            reasons=tuple(reasons),
            obstacles=tuple(Obstacle(**to_plain(one)) for one in obstacles),
        )

    def told(self, numbers: Sequence[int], tell: Tell[Told]) -> list[tuple[str, list[Told], list[Data]]]:
        """Return mode, reasons and obstacles of some people: reasons as they are told, obstacles as data."""
        places = np.asarray(numbers, np.intp)
        found: dict[int, tuple[str, list[Told], list[Data]]] = {}
        for choice, sheet in enumerate(self._by_mode):
            mine = places[self._choice[places] == choice]
            told = zip(mine.tolist(), sheet.reasons(mine, tell), sheet.obstacles(mine), strict=True)
            found |= {number: (sheet.mode, reasons, obstacles) for number, reasons, obstacles in told}
        return [found[number] for number in numbers]


def _told(line: Line, places: Places, tell: Tell[Told]) -> list[Told]:
    """Return what a line says about some people; those of whom it says the same are told once."""
    kept: dict[Any, Told] = {}
    tell_one = tell(line.criterion, line.part.possible)
    points, known, value = (column[places].tolist() for column in (line.points, line.part.known, line.part.value))
    most = line.possible
    possible = repeat(most, len(points)) if isinstance(most, float) else most[places].tolist()
    keys = list(zip(line.part.facts(places), points, possible, known, value, strict=True))
    for key in dict.fromkeys(keys):
        code, evidence = line.part.tell(key[0])
        kept[key] = tell_one(code, evidence, *key[1:])
    return [kept[key] for key in keys]
