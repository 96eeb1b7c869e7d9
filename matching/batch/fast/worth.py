"""What everybody is worth to an assignment, laid out for compiled loops: the lines of `matching.batch.lines`."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.batch.columns import Kept
from matching.batch.fast.bits import Bits, in_bits, words_for
from matching.batch.fast.choosing import Places
from matching.batch.fast.rows import Rows
from matching.batch.fast.words import FastWords
from matching.batch.lines import Facts, Line, Lines, Numbers
from matching.batch.questions import Question
from matching.batch.rules import Codes, Rules, takes_anybody
from matching.batch.said import FULL
from matching.batch.scores import Steps, in_steps, points_of, wordings
from matching.compiled import compiled
from matching.criteria import CRITERIA, skills
from matching.engine.matcher import StoredMatcher
from matching.engine.segment import Segment
from matching.matcher import linker_for

LIKENESS = np.arange(FULL + 1) / FULL
NOBODY = -1  # in place of a row of facts, where all have the only one
RULES_BYTES, POINTS_BYTES, FACTS_BYTES, OTHER_BYTES = 100_000_000, 130_000_000, 150_000_000, 40_000_000


@dataclass(eq=False)
class Worth:
    """A criterion: its lines, and the steps that it comes to at most for whoever asks.

    `worth` are the tables of the lines in points, one after the other, `lines` (lines, 2) the row of facts of each, and
    where its table starts. `steps` are tables by the row of facts, beside those that are the `same` for all; `rows` are
    made of them where everybody is looked at.
    """

    worth: Numbers
    lines: Places
    steps: dict[int, Steps]
    same: int
    is_in_one: bool  # row, which the next such worth takes over
    rows: Places | None = None


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
        # What is no more than that is worth as much as nothing.
        least = int(LIKENESS.searchsorted(self._neutral, side="right")) - 1
        self._words = FastWords(segment, matcher.snapshot.statements, calibration, wordings(questions), least)
        self._alike = Facts("words", lambda: np.zeros(size, np.uint16))
        self._rules = Rows(2 * words_for(size), np.uint64, RULES_BYTES)
        self._most = Rows(size, np.int16, POINTS_BYTES)
        self._facts = Rows(size, np.uint16, FACTS_BYTES)
        self._worths: dict[Hashable, Worth] = {}
        self._last: tuple[Hashable, Worth] | None = None

    @property
    def rules(self) -> Bits:
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
            self._words.forget()
            self._last = None

    def judging(self, question: Question, mode: str) -> Places | None:
        """Return the rows of the rules in a mode; None where nobody passes."""
        if not takes_anybody(question.assignment):
            return None
        columns = self._judging.columns(question.assignment, mode)
        return np.array([self._rules.number(key, partial(_made, make)) for key, make in columns], np.int32)

    def worth(self, question: Question, mode: str, left: Bits | None) -> list[Worth]:
        """Return what each criterion is worth to who is left (None: to all), in the order of their sum."""
        return [
            self._skills(question, mode, left) if name == skills.NAME else self._kept(name, question, mode)
            for name in CRITERIA
        ]

    def bounds(self, worths: Iterable[Worth]) -> tuple[tuple[Places, ...], int]:
        """Return the rows of steps of each criterion, and the steps that are the same for all."""
        return tuple(map(self._rows_of, worths)), sum(one.same for one in worths)

    def _rows_of(self, worth: Worth) -> Places:
        if worth.rows is None:
            in_one = worth.is_in_one
            rows = [self._in_one(worth.steps)] if in_one else [self._of_line(*one) for one in worth.steps.items()]
            worth.rows = np.array(rows, np.int32)
        return worth.rows

    def _kept(self, name: str, question: Question, mode: str) -> Worth:
        key = name, self._lines.key(name, question, mode)
        found = self._worths.get(key)
        if found is None:
            found = self._worths[key] = self._weighed(self._lines.of(name, question, mode), self._points[name])
        return found

    def _skills(self, question: Question, mode: str, left: Bits | None) -> Worth:
        """Return what skills and words are worth; only of the last question, as who asks in the same words follows."""
        key = self._lines.key(skills.NAME, question, mode), id(question.asked), question.text_share
        if self._last is None or self._last[0] != key:
            lines = list(self._lines.of(skills.NAME, question, mode))
            if question.asked is not None:
                lines.append(self._text(question.text_share))
            self._last = key, self._weighed(lines, self._points[skills.NAME], is_in_one=True)
        if question.asked is not None:
            row = self._facts.number(*self._alike)
            self._words.fill(question.asked, self._facts.matrix[row], left)
        return self._last[1]

    def _text(self, share: float) -> Line:
        """Return the line of the words of both sides; the row of its facts is the last wording's."""
        return Line(np.maximum(LIKENESS, self._neutral) * share, self._alike)

    def _weighed(self, lines: Iterable[Line], points: float, is_in_one: bool = False) -> Worth:
        """Weigh lines by the points of their criterion."""
        tables, found, start, same = [], [], 0, 0
        steps: dict[int, Steps] = {}
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
        lines_of = np.array(found, np.int32).reshape(-1, 2)
        return Worth(np.concatenate([np.zeros(0), *tables]), lines_of, steps, same, is_in_one)

    def _of_line(self, row: int, steps: Steps) -> int:
        """Return the row of steps of one line: criteria share most of theirs."""
        return self._most.number((row, steps.tobytes()), lambda: steps.take(self._facts.matrix[row]))

    def _in_one(self, steps: Mapping[int, Steps]) -> int:
        most = np.zeros(self._most.matrix.shape[1], np.int16)
        for row, table in steps.items():
            added(most, table, self._facts.matrix[row])
        return self._most.replaced("in one", most)


def _made(make: Callable[[], Codes]) -> Bits:
    return in_bits(make())


@compiled
def added(most: Steps, steps: Steps, facts: NDArray[Any]) -> None:
    """Add to everybody's steps what the facts come to."""
    for person in range(len(most)):
        most[person] += steps[facts[person]]
