"""Screens people: on bytes for all of them at once, then on dates for those who may still be listed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matching.criteria import CRITERIA
from matching.engine.arrays import OUT, Times
from matching.engine.bounds import BEFORE_DATES, Bounds
from matching.engine.levels import FULL, Levels
from matching.engine.looks import looks_of
from matching.engine.marks import Places
from matching.engine.plan import Plan
from matching.engine.points import add_availability
from matching.engine.standing import Fails, by_time
from matching.engine.steps import steps
from matching.engine.view import Flags, View

SAMPLED = 16  # one of so many tells what the best reach


class Screen:
    """A plan beside some people, for work on site or online; places are positions in `view`."""

    def __init__(self, plan: Plan, view: View, mode: str, passes: Flags | None = None) -> None:
        """Take people who could pass (passing.py), or everybody with where they could."""
        self._plan, self._view, self._online = plan, view, mode == "online"
        self._fails, self._values = steps().looked_up(view, looks_of(plan, self._online))
        if passes is not None:
            self._fails += (~passes).view(np.uint8) * np.uint8(OUT)

    @cached_property
    def promise(self) -> Levels:
        """Whole numbers that grow with what people may reach."""
        return self._values[0] if len(self._values) == 1 else np.sum(self._values // 5, axis=0, dtype=np.uint16)

    def sample(self, status: int) -> Levels:
        """Return the promise of some people of a status, as far as that is known before dates."""
        return self.promise[::SAMPLED][self._fails[::SAMPLED] == status]

    def promising(self, least: Sequence[int]) -> Places:
        """Return who promises at least so much, by status as far as that is known before dates."""
        found = np.zeros(self._view.size, bool)
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

    def bounds(self, places: Places, needed: Sequence[float]) -> Bounds:
        """Return those of some people who may be listed."""
        view, fails, times = self._judged(places)
        values = np.take(self._values, places, axis=1)
        add_availability(self._plan, view, self._online, times, values)
        first, second = (self._reach(values, CRITERIA, points) for points in needed)
        kept = np.flatnonzero(((fails == 0) & first) | ((fails == 1) & second))
        return Bounds(view.segments[kept], view.rows[kept], fails[kept] == 1, values[:, kept])

    def status(self, others: Bounds) -> Fails:
        """Return how many rules fail by little for people of other bounds; OUT or more where somebody is not listed."""
        places = self._view.find(others.segments, others.rows)
        here = np.flatnonzero(places >= 0)
        fails = np.full(len(places), OUT, np.uint8)
        fails[here] = self._judged(places[here])[1]
        return fails

    def _judged(self, places: Places) -> tuple[View, Fails, Times]:
        plan, view = self._plan, self._view.where(places)
        return view, *by_time(view, plan.assignment, self._online, self._fails[places], plan.shared_hours)

    def _reach(self, values: Levels, done: Sequence[str], points: float) -> NDArray[np.bool_] | bool:
        return self._plan.reach(values, done, points) if np.isfinite(points) else points < 0
