"""The most that each person of a segment can score without the words of both sides: one byte and one look-up a line.

The lines are those of the criteria; each gives at least what the plain criterion gives, and all but a mention of a
skill in a text give the same, but for rounding. Whoever can be listed is scored by the plain criteria afterwards.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matching.criteria import availability, country, interests, languages, skills
from matching.engine import coverage
from matching.engine.language_credits import TOLD, language_credits
from matching.engine.levels import Levels, risen
from matching.engine.plan import Numbers, Plan
from matching.engine.segment import CAUSE, LANGUAGE, NOT_KNOWN, WINDOW
from matching.engine.view import Days, View
from matching.engine.wishes import wishes_of
from matching.hours import DAY, DAYS_A_WEEK
from matching.stay import WEEK, assignment_period, days_asked

UNNAMED = 128  # added to a number of goals where the profile names none


class Lines:
    """Adds the lines of one criterion after the other to the bounds of some people."""

    def __init__(self, plan: Plan, view: View, online: bool) -> None:
        self._plan, self._view, self._online = plan, view, online
        self._by_criterion: dict[str, Callable[[Levels, float], None]] = {
            skills.NAME: self._skills,
            country.NAME: self._country,
            languages.NAME: self._languages,
            interests.NAME: self._interests,
        }

    def add(self, criterion: str, to: Levels) -> None:
        """Add what a criterion is worth, times its weight."""
        self._by_criterion[criterion](to, self._plan.weight(criterion))

    def _skills(self, to: Levels, weight: float) -> None:
        plan, neutral = self._plan, self._plan.neutral[skills.NAME]
        if not plan.wanted and not plan.text_share:
            to += risen(weight * neutral)
        numbers = coverage.coverage_of(plan.reference).skills
        for one in plan.wanted:
            whose, codes = self._view.covered(numbers[one.code])
            table = risen(coverage.values(one.level, neutral) * (weight * one.share))
            to += table[0]
            to[whose] += (table - table[0])[codes]  # a difference below nought goes round, and back

    def _country(self, to: Levels, weight: float) -> None:
        if self._online:
            to += risen(weight * country.ONLINE)
            return
        wishes = wishes_of(self._plan.reference)
        codes = self._view.column("wishes", wishes.countries[self._plan.assignment.country])
        to += np.take(risen(wishes.values(self._plan.neutral[country.NAME]) * weight), codes)

    def _languages(self, to: Levels, weight: float) -> None:
        neutral, assignment = self._plan.neutral[languages.NAME], self._plan.assignment
        required, helpful = assignment.languages, languages.helpful_languages(assignment)
        share = languages.REQUIRED_SHARE if helpful else 1.0
        if not required:
            to += risen(weight * share * neutral)
        # A level that nobody has stands for a profile without any language.
        unnamed = ((self._view.flags & np.uint8(LANGUAGE)) == 0).view(np.uint8) * np.uint8(TOLD)
        for code, level, part in [
            *((asked.code, asked.level, share / len(required)) for asked in required),
            *((code, None, (1.0 - share) / len(helpful)) for code in helpful),
        ]:
            held = self._view.language(code) | unnamed
            to += np.take(risen(_language_values(level, neutral) * (weight * part)), held)

    def _interests(self, to: Levels, weight: float) -> None:
        goals, neutral = self._plan.assignment.goals, self._plan.neutral[interests.NAME]
        if not goals:
            to += risen(weight * neutral)
            return
        asked = np.uint32(sum(1 << goal for goal in goals))
        shared = np.bitwise_count(self._view.column("goals") & asked)
        table = np.zeros(256)
        table[1 : len(goals) + 1] = interests.ANY_SHARED + (1.0 - interests.ANY_SHARED) * (
            np.arange(1, len(goals) + 1) / len(goals)
        )
        table[UNNAMED:] = neutral
        unnamed = ((self._view.flags & np.uint8(CAUSE)) == 0).view(np.uint8) * np.uint8(UNNAMED)
        to += np.take(risen(table * weight), shared | unnamed)


def add_availability(plan: Plan, view: View, online: bool, overlap: Days, values: Levels) -> None:
    """Add what availability is worth to the bounds of some people; `overlap` are their longest days in common."""
    _Times(plan, view, overlap).add(values[plan.row(availability.NAME)], online)


@dataclass(frozen=True)
class _Times:
    """The lines of availability for some people."""

    _plan: Plan
    _view: View
    _overlap: Days

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
        overlap = self._overlap.astype(np.float32)
        room = min(asked * availability.ROOM_TO_MOVE, float(last - first + 1) - asked)
        spare = np.clip((overlap - asked) / room, 0.0, 1.0) if room > 0 else overlap >= asked
        just = availability.JUST_ENOUGH
        credit = just * np.minimum(overlap / np.float32(asked), 1.0) + (1.0 - just) * spare
        named = (self._view.flags & np.uint8(WINDOW)) != 0
        to += risen(weight * np.where(named, credit, np.float32(neutral)))

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
        longest = self._view.column("stays", 1)
        self._share_of(to, longest.astype(np.float32), asked, weight)

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
    for one in plan.wanted:
        table = coverage.mention_gains(one.level, plan.neutral[skills.NAME])
        found += np.take(risen(table * (weight * one.share)), view.column("coverage", numbers[one.code]))
    return found


@lru_cache(maxsize=256)
def _language_values(level: int | None, neutral: float) -> Numbers:
    """Return what a language is worth for each byte: asked at a level, or (None) helpful."""
    values = np.full(256, neutral)
    values[:TOLD] = language_credits(level)[:TOLD]
    return values.astype(np.float32)
