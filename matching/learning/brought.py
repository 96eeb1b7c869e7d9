"""Whole lists, and what a model brings to their first places: how far people there fall short of those endorsed.

On each list decided on, whoever has less of a criterion than everybody endorsed there falls short by the difference.
Those endorsed are no more alike than that: held against the others, one of them in as many falls short as well. So much
a model may bring to the first places, or as much as the model in force does, and no more: whoever lies lower was hardly
ever chosen, or never met.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.criteria import CRITERIA
from matching.learning.blend import OTHERS
from matching.learning.decisions import Decisions
from matching.learning.models import ScoreModel
from matching.learning.values import TOLERANCE, Values

FIRST = 10
PLACES = [CRITERIA.index(one) for one in OTHERS]


@dataclass(frozen=True)
class WholeList:
    """The criteria's values (n, 5) of everybody eligible for an assignment, or of some drawn by lot out of `people`."""

    values: Values
    people: int

    @property
    def first(self) -> int:
        """How many of `values` stand for the first ten of the whole list."""
        return min(max(round(FIRST * len(self.values) / self.people), 1), len(self.values))


# By the id of the assignment; those that nobody decided on are open ones on which a model is to be used.
Lists = Mapping[str, WholeList]


def decided_lists(decisions: Decisions, lists: Lists) -> dict[str, NDArray[np.intp]]:
    """Return the rows of decisions by assignment, for those with a list of two people or more and somebody endorsed."""
    ids = decisions.frame["assignment_id"].to_numpy(dtype=str)
    rows = {str(ids[some[0]]): some for some in decisions}
    return {
        one: some
        for one, some in rows.items()
        if one in lists and len(lists[one].values) > 1 and decisions.labels[some].any()
    }


class Allowance:
    """What a model may bring to the first places: of the lists decided on, and of the others.

    `standing` is the model in force, and `told` says by criterion how much the decisions tell of it, 0 to 1: where they
    tell nothing, no model may bring more than what is in force does.
    """

    def __init__(self, decisions: Decisions, lists: Lists, standing: ScoreModel, told: Mapping[str, float]) -> None:
        decided = decided_lists(decisions, lists)
        endorsed = [decisions.values[rows][decisions.labels[rows] > 0] for rows in decided.values()]
        least = np.array([some.min(axis=0) for some in endorsed])
        usual = _usual(endorsed) * np.array([told[one] for one in OTHERS])
        self._decided = _Part([lists[number] for number in decided], least)
        self._most = np.maximum(self._decided.brought(standing).mean(axis=0), usual)
        judged = set(decisions.frame["assignment_id"].astype(str))
        # What would be endorsed on lists that nobody decided on is a guess.
        others = [one for number, one in lists.items() if number not in judged and len(one.values)]
        self._others = _Part(others, np.tile(np.median(least, axis=0), (len(others), 1))) if others else None
        if self._others:
            self._most_of_others = np.maximum(self._others.brought(standing).mean(axis=0), usual)

    def exceeded(self, model: ScoreModel) -> NDArray[np.bool_]:
        """Return for each of OTHERS whether the model brings people who fall shorter in it than they may."""
        over: NDArray[np.bool_] = self._decided.brought(model).mean(axis=0) > self._most + TOLERANCE
        if self._others:
            # Often there are few such lists: a standard error is borne.
            brought = self._others.brought(model)
            error = brought.std(axis=0) / np.sqrt(len(brought))
            over |= brought.mean(axis=0) > self._most_of_others + error + TOLERANCE
        return over


def _usual(endorsed: Sequence[Values]) -> Values:
    """Return by criterion how far one of those endorsed falls short of the others on the list: of k, the last in k."""
    gaps = []
    for some in endorsed:
        if len(some) > 1:
            last, next_to_last = np.sort(some[:, PLACES], axis=0)[:2]
            gaps.append((next_to_last - last) / len(some))
    found: Values = np.mean(gaps, axis=0) if gaps else np.zeros(len(OTHERS))
    return found


class _Part:
    """Lists that are judged together: their people in one table, and how far each falls short of `least` in what."""

    def __init__(self, lists: Sequence[WholeList], least: Values) -> None:
        lengths = [len(one.values) for one in lists]
        self._values = np.concatenate([one.values for one in lists])
        self._short = np.maximum(np.repeat(least, lengths, axis=0) - self._values, 0.0)[:, PLACES]
        ends = np.cumsum(lengths).tolist()
        self._bounds = [(end - length, end, one.first) for one, length, end in zip(lists, lengths, ends, strict=True)]

    def brought(self, model: ScoreModel) -> Values:
        """Return how far each person falls short who comes to the first places of a list, (places, OTHERS)."""
        scores = -model.estimate(self._values)
        places = [start + np.argpartition(scores[start:end], first - 1)[:first] for start, end, first in self._bounds]
        found: Values = self._short[np.concatenate(places)]
        return found
