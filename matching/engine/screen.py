"""Screens a segment where very many could pass: on bytes for everybody at once, then on dates for who may be listed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matching.criteria import CRITERIA
from matching.engine.bounds import BEFORE_DATES, Bounds
from matching.engine.coverage import coverage_of
from matching.engine.levels import FULL, Levels
from matching.engine.marks import Places
from matching.engine.plan import Plan
from matching.engine.points import Lines, add_availability
from matching.engine.segment import Segment
from matching.engine.standing import OUT, by_facts, by_time
from matching.engine.view import Flags, View

SAMPLED = 16  # one of so many tells what the best reach


class Screen:
    """A plan beside a segment, for work on site or online; `passes` are those who could pass (passing.py)."""

    def __init__(self, plan: Plan, segment: Segment, number: int, mode: str, passes: Flags) -> None:
        self._plan, self._segment, self._number, self._online = plan, segment, number, mode == "online"
        whole = View([(segment, None)])
        self._fails = by_facts(whole, plan.assignment, coverage_of(plan.reference).skills)
        self._fails += (~passes).view(np.uint8) * np.uint8(OUT)
        self._values = np.zeros((plan.width, segment.size), np.uint16)
        lines = Lines(plan, whole, self._online)
        for criterion in BEFORE_DATES:
            lines.add(criterion, self._values[plan.row(criterion)])

    @cached_property
    def promise(self) -> Levels:
        """Whole numbers that grow with what people may reach."""
        return self._values[0] if len(self._values) == 1 else np.sum(self._values // 5, axis=0, dtype=np.uint16)

    def sample(self, status: int) -> Levels:
        """Return the promise of some people of a status, as far as that is known before dates."""
        return self.promise[::SAMPLED][self._fails[::SAMPLED] == status]

    def promising(self, least: Sequence[int]) -> Places:
        """Return who promises at least so much, by status as far as that is known before dates."""
        found = np.zeros(self._segment.size, bool)
        for status, points in enumerate(least):
            if points < 2 * FULL:  # else nobody is asked for
                found |= (self._fails == status) & (self.promise >= points)
        return np.flatnonzero(found)

    def reaching(self, needed: Sequence[float]) -> Places:
        """Return who reaches the points that are `needed` of each status, were all that is not known met in full."""
        first, second = (self._reach(self._values, BEFORE_DATES, points) for points in needed)
        found = (self._fails == 0) & first
        # Dates may fail too, so that somebody who fails nothing yet may be near in the end.
        return np.flatnonzero(found if second is False else found | ((self._fails < OUT) & second))

    def bounds(self, rows: Places, needed: Sequence[float]) -> Bounds:
        """Return those of some people who may be listed."""
        rows = rows[self._fails[rows] < OUT]
        view = View([(self._segment, rows)])
        fails, overlap = by_time(view, self._plan.assignment, self._online, self._fails[rows])
        values, left = np.take(self._values, rows, axis=1), np.flatnonzero(fails < OUT)
        rows, values, fails = rows[left], values[:, left], fails[left]
        add_availability(self._plan, view.where(left), self._online, overlap[left], values)
        found = Bounds(np.full(len(rows), self._number, np.int32), rows, fails == 1, values)
        reach = [self._reach(values, CRITERIA, points) for points in needed]
        return found.some(np.where(found.near, reach[1], reach[0]))

    def status(self, rows: Places) -> NDArray[np.uint8]:
        """Return how many rules fail by little for these people; OUT or more where somebody is not listed."""
        return by_time(View([(self._segment, rows)]), self._plan.assignment, self._online, self._fails[rows])[0]

    def _reach(self, values: Levels, done: Sequence[str], points: float) -> NDArray[np.bool_] | bool:
        return self._plan.reach(values, done, points) if np.isfinite(points) else points < 0
