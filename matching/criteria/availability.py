"""Availability: on site the weeks and the length of stay; online the weeks, the hours a week and the time of day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from matching.criteria.base import Evidence, Part, in_columns, same_for_all, step
from matching.hours import DAY, DAYS_A_WEEK, shared_hours_a_day
from matching.pool import Numbers, Pool
from matching.records import Assignment
from matching.stay import WEEK, assignment_period, days_asked, stay_of

NAME = "availability"
NEUTRAL = 0.4
ON_SITE_SHARES = {"weeks": 0.7, "stay": 0.3}
ONLINE_SHARES = {"weeks": 0.4, "hours": 0.4, "clock": 0.2}
# Weeks that just suffice earn this much; the rest is for room to move, complete at a quarter more than asked.
JUST_ENOUGH = 0.8
ROOM_TO_MOVE = 0.25

WEEKS_ENOUGH = "WEEKS_ENOUGH"
WEEKS_FEW = "WEEKS_FEW"
WINDOWS_NOT_KNOWN = "WINDOWS_NOT_KNOWN"
WEEKS_ASKED_NOT_KNOWN = "WEEKS_ASKED_NOT_KNOWN"
STAY_ENOUGH = "STAY_ENOUGH"
STAY_SHORT = "STAY_SHORT"
STAY_NOT_KNOWN = "STAY_NOT_KNOWN"
HOURS_ENOUGH = "HOURS_ENOUGH"
HOURS_FEW = "HOURS_FEW"
HOURS_NOT_KNOWN = "HOURS_NOT_KNOWN"
HOURS_ASKED_NOT_KNOWN = "HOURS_ASKED_NOT_KNOWN"
CLOCK_SHARED = "CLOCK_SHARED"
CLOCK_NOT_KNOWN = "CLOCK_NOT_KNOWN"
CLOCK_ASKED_NOT_KNOWN = "CLOCK_ASKED_NOT_KNOWN"
CODES = (
    WEEKS_ENOUGH,
    WEEKS_FEW,
    WINDOWS_NOT_KNOWN,
    WEEKS_ASKED_NOT_KNOWN,
    STAY_ENOUGH,
    STAY_SHORT,
    STAY_NOT_KNOWN,
    HOURS_ENOUGH,
    HOURS_FEW,
    HOURS_NOT_KNOWN,
    HOURS_ASKED_NOT_KNOWN,
    CLOCK_SHARED,
    CLOCK_NOT_KNOWN,
    CLOCK_ASKED_NOT_KNOWN,
)


@dataclass(frozen=True)
class AvailabilityCriterion:
    """One line per fact, so that a fact that is not known is neutral by itself and hides no other."""

    neutral: float = NEUTRAL
    name: str = NAME

    def constants(self) -> Mapping[str, Any]:
        """Return every number that shapes the score."""
        return {
            "on_site_shares": ON_SITE_SHARES,
            "online_shares": ONLINE_SHARES,
            "just_enough": JUST_ENOUGH,
            "room_to_move": ROOM_TO_MOVE,
            "days_a_week": DAYS_A_WEEK,
        }

    def parts(self, pool: Pool, assignment: Assignment, online: bool) -> list[Part]:
        """Return the lines for work on site or online."""
        if not online:
            shares = ON_SITE_SHARES
            return [
                self._weeks(pool, assignment, online, shares["weeks"]),
                self._stay(pool, assignment, shares["stay"]),
            ]
        return [
            self._weeks(pool, assignment, online, ONLINE_SHARES["weeks"]),
            self._hours(pool, assignment, ONLINE_SHARES["hours"]),
            self._clock(pool, assignment, ONLINE_SHARES["clock"]),
        ]

    def _weeks(self, pool: Pool, assignment: Assignment, online: bool, share: float) -> Part:
        asked = days_asked(assignment)
        if not asked > 0:
            return same_for_all(pool, self.neutral, share, WEEKS_ASKED_NOT_KNOWN, False, {})
        first, last = assignment_period(assignment)
        overlap, known = stay_of(pool, assignment, online).overlap, pool.named_window
        # Nobody can have more room than the assignment's own dates leave; where they leave none, enough is all.
        room = min(asked * ROOM_TO_MOVE, float(last - first + 1) - asked)
        spare = np.clip((overlap - asked) / room, 0.0, 1.0) if room > 0 else (overlap >= asked) * 1.0
        credit = JUST_ENOUGH * np.clip(overlap / asked, 0.0, 1.0) + (1.0 - JUST_ENOUGH) * spare

        def tell(fact: tuple[bool, float]) -> tuple[str, Evidence]:
            is_known, days = fact
            if not is_known:
                return WINDOWS_NOT_KNOWN, {"weeks_asked": asked / WEEK}
            code = WEEKS_ENOUGH if days >= asked else WEEKS_FEW
            return code, {"weeks_asked": asked / WEEK, "weeks_shared": days / WEEK}

        return Part(step(known, credit, self.neutral) * share, share, known, in_columns(known, overlap), tell)

    def _stay(self, pool: Pool, assignment: Assignment, share: float) -> Part:
        asked = days_asked(assignment) / WEEK
        if not asked > 0:
            return same_for_all(pool, self.neutral, share, WEEKS_ASKED_NOT_KNOWN, False, {})

        def tell(fact: tuple[bool, float]) -> tuple[str, Evidence]:
            is_known, longest = fact
            if not is_known:
                return STAY_NOT_KNOWN, {"weeks_asked": asked}
            return (STAY_ENOUGH if longest >= asked else STAY_SHORT), {"weeks_asked": asked, "longest_stay": longest}

        return self._share_of(pool.stays[1], asked, share, tell)

    def _hours(self, pool: Pool, assignment: Assignment, share: float) -> Part:
        asked = assignment.weekly_hours
        if not asked:
            return same_for_all(pool, self.neutral, share, HOURS_ASKED_NOT_KNOWN, False, {})

        def tell(fact: tuple[bool, float]) -> tuple[str, Evidence]:
            is_known, offered = fact
            if not is_known:
                return HOURS_NOT_KNOWN, {"hours_asked": asked}
            return (HOURS_ENOUGH if offered >= asked else HOURS_FEW), {"hours_asked": asked, "hours_offered": offered}

        return self._share_of(pool.online_hours, asked, share, tell)

    def _clock(self, pool: Pool, assignment: Assignment, share: float) -> Part:
        hours = assignment.hours
        if hours is None:
            return same_for_all(pool, self.neutral, share, CLOCK_ASKED_NOT_KNOWN, False, {})
        shared = shared_hours_a_day(pool, assignment)
        # Where no number of hours is asked, the whole stretch of the day that the host names is what can be shared.
        whole = ((hours.end - hours.start) % DAY or DAY) / 60
        needed = min(whole, assignment.weekly_hours / DAYS_A_WEEK) if assignment.weekly_hours else whole

        def tell(fact: tuple[bool, float]) -> tuple[str, Evidence]:
            is_known, hours_a_day = fact
            evidence: Evidence = {"time_zone": hours.time_zone, "hours_a_day_needed": needed}
            if not is_known:
                return CLOCK_NOT_KNOWN, evidence
            return CLOCK_SHARED, {**evidence, "shared_hours_a_day": hours_a_day}

        return self._share_of(shared, needed, share, tell)

    def _share_of(
        self, offered: Numbers, asked: float, share: float, tell: Callable[[Any], tuple[str, Evidence]]
    ) -> Part:
        """Return the line of how much of what is asked is offered, at most all; NaN where it is not known."""
        known = ~np.isnan(offered)
        told = np.where(known, offered, 0.0)
        value = step(known, np.clip(told / asked, 0.0, 1.0), self.neutral) * share
        return Part(value, share, known, in_columns(known, told), tell)
