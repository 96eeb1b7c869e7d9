"""One assignment against a segment: who may be listed, what each scores but for rounding, and exact scores for some."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.batch.columns import Kept
from matching.batch.lines import Line, Lines, Numbers
from matching.batch.picks import Places
from matching.batch.questions import Question
from matching.batch.rules import Codes, Rules
from matching.batch.said import FULL, SegmentWords
from matching.criteria import CRITERIA, interests, skills
from matching.engine.matcher import StoredMatcher
from matching.engine.segment import Segment
from matching.explanation import BAND_STEP
from matching.learning import LinearModel
from matching.learning.values import POINTS
from matching.matcher import linker_for
from matching.text.likeness import Asked

Steps = NDArray[np.int16]
STEPS_A_POINT = 300  # all points, a step more for each of many lines, and 1 fit in two bytes
BAND_STEPS = BAND_STEP * STEPS_A_POINT
# Criteria that depend on the work and not on where, when and in which language it is done.
OF_WORK = (skills.NAME, interests.NAME)


@dataclass(frozen=True, eq=False)
class Worth:
    """The lines of a criterion in points, and the steps that they come to at most for each person."""

    lines: tuple[tuple[Numbers, NDArray[Any] | None], ...]
    most: Steps

    @staticmethod
    def of(lines: Iterable[Line], points: float, size: int, kept: Kept) -> Worth:
        """Weigh lines by the points of their criterion."""
        weighed = tuple((points * line.worth, line.facts and kept.column(*line.facts)) for line in lines)
        most = np.zeros(size, np.int16)
        for worth, facts in weighed:
            steps = in_steps(worth)
            most += steps[0] if facts is None else steps.take(facts, mode="clip")
        return Worth(weighed, most)

    @property
    def nbytes(self) -> int:
        """How many bytes the columns take."""
        return self.most.nbytes + sum(facts.nbytes for _, facts in self.lines if facts is not None)


Worths = Mapping[str, Worth]  # by criterion


class Scores:
    """Rules and scores over one segment; the questions come in this order."""

    def __init__(self, matcher: StoredMatcher, segment: Segment, questions: Sequence[Question]) -> None:
        self._kept, self._size = Kept(), segment.size
        self._points, self._neutral = points_of(matcher), matcher.neutral_
        self._rules = Rules(segment, matcher.reference_, self._kept)
        self._lines = Lines(segment, matcher.reference_, matcher.neutral_, self._rules)
        calibration = linker_for(matcher.reference_).calibration
        self._words = SegmentWords(segment, matcher.snapshot.statements, calibration, wordings(questions))
        self._skills: tuple[Hashable, Worth] | None = None
        self._in_common: tuple[object, Steps] = (None, np.zeros(0, np.int16))

    def judged(self, question: Question) -> list[tuple[str, Codes]]:
        """Return each mode, with 0 for who is eligible in it, 1 for near matches, 2 for all others."""
        return self._rules.judged(question.assignment)

    def most(self, question: Question, worth: Worths, some: Places | None) -> tuple[Steps, int]:
        """Return 1 and the steps that some people (None: all) reach at most, and how many fewer these may be."""
        total = self._of_work(question, worth)
        total = total.copy() if some is None else total[some]
        for name in CRITERIA:
            if name not in OF_WORK:
                np.add(total, worth[name].most if some is None else worth[name].most[some], out=total)
        slack = sum(len(one.lines) for one in worth.values())
        if question.asked is not None:
            slack += 1 + math.ceil(self._text_points(question) * STEPS_A_POINT * self._words.slack / FULL)
        return total, slack

    def exact(self, question: Question, worth: Worths, some: Places) -> Numbers:
        """Return the scores of some people, to the last bit those of a plain sheet."""
        total = np.zeros(len(some))
        for name in CRITERIA:
            for each, facts in worth[name].lines:
                total += each[0] if facts is None else each.take(facts.take(some))
            if name == skills.NAME and question.asked is not None:
                values, neutral = self._words.likeness(question.asked, some), self._neutral[skills.NAME]
                total += self._points[name] * (np.where(values > neutral, values, neutral) * question.text_share)
        return total

    def _of_work(self, question: Question, worth: Worths) -> Steps:
        """Return 1 and what depends on the work alone: assignments that ask for the same follow one another."""
        # The worths themselves and not their places in memory, which others may have later; they compare by identity.
        key = (*(worth[name] for name in OF_WORK), id(question.asked), question.text_share)
        if self._in_common[0] != key:
            total = np.ones(self._size, np.int16)
            for name in OF_WORK:
                total += worth[name].most
            if question.asked is not None:
                share = np.maximum(np.arange(FULL + 2) / FULL, self._neutral[skills.NAME])
                steps = in_steps(self._text_points(question) * share)
                total += steps.take(self._words.most(question.asked), mode="clip")
            self._in_common = key, total
        return self._in_common[1]

    def _text_points(self, question: Question) -> float:
        return self._points[skills.NAME] * question.text_share

    def worth(self, question: Question, mode: str) -> Worths:
        """Return each criterion's lines, kept by all that they depend on."""
        keys = {name: self._lines.key(name, question, mode) for name in CRITERIA}
        # Of skills only the last ones are kept, since who asks in the same words follows: others would be pushed out.
        wanted = keys.pop(skills.NAME)
        if self._skills is None or self._skills[0] != wanted:
            self._skills = wanted, self._weighed(skills.NAME, question, mode)
        found = {
            name: self._kept.column((name, key), lambda name=name: self._weighed(name, question, mode))  # type: ignore[misc]
            for name, key in keys.items()
        }
        return found | {skills.NAME: self._skills[1]}

    def _weighed(self, name: str, question: Question, mode: str) -> Worth:
        return Worth.of(self._lines.of(name, question, mode), self._points[name], self._size, self._kept)


def points_of(matcher: StoredMatcher) -> dict[str, float]:
    """Return the most points of each criterion."""
    model = matcher.model_
    assert isinstance(model, LinearModel)
    return {name: POINTS * model.weights[name] for name in CRITERIA}


def wordings(questions: Sequence[Question]) -> list[Asked]:
    """Return the distinct words that are asked in, in their order."""
    return list({id(one.asked): one.asked for one in questions if one.asked is not None}.values())


def in_steps(points: Numbers) -> Steps:
    """Return points in steps, rounded up."""
    return np.ceil(points * STEPS_A_POINT).astype(np.int16)
