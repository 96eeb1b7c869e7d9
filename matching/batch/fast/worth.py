"""What everybody is worth to assignments, laid out for compiled loops: the lines of `matching.batch.lines`."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from matching.batch.columns import Kept
from matching.batch.fast.bits import Bits, in_bits, words_for
from matching.batch.fast.blocks import NOBODY, WORDS, Asking, Columns, Tables
from matching.batch.fast.choosing import Places
from matching.batch.fast.plan import Plan
from matching.batch.fast.rows import Flat, Rows
from matching.batch.lines import Line, Lines
from matching.batch.rules import Codes, Rules
from matching.batch.said import FULL
from matching.batch.scores import in_steps, points_of
from matching.criteria import CRITERIA, interests, skills
from matching.engine.marks import entries_of
from matching.engine.matcher import StoredMatcher
from matching.engine.segment import Segment
from matching.spread import Lottery

LIKENESS = np.arange(FULL + 1) / FULL
RULES_BYTES, POINTS_BYTES, FACTS_BYTES, OTHER_BYTES = 100_000_000, 100_000_000, 100_000_000, 40_000_000
NOT_MADE = -1
# What work is asked goes by the wording: these criteria are added up on the way, once for each.
IN_ONE = tuple(CRITERIA.index(name) for name in (skills.NAME, interests.NAME))
APART = tuple(number for number in range(len(CRITERIA)) if number not in IN_ONE)


class FastScores:
    """Rules and scores over one segment, as rows of matrices and tables; what was made stays while there is room."""

    def __init__(self, matcher: StoredMatcher, segment: Segment, judging: Rules, lines: Lines, plan: Plan) -> None:
        size = segment.size
        self._points, self._neutral = points_of(matcher), matcher.neutral_[skills.NAME]
        self._judging, self._lines, self._plan = judging, lines, plan
        self._words: dict[float, Line] = {}  # by the share of words
        self._rules = Rows(2 * words_for(size), np.uint64, RULES_BYTES)
        self._most = Rows(size, np.int16, POINTS_BYTES)
        self._facts = Rows(size, np.uint8, FACTS_BYTES)
        self._rule_rows = np.full(len(plan.rule_from), NOT_MADE, np.int32)
        self._spans = np.full((len(plan.worth_from), 4), NOT_MADE, np.int32)
        self._same = np.zeros(len(plan.worth_from), np.int32)
        self._forget_rules()
        self._forget_worths()

    def asking(self, first: int, last: int, lottery: Lottery, wordings: Places) -> Asking:
        """Return the questions from `first` to before `last` in numbers, with all columns that they need."""
        plan = self._plan
        modes = slice(plan.firsts[first], plan.firsts[last])
        ends = plan.ends[modes.start : modes.stop + 1]
        rules, worths = plan.rules[ends[0] : ends[-1]], plan.worths[modes]
        if self._rules.room < len(_missing(rules, self._rule_rows)):
            self._forget_rules()
        if min(self._most.room, self._facts.room) < 2 * len(_missing(worths, self._spans[:, 0])):
            self._forget_worths()
        for number in _missing(rules, self._rule_rows):
            self._rule_rows[number] = self._rules.number(number, partial(self._rule, number))
        for number in _missing(worths, self._spans[:, 0]):
            self._weigh(number)
        numbers = np.array([one.number for one in plan.questions[first:last]], np.int32)
        (_, keys), (_, weights) = lottery.keys, lottery.weights
        firsts = plan.firsts[first : last + 1] - plan.firsts[first]
        places, many = entries_of(self._spans.ravel(), 4 * worths.ravel().astype(np.intp))
        lines = self._line_rows.found[places]
        line_ends = np.append(0, many.reshape(worths.shape).sum(axis=1).cumsum())
        rows, mine = self._rule_rows[rules], (keys[numbers], weights[numbers])
        return Asking(numbers, *mine, wordings, firsts, ends - ends[0], rows, worths, lines, line_ends)

    def bound(self, worths: Places) -> None:
        """Make the rows of steps that modes with these worths need where everybody is looked at."""
        for number in np.unique(worths[:, APART]).tolist():
            if self._spans[number, 2] == NOT_MADE:
                first, last = self._spans[number, :2]
                lines = self._line_rows.found[first:last].tolist()
                rows = [self._of_line(*line) for line in lines if line[0] != NOBODY]
                self._spans[number, 2:] = self._bounds.add(np.array(rows, np.int32))

    def tables(self) -> Tables:
        """Return what facts are worth, until the next are asked for."""
        return Tables(
            self._spans, self._same, self._line_rows.found, self._tables.found, self._steps.found, self._bounds.found
        )

    def columns(self, alike: NDArray[np.uint16]) -> Columns:
        """Return all columns, until the next are asked for."""
        return Columns(self._rules.matrix, self._most.matrix, self._facts.matrix, alike)

    def _forget_rules(self) -> None:
        self._rules.forget()
        self._rule_rows[:] = NOT_MADE

    def _forget_worths(self) -> None:
        for rows in (self._most, self._facts):
            rows.forget()
        self._places: dict[Line, tuple[int, int, int]] = {}
        self._spans[:] = NOT_MADE
        self._tables, self._steps = Flat(np.float64), Flat(np.int16)
        self._line_rows, self._bounds = Flat(np.int32, 3), Flat(np.int32)

    def _rule(self, number: int) -> Bits:
        question, mode, place = self._plan.rule_from[number]
        columns = list(self._judging.columns(question.assignment, mode))
        made: Codes = columns[place][1]()
        return in_bits(made)

    def _weigh(self, number: int) -> None:
        """Lay out the lines of a worth in points of its criterion."""
        question, mode, name = self._plan.worth_from[number]
        found = [self._laid(name, line) for line in self._lines.of(name, question, mode)]
        if name == skills.NAME and question.asked is not None:
            found.append(self._laid(name, self._worded(question.text_share), WORDS))
        self._spans[number, :2] = self._line_rows.add(np.array(found, np.int32).reshape(-1, 3))
        self._same[number] = sum(int(self._steps.found[start]) for row, start, _ in found if row == NOBODY)

    def _worded(self, share: float) -> Line:
        """Return the line of the words of both sides."""
        if share not in self._words:
            self._words[share] = Line(np.maximum(LIKENESS, self._neutral) * share)
        return self._words[share]

    def _laid(self, name: str, line: Line, row: int = NOBODY) -> tuple[int, int, int]:
        """Return the row of a line's facts, and where its table starts and how long it is; worths share lines."""
        found = self._places.get(line)
        if found is None:
            points = self._points[name] * line.worth
            row = row if line.facts is None else self._facts.number(*line.facts)
            self._steps.add(in_steps(points))
            found = self._places[line] = row, self._tables.add(points)[0], len(points)
        return found

    def _of_line(self, row: int, start: int, many: int) -> int:
        """Return the row of steps of one line: criteria share most of theirs."""
        steps = self._steps.found[start : start + many]
        return self._most.number((row, steps.tobytes()), lambda: steps.take(self._facts.matrix[row]))


def _missing(numbers: Places, rows: Places) -> list[int]:
    """Return those of some numbers, once each, of which there are no rows yet."""
    return np.unique(numbers[rows[numbers] == NOT_MADE]).tolist()


def kept_for(segment: Segment, matcher: StoredMatcher) -> tuple[Rules, Lines]:
    """Return the rules and lines of a segment."""
    judging = Rules(segment, matcher.reference_, Kept(OTHER_BYTES))
    return judging, Lines(segment, matcher.reference_, matcher.neutral_, judging)
