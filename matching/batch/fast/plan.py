"""What assignments depend on, in numbers: the same for all segments, and so worked out once."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from matching.batch.lines import Lines
from matching.batch.questions import Question
from matching.batch.rules import Rules, takes_anybody
from matching.criteria import CRITERIA, skills
from matching.engine.matcher import StoredMatcher
from matching.records import MODES
from matching.text.likeness import Asked

Numbers = NDArray[np.int32]
NOTHING = -1  # in place of a wording's number


@dataclass(frozen=True)
class Plan:
    """Assignments in the order in which they are asked, with the modes in which they are looked at one after the other.

    Question `q` is looked at in the modes `firsts[q]:firsts[q + 1]` of all, mode `m` goes by the rules
    `rules[ends[m]:ends[m + 1]]` and is worth `worths[m]` of each criterion. A rule or a worth is told by the first
    question that needed it: `rule_from` has its mode and the place among that question's rules, `worth_from` the
    criterion and the mode.
    """

    questions: Sequence[Question]
    modes: list[str]
    firsts: Numbers
    ends: Numbers
    rules: Numbers
    worths: Numbers
    wordings: Numbers
    asked: list[Asked]
    rule_from: list[tuple[Question, str, int]]
    worth_from: list[tuple[Question, str, str]]

    @staticmethod
    def of(questions: Sequence[Question], judging: Rules, lines: Lines) -> Plan:
        """Work out what questions depend on; any segment's rules and lines tell that."""
        rule_numbers: dict[Hashable, int] = {}
        worth_numbers: dict[Hashable, int] = {}
        rule_from: list[tuple[Question, str, int]] = []
        worth_from: list[tuple[Question, str, str]] = []
        modes: list[str] = []
        firsts, ends, rules, worths = [0], [0], [], []
        for question in questions:
            one = question.assignment
            mine = () if not takes_anybody(one) else MODES if one.mode == "either" else (one.mode,)
            for mode in mine:
                for place, (key, _) in enumerate(judging.columns(one, mode)):
                    number = rule_numbers.setdefault(key, len(rule_from))
                    if number == len(rule_from):
                        rule_from.append((question, mode, place))
                    rules.append(number)
                for name in CRITERIA:
                    key = name, lines.key(name, question, mode), question.text_share if name == skills.NAME else None
                    number = worth_numbers.setdefault(key, len(worth_from))
                    if number == len(worth_from):
                        worth_from.append((question, mode, name))
                    worths.append(number)
                ends.append(len(rules))
            modes += mine
            firsts.append(len(modes))
        numbers: dict[int, int] = {}
        asked = [one.asked for one in questions if one.asked is not None]
        wordings = [
            NOTHING if one.asked is None else numbers.setdefault(id(one.asked), len(numbers)) for one in questions
        ]
        distinct = list({id(one): one for one in asked}.values())
        table = np.array(worths, np.int32).reshape(-1, len(CRITERIA))
        return Plan(
            questions, modes, _whole(firsts), _whole(ends), _whole(rules), table, _whole(wordings), distinct,
            rule_from, worth_from,
        )  # fmt: skip


def plan_of(matcher: StoredMatcher, questions: Sequence[Question], judging: Rules, lines: Lines) -> Plan:
    """Return the plan of questions; a matcher's last one is kept as long as the matcher, for all parts."""
    found = _kept.get(matcher)
    if found is None or found.questions is not questions:
        found = _kept[matcher] = Plan.of(questions, judging, lines)
    return found


_kept: WeakKeyDictionary[StoredMatcher, Plan] = WeakKeyDictionary()


def _whole(numbers: Sequence[int]) -> Numbers:
    return np.array(numbers, np.int32)
