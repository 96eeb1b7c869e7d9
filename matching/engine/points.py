"""The most that availability is worth to each person, and how much of the bounds is due to mentions in a text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matching.criteria import availability, skills
from matching.engine import coverage
from matching.engine.arrays import Times
from matching.engine.levels import Levels, risen
from matching.engine.plan import Numbers, Plan
from matching.engine.segment import NOT_KNOWN
from matching.engine.steps import steps
from matching.engine.view import View
from matching.hours import DAY, DAYS_A_WEEK
from matching.stay import WEEK, assignment_period, days_asked


def add_availability(plan: Plan, view: View, online: bool, times: Times, values: Levels) -> None:
    """Add what availability is worth to the bounds of some people, by their times."""
    _Availability(plan, view, times).add(values[plan.row(availability.NAME)], online)


@dataclass(frozen=True)
class _Availability:
    """The lines of availability for some people."""

    _plan: Plan
    _view: View
    _times: Times

    def add(self, to: Levels, online: bool) -> None:
        """Add them all."""
        weight = self._plan.weight(availability.NAME)
        shares = availability.ONLINE_SHARES if online else availability.ON_SITE_SHARES
        self._weeks(to, weight * shares["weeks"])
        if online:
            self._hours(to, weight * shares["hours"])
            self._clock(to, weight * shares["clock"])
        else:
            self._stay(to, weight * shares["stay"])

    def _weeks(self, to: Levels, weight: float) -> None:
        neutral, asked = self._plan.neutral[availability.NAME], days_asked(self._plan.assignment)
        if not asked > 0:
            to += risen(weight * neutral)
            return
        first, last = assignment_period(self._plan.assignment)
        overlap = self._times.overlap.astype(np.float32)
        room = min(asked * availability.ROOM_TO_MOVE, float(last - first + 1) - asked)
        spare = np.clip((overlap - asked) / room, 0.0, 1.0) if room > 0 else overlap >= asked
        just = availability.JUST_ENOUGH
        credit = just * np.minimum(overlap / np.float32(asked), 1.0) + (1.0 - just) * spare
        to += risen(weight * np.where(self._times.named, credit, np.float32(neutral)))

    def _share_of(self, to: Levels, offered: Numbers, asked: float, weight: float) -> None:
        """Add how much of what is asked is offered; what is below nought is not known."""
        neutral = np.float32(self._plan.neutral[availability.NAME])
        credit = np.minimum(offered / np.float32(asked), 1.0)
        to += risen(weight * np.where(offered < 0, neutral, credit))

    def _stay(self, to: Levels, weight: float) -> None:
        asked = days_asked(self._plan.assignment) / WEEK
        if not asked > 0:
            to += risen(weight * self._plan.neutral[availability.NAME])
            return
        self._share_of(to, self._times.longest.astype(np.float32), asked, weight)

    def _hours(self, to: Levels, weight: float) -> None:
        asked = self._plan.assignment.weekly_hours
        if not asked:
            to += risen(weight * self._plan.neutral[availability.NAME])
            return
        self._share_of(to, self._view.column("online_hours").astype(np.float32), asked, weight)

    def _clock(self, to: Levels, weight: float) -> None:
        hours, weekly = self._plan.assignment.hours, self._plan.assignment.weekly_hours
        if hours is None:
            to += risen(weight * self._plan.neutral[availability.NAME])
            return
        whole = ((hours.end - hours.start) % DAY or DAY) / 60
        needed = min(whole, weekly / DAYS_A_WEEK) if weekly else whole
        shared = self._view.by_hours(self._plan.shared_hours)
        shared[np.isnan(shared)] = NOT_KNOWN
        self._share_of(to, shared.astype(np.float32), needed, weight)


def loss(plan: Plan, view: View) -> NDArray[np.int32]:
    """Return how much of the bounds of these people may be due to mentions that are less clear than counted."""
    numbers, weight = coverage.coverage_of(plan.reference).skills, plan.weight(skills.NAME)
    found = np.zeros(view.size, np.int32)
    held = steps().bytes_of(view, np.array([numbers[one.code] for one in plan.wanted], np.intp))
    for one, mine in zip(plan.wanted, held, strict=True):
        found += np.take(_lost(one.level, plan.neutral[skills.NAME], weight * one.share), mine)
    return found


@lru_cache(maxsize=1024)
def _lost(level: int, neutral: float, share: float) -> Levels:
    return risen(coverage.mention_gains(level, neutral) * share)
