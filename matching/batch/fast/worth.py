"""What everybody is worth to an assignment, laid out for compiled loops: the lines of `matching.batch.lines`."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.batch.columns import Kept
from matching.batch.fast.choosing import Places
from matching.batch.fast.rows import Rows
from matching.batch.fast.words import FastWords
from matching.batch.lines import Facts, Line, Lines, Numbers
from matching.batch.questions import Question
from matching.batch.rules import Rules, takes_anybody
from matching.batch.said import FULL
from matching.batch.scores import Steps, in_steps, points_of, wordings
from matching.compiled import compiled
from matching.criteria import CRITERIA, skills
from matching.engine.matcher import StoredMatcher
from matching.engine.segment import Segment
from matching.matcher import linker_for

NOBODY = -1  # in place of a row of facts, where all have the only one
RULES_BYTES, POINTS_BYTES, FACTS_BYTES, OTHER_BYTES = 100_000_000, 130_000_000, 150_000_000, 40_000_000


class Worth(NamedTuple):
    """A criterion: the rows of steps that it comes to at most, beside those that are the same for all, and its lines.

    `worth` are the tables of the lines in points, one after the other, `lines` (lines, 2) the row of facts of each, and
    where its table starts.
    """

    most: Places
    same: int
    worth: Numbers
    lines: Places


class FastScores:
    """Rules and scores over one segment, as rows of three matrices; the questions come in this order.

    Whatever is returned holds until the next question is begun.
    """

    def __init__(self, matcher: StoredMatcher, segment: Segment, questions: Sequence[Question]) -> None:
        size = segment.size
        self._points, self._neutral = points_of(matcher), matcher.neutral_[skills.NAME]
        self._judging = Rules(segment, matcher.reference_, Kept(OTHER_BYTES))
        self._lines = Lines(segment, matcher.reference_, matcher.neutral_, self._judging)
        calibration = linker_for(matcher.reference_).calibration
        self._words = FastWords(segment, matcher.snapshot.statements, calibration, wordings(questions))
        self._rules = Rows(size, np.uint8, RULES_BYTES)
        self._most = Rows(size, np.int16, POINTS_BYTES)
        self._facts = Rows(size, np.uint16, FACTS_BYTES)
        self._worths: dict[Hashable, Worth] = {}
        self._last: tuple[Hashable, Worth] | None = None

    @property
    def rules(self) -> NDArray[np.uint8]:
        """The rows of rules."""
        return self._rules.matrix

    @property
    def most(self) -> Steps:
        """The rows of steps that criteria come to at most."""
        return self._most.matrix

    @property
    def facts(self) -> NDArray[Any]:
        """The rows of facts."""
        return self._facts.matrix

    def begin(self) -> None:
        """Make room for the next question."""
        if self._rules.is_full or self._most.is_full or self._facts.is_full:
            for rows in (self._rules, self._most, self._facts):
                rows.forget()
            self._worths.clear()
            self._last = None

    def judging(self, question: Question, mode: str) -> Places | None:
        """Return the rows of the rules in a mode; None where nobody passes."""
        if not takes_anybody(question.assignment):
            return None
        columns = self._judging.columns(question.assignment, mode)
        return np.array([self._rules.number(key, make) for key, make in columns], np.int32)

    def worth(self, question: Question, mode: str) -> list[Worth]:
        """Return what each criterion is worth, in the order in which they are added up."""
        return [
            self._skills(question, mode) if name == skills.NAME else self._kept(name, question, mode)
            for name in CRITERIA
        ]

    def _kept(self, name: str, question: Question, mode: str) -> Worth:
        key = name, self._lines.key(name, question, mode)
        found = self._worths.get(key)
        if found is None:
            found = self._worths[key] = self._weighed(self._lines.of(name, question, mode), self._points[name])
        return found

    def _skills(self, question: Question, mode: str) -> Worth:
        """Return what skills and words are worth; only of the last question, as who asks in the same words follows."""
        key = self._lines.key(skills.NAME, question, mode), id(question.asked), question.text_share
        if self._last is None or self._last[0] != key:
            lines = list(self._lines.of(skills.NAME, question, mode))
            if question.asked is not None:
                lines.append(self._text(question))
            self._last = key, self._weighed(lines, self._points[skills.NAME], in_one=True)
        return self._last[1]

    def _text(self, question: Question) -> Line:
        """Return the line of the words of both sides; the row of its facts is the last wording's."""
        assert question.asked is not None
        alike = self._words.most(question.asked)
        self._facts.replaced("words", alike)
        values = np.arange(FULL + 1) / FULL
        worth = np.where(values > self._neutral, values, self._neutral) * question.text_share
        return Line(worth, Facts("words", lambda: alike))

    def _weighed(self, lines: Iterable[Line], points: float, in_one: bool = False) -> Worth:
        """Weigh lines by the points of their criterion; `in_one` row of steps, which the next such worth takes over."""
        tables, found, start, same = [], [], 0, 0
        steps: dict[int, Steps] = {}  # by the row of facts
        for line in lines:
            worth = points * line.worth
            row = NOBODY if line.facts is None else self._facts.number(*line.facts)
            if row == NOBODY:
                same += int(in_steps(worth)[0])
            else:
                steps[row] = steps[row] + in_steps(worth) if row in steps else in_steps(worth)
            tables.append(worth)
            found.append((row, start))
            start += len(worth)
        rows = [self._in_one(steps)] if in_one else [self._of_line(*one) for one in steps.items()]
        lines_of = np.array(found, np.int32).reshape(-1, 2)
        return Worth(np.array(rows, np.int32), same, np.concatenate([np.zeros(0), *tables]), lines_of)

    def _of_line(self, row: int, steps: Steps) -> int:
        """Return the row of steps of one line: criteria share most of theirs."""
        return self._most.number((row, steps.tobytes()), lambda: steps.take(self._facts.matrix[row]))

    def _in_one(self, steps: Mapping[int, Steps]) -> int:
        most = np.zeros(self._most.matrix.shape[1], np.int16)
        for row, table in steps.items():
            added(most, table, self._facts.matrix[row])
        return self._most.replaced("in one", most)


@compiled
def added(most: Steps, steps: Steps, facts: NDArray[Any]) -> None:
    """Add to everybody's steps what the facts come to."""
    for person in range(len(most)):
        most[person] += steps[facts[person]]
