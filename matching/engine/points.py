"""The most that each person of a segment can score without the words of both sides: one byte and one look-up a line.

The lines are those of the criteria; each gives at least what the plain criterion gives, and all but a mention of a
skill in a text give the same, but for rounding. Whoever can be listed is scored by the plain criteria afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matching.criteria import CRITERIA, availability, country, interests, languages, skills
from matching.criteria.skills import Wanted
from matching.engine import coverage
from matching.engine.language_credits import TOLD, language_credits
from matching.engine.segment import CAUSE, LANGUAGE, NOT_KNOWN, WINDOW, Segment
from matching.engine.standing import by_facts, by_time, shared_hours
from matching.engine.wishes import wishes_of
from matching.hours import DAY, DAYS_A_WEEK
from matching.learning.models import LinearModel, ScoreModel
from matching.learning.values import POINTS
from matching.records import Assignment
from matching.reference import Reference
from matching.stay import WEEK, assignment_period, days_asked

Numbers = NDArray[np.float32]
# Sums of a few float32 numbers, each at most 1, and of steps that a model may take at a threshold.
ROUNDING = 1e-5
SKILLS = CRITERIA.index(skills.NAME)
FACTS = (country.NAME, languages.NAME)  # what is read after skills, before time


@dataclass(frozen=True)
class Plan:
    """What is looked for, and what it counts: all that bounds need to know of an assignment and a model."""

    assignment: Assignment
    model: ScoreModel
    neutral: dict[str, float]
    reference: Reference
    wanted: Sequence[Wanted]
    text_share: float

    @property
    def width(self) -> int:
        """How many numbers are kept of each person: one of a sum, else one a criterion."""
        return 1 if isinstance(self.model, LinearModel) else len(CRITERIA)

    def upper(self, values: Numbers, text: Numbers | float) -> Numbers:
        """Return the most points of people with these values, (rows of `values_of`, people), and this likeness."""
        worth = np.maximum(text, np.float32(self.neutral[skills.NAME])) * self.text_share if self.text_share else 0.0
        if isinstance(self.model, LinearModel):
            return np.asarray(values[0] + np.float32(POINTS * self.model.weights[skills.NAME]) * worth, np.float32)
        full = values.astype(np.float64)
        full[SKILLS] += worth
        return self.model.estimate(np.minimum(full + ROUNDING, 1.0).T).astype(np.float32)

    def bounds(self, segment: Segment, mode: str, needed: Sequence[float]) -> Bounds:
        """Return who passes the rules, and the most that each can score without words.

        Left out is whoever cannot reach the points that are `needed` of the eligible and of near matches.
        """
        online = mode == "online"
        left = by_facts(segment, self.assignment, coverage.coverage_of(self.reference).skills, mode)
        values = np.zeros((self.width, len(left.rows)), np.float32)
        lines = _Lines(self, segment, online, left.rows)
        self._add(lines, values, (skills.NAME,))
        reach = self._reach(values, (skills.NAME,), np.array(needed)[left.fails])
        left, values = left.where(reach), values[:, reach]
        keep, near, overlap = by_time(segment, self.assignment, online, left)
        found = Bounds(left.rows, near, overlap, values).where(keep)
        lines = _Lines(self, segment, online, found.rows)
        self._add(lines, found.values, FACTS)
        found = found.where(self._reach(found.values, (skills.NAME, *FACTS), np.array(needed)[found.near.astype(int)]))
        lines = _Lines(self, segment, online, found.rows, found.overlap)
        self._add(lines, found.values, (availability.NAME, interests.NAME))
        return found

    def _add(self, lines: _Lines, values: Numbers, criteria: Sequence[str]) -> None:
        for criterion in criteria:
            if isinstance(self.model, LinearModel):
                lines.add(criterion, values[0], POINTS * self.model.weights[criterion])
            else:
                lines.add(criterion, values[CRITERIA.index(criterion)], 1.0)

    def _reach(self, values: Numbers, done: Sequence[str], needed: NDArray) -> NDArray[np.bool_] | slice:
        """Return who reaches what is needed, were all other criteria, and the words, met in full."""
        if np.max(needed, initial=-np.inf) == -np.inf:
            return slice(None)
        rest = [criterion for criterion in CRITERIA if criterion not in done]
        if isinstance(self.model, LinearModel):
            weights = self.model.weights
            full = values + np.float32(POINTS * sum(weights[criterion] for criterion in rest))
        else:
            full = values.copy()
            full[[CRITERIA.index(criterion) for criterion in rest]] = 1.0
        return np.asarray(self.upper(full, 1.0) >= needed)


@dataclass(frozen=True)
class Bounds:
    """People, where one rule fails by little, the longest days in common, and the most of each criterion, or points."""

    rows: NDArray[np.intp]
    near: NDArray[np.bool_]
    overlap: NDArray[np.int32]
    values: Numbers

    def where(self, keep: NDArray[np.bool_] | slice) -> Bounds:
        """Return some of them."""
        return Bounds(self.rows[keep], self.near[keep], self.overlap[keep], self.values[:, keep])


class _Lines:
    """Adds the lines of one criterion after the other to a row of numbers."""

    def __init__(
        self,
        plan: Plan,
        segment: Segment,
        online: bool,
        rows: NDArray[np.intp],
        overlap: NDArray[np.int32] | None = None,
    ) -> None:
        self._plan, self._segment, self._online, self._rows, self._overlap = plan, segment, online, rows, overlap
        self._by_criterion: dict[str, Callable[[Numbers, float], None]] = {
            skills.NAME: self._skills,
            country.NAME: self._country,
            languages.NAME: self._languages,
            availability.NAME: self._availability,
            interests.NAME: self._interests,
        }

    def add(self, criterion: str, to: Numbers, weight: float) -> None:
        """Add what a criterion is worth, times a weight."""
        self._by_criterion[criterion](to, weight)

    def _look_up(self, to: Numbers, table: Numbers, codes: NDArray, weight: float) -> None:
        to += np.take((table * weight).astype(np.float32), codes[self._rows])

    def _skills(self, to: Numbers, weight: float) -> None:
        plan, neutral = self._plan, self._plan.neutral[skills.NAME]
        if not plan.wanted and not plan.text_share:
            to += weight * neutral
        numbers = coverage.coverage_of(plan.reference).skills
        for one in plan.wanted:
            codes = self._segment.pack["coverage"][numbers[one.code]]
            self._look_up(to, coverage.values(one.level, neutral), codes, weight * one.share)

    def _country(self, to: Numbers, weight: float) -> None:
        if self._online:
            to += weight * country.ONLINE
            return
        wishes = wishes_of(self._plan.reference)
        codes = self._segment.pack["wishes"][wishes.countries[self._plan.assignment.country]]
        self._look_up(to, wishes.values(self._plan.neutral[country.NAME]), codes, weight)

    def _languages(self, to: Numbers, weight: float) -> None:
        neutral, assignment = self._plan.neutral[languages.NAME], self._plan.assignment
        required, helpful = assignment.languages, languages.helpful_languages(assignment)
        share = languages.REQUIRED_SHARE if helpful else 1.0
        if not required:
            to += weight * share * neutral
        named = (self._segment.pack["flags"][self._rows] & np.uint8(LANGUAGE)) != 0
        for code, level, part in [
            *((asked.code, asked.level, share / len(required)) for asked in required),
            *((code, None, (1.0 - share) / len(helpful)) for code in helpful),
        ]:
            # A level that nobody has stands for a profile without any language.
            held = np.where(named, self._segment.language(code)[self._rows], np.uint8(TOLD))
            to += np.take((_language_values(level, neutral) * np.float32(weight * part)), held)

    def _availability(self, to: Numbers, weight: float) -> None:
        shares = availability.ONLINE_SHARES if self._online else availability.ON_SITE_SHARES
        self._weeks(to, weight * shares["weeks"])
        if self._online:
            self._hours(to, weight * shares["hours"])
            self._clock(to, weight * shares["clock"])
        else:
            self._stay(to, weight * shares["stay"])

    def _weeks(self, to: Numbers, weight: float) -> None:
        neutral, asked = self._plan.neutral[availability.NAME], days_asked(self._plan.assignment)
        if not asked > 0:
            to += weight * neutral
            return
        first, last = assignment_period(self._plan.assignment)
        assert self._overlap is not None
        overlap = self._overlap.astype(np.float32)
        room = min(asked * availability.ROOM_TO_MOVE, float(last - first + 1) - asked)
        spare = np.clip((overlap - asked) / room, 0.0, 1.0) if room > 0 else overlap >= asked
        just = availability.JUST_ENOUGH
        credit = just * np.minimum(overlap / np.float32(asked), 1.0) + (1.0 - just) * spare
        named = (self._segment.pack["flags"][self._rows] & np.uint8(WINDOW)) != 0
        to += np.float32(weight) * np.where(named, credit, np.float32(neutral))

    def _share_of(self, to: Numbers, offered: Numbers, asked: float, weight: float) -> None:
        """Add how much of what is asked is offered; what is below nought is not known."""
        neutral = np.float32(self._plan.neutral[availability.NAME])
        credit = np.minimum(offered / np.float32(asked), 1.0)
        to += np.float32(weight) * np.where(offered < 0, neutral, credit)

    def _stay(self, to: Numbers, weight: float) -> None:
        asked = days_asked(self._plan.assignment) / WEEK
        if not asked > 0:
            to += weight * self._plan.neutral[availability.NAME]
            return
        longest = self._segment.pack["stays"][1][self._rows]
        self._share_of(to, longest.astype(np.float32), asked, weight)

    def _hours(self, to: Numbers, weight: float) -> None:
        asked = self._plan.assignment.weekly_hours
        if not asked:
            to += weight * self._plan.neutral[availability.NAME]
            return
        self._share_of(to, self._segment.pack["online_hours"][self._rows].astype(np.float32), asked, weight)

    def _clock(self, to: Numbers, weight: float) -> None:
        hours, weekly = self._plan.assignment.hours, self._plan.assignment.weekly_hours
        if hours is None:
            to += weight * self._plan.neutral[availability.NAME]
            return
        whole = ((hours.end - hours.start) % DAY or DAY) / 60
        needed = min(whole, weekly / DAYS_A_WEEK) if weekly else whole
        shared = shared_hours(self._segment, self._plan.assignment)
        shared[np.isnan(shared)] = NOT_KNOWN
        self._share_of(to, shared.astype(np.float32)[self._segment.pack["hours"][self._rows]], needed, weight)

    def _interests(self, to: Numbers, weight: float) -> None:
        goals, neutral = self._plan.assignment.goals, self._plan.neutral[interests.NAME]
        if not goals:
            to += weight * neutral
            return
        asked = np.uint32(sum(1 << goal for goal in goals))
        shared = np.bitwise_count(self._segment.pack["goals"][self._rows] & asked)
        table = interests.ANY_SHARED + (1.0 - interests.ANY_SHARED) * (np.arange(len(goals) + 1) / len(goals))
        table[0] = 0.0
        credit = np.take(table.astype(np.float32), shared)
        named = (self._segment.pack["flags"][self._rows] & np.uint8(CAUSE)) != 0
        to += np.float32(weight) * np.where(named, credit, np.float32(neutral))


@lru_cache(maxsize=256)
def _language_values(level: int | None, neutral: float) -> Numbers:
    """Return what a language is worth for each byte: asked at a level, or (None) helpful."""
    values = np.full(256, neutral)
    values[:TOLD] = language_credits(level)[:TOLD]
    return values.astype(np.float32)
