"""One assignment against a segment: who may be listed, what each scores but for rounding, and exact scores for some."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from matching.batch.columns import Kept
from matching.batch.lines import Line, Lines, Numbers, Places
from matching.batch.rules import Codes, Rules
from matching.batch.said import SegmentWords
from matching.criteria import CRITERIA, availability, country, interests, languages, skills
from matching.criteria.skills import SkillsCriterion, Wanted, words_asked
from matching.engine.matcher import StoredMatcher
from matching.engine.segment import Segment
from matching.hours import Hours
from matching.learning import LinearModel
from matching.learning.values import POINTS
from matching.matcher import linker_for
from matching.records import Assignment
from matching.stay import assignment_period, days_asked
from matching.text.likeness import Asked, all_asked_in

# Of more people than this share, whole columns are added up: that costs less than picking theirs.
FEW = 1 / 8


class BatchError(ValueError):
    """The batch cannot be made as asked."""


@dataclass(frozen=True)
class Question:
    """An assignment with what is looked for in it: the same for all segments."""

    number: int
    assignment: Assignment
    wanted: tuple[Wanted, ...]
    text_share: float
    asked: Asked | None


def check_model(matcher: StoredMatcher) -> None:
    """Raise BatchError where the model is no weighted sum."""
    if not isinstance(matcher.model_, LinearModel):
        raise BatchError("the batch ranks by linear models only; use a matcher for others")


def questions(matcher: StoredMatcher, assignments: list[Assignment]) -> list[Question]:
    """Read the assignments; those that ask in the same words stand beside one another."""
    criterion = next(one for one in matcher._criteria() if isinstance(one, SkillsCriterion))
    linker = linker_for(matcher.reference_)
    order = sorted(range(len(assignments)), key=lambda number: (words_asked(assignments[number]), number))
    distinct = list(dict.fromkeys(words_asked(assignments[number]) for number in order))
    read = dict(zip(distinct, all_asked_in(distinct, linker), strict=True))
    found = []
    for number in order:
        asked = read[words_asked(assignments[number])]
        wanted, share = criterion.shares(matcher.pool_, assignments[number], asked is not None)
        found.append(Question(number, assignments[number], tuple(wanted), share, asked if share else None))
    return found


class Scores:
    """Rules and scores over one segment."""

    def __init__(self, matcher: StoredMatcher, segment: Segment) -> None:
        self._kept = Kept()
        model = matcher.model_
        assert isinstance(model, LinearModel)
        self._points = {name: POINTS * model.weights[name] for name in CRITERIA}
        self._neutral = matcher.neutral_
        self._rules = Rules(segment, matcher.reference_, self._kept)
        self._lines = Lines(segment, matcher.reference_, matcher.neutral_, self._rules, self._kept)
        calibration = linker_for(matcher.reference_).calibration
        self._words = SegmentWords(segment, matcher.snapshot.statements, calibration)
        self._all = np.arange(segment.size)

    def judged(self, question: Question) -> list[tuple[str, Codes]]:
        """Return each mode, with 0 for who is eligible in it, 1 for near matches, 2 for all others."""
        return self._rules.judged(question.assignment)

    def most(self, question: Question, mode: str, some: Places) -> NDArray[np.float32]:
        """Return the scores of some people but for rounding, from columns that many assignments share."""
        many = len(some) > FEW * len(self._all)
        total = np.zeros(len(self._all) if many else len(some), np.float32)
        for name, key in self._keys(question, mode):
            column = self._kept.column(key, partial(self._column, name, question, mode))
            np.add(total, column if many else column[some], out=total)
        if many:
            total = total[some]
        if question.asked is not None:
            total += self._text(question, some) * self._points[skills.NAME]
        return total

    def exact(self, question: Question, mode: str, some: Places) -> Numbers:
        """Return the scores of some people, to the last bit those of a plain sheet."""
        total = np.zeros(len(some))
        for name in CRITERIA:
            for line in self._of(name, question, mode):
                total = total + self._points[name] * line(some)
            if name == skills.NAME and question.asked is not None:
                total = total + self._points[name] * self._text(question, some)
        return total

    def _text(self, question: Question, some: Places) -> Numbers:
        assert question.asked is not None
        values, neutral = self._words.likeness(question.asked)[some], self._neutral[skills.NAME]
        return np.where(values > neutral, values, neutral) * question.text_share

    def _column(self, name: str, question: Question, mode: str) -> NDArray[np.float32]:
        total = np.zeros(len(self._all))
        for line in self._of(name, question, mode):
            total += line(self._all)
        return (self._points[name] * total).astype(np.float32)

    def _of(self, name: str, question: Question, mode: str) -> list[Line]:
        one, online = question.assignment, mode == "online"
        if name == skills.NAME:
            if not question.wanted and question.asked is None:
                return [lambda some: np.full(len(some), self._neutral[skills.NAME])]
            return [*self._lines.skills(question.wanted)]
        if name == country.NAME:
            return [*self._lines.country(one.country, online)]
        if name == languages.NAME:
            return [*self._lines.languages(one)]
        if name == availability.NAME:
            return [*self._lines.availability(one, online)]
        return [*self._lines.interests(one.goals)]

    def _keys(self, question: Question, mode: str) -> Iterator[tuple[str, tuple]]:
        """Yield each criterion with all that its column depends on."""
        one, online = question.assignment, mode == "online"
        yield skills.NAME, (skills.NAME, question.wanted, question.asked is None)
        yield country.NAME, (country.NAME, online or one.country)
        yield languages.NAME, (languages.NAME, one.languages, one.languages_helpful)
        times = (mode, assignment_period(one), days_asked(one))
        yield availability.NAME, (availability.NAME, *times, *(_hours(one) if online else ()))
        yield interests.NAME, (interests.NAME, one.goals)


def _hours(one: Assignment) -> tuple[int | None, Hours | None, object]:
    return one.weekly_hours, one.hours, one.start_on if one.hours else None
