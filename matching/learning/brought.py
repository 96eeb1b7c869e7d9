"""Whole lists, and what a model brings to their first places: how far people there fall short of those endorsed.

Somebody falls short of somebody endorsed on the same list by what is missing to the other's value, and of all of them
by the mean. Those endorsed fall short of one another too. So much a model may bring to the first places, or as much as
the model in force does, and no more: whoever lies lower was hardly ever chosen, or never met.
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

# The first places of a list are ten, of a short one the first tenth: what lies deeper is not as good as those endorsed.
FIRST, SHORT = 10, 0.1
# So many lists tell more together than each alone.
LEAST_TOGETHER = 5
# An open list is judged by itself, for it may ask for what no other asks for: so much chance is borne in ten places,
# and in fewer more, as the root of their number.
WORST = 0.1
SCORE_DIGITS = 9
PLACES = [CRITERIA.index(one) for one in OTHERS]


@dataclass(frozen=True)
class WholeList:
    """The criteria's values (n, 5) of everybody eligible for an assignment, or of some drawn by lot out of `people`."""

    values: Values
    people: int

    @property
    def first(self) -> int:
        """How many of `values` stand for the first places: ten of the whole list, the first tenth of a short one."""
        places = min(FIRST, SHORT * self.people)
        return min(max(round(places * len(self.values) / self.people), 1), len(self.values))


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
        parts = np.array([told[one] for one in OTHERS])
        means = np.array([lists[one].values.mean(axis=0) for one in decided])
        self._decided = _Part(
            [lists[number] for number in decided], endorsed, standing, parts * _usual(endorsed, means)
        )
        judged = set(decisions.frame["assignment_id"].astype(str))
        others = [one for number, one in lists.items() if number not in judged and len(one.values)]
        # What would be endorsed on lists that nobody decided on is a guess: whoever was endorsed on any list.
        anybody = np.concatenate(endorsed)
        usual = parts * _among([anybody])
        self._others = _Part(others, [anybody] * len(others), standing, usual) if others else None

    def exceeded(self, model: ScoreModel) -> NDArray[np.bool_]:
        """Return for each of OTHERS whether the model brings people who fall shorter in it than they may."""
        over: NDArray[np.bool_] = self._decided.excess(model) > TOLERANCE
        if self._others:
            over |= self._others.worst(model) > WORST
        return over


def _usual(endorsed: Sequence[Values], means: Values) -> Values:
    """Return by criterion how far those endorsed fall short of one another, however many they are on a list.

    Where hardly any list has two of them, they are compared across lists, each less the mean of the whole list.
    """
    several = [some for some in endorsed if len(some) > 1]
    if len(several) >= LEAST_TOGETHER:
        return _among(several)
    return _among([np.concatenate([some - mean for some, mean in zip(endorsed, means, strict=True)])])


def _among(groups: Sequence[Values]) -> Values:
    """Return the mean of how far two of a group fall short of one another, a group counting by how many it has."""
    # Both of a pair together fall short by their difference; to oneself there is none.
    parts = [_short_of(some, some).mean(axis=0) * len(some) / max(len(some) - 1, 1) for some in groups]
    found: Values = np.average(parts, axis=0, weights=[len(some) for some in groups])
    return found


def _short_of(values: Values, endorsed: Values) -> Values:
    """Return how far people (n, 5) fall short of those endorsed (k, 5), their mean, in OTHERS: (n, 4)."""
    columns = []
    for place in PLACES:
        steps = np.sort(endorsed[:, place])
        above = np.append(np.cumsum(steps[::-1])[::-1], 0.0)
        first = np.searchsorted(steps, values[:, place], side="right")
        columns.append((above[first] - values[:, place] * (len(steps) - first)) / len(steps))
    return np.stack(columns, axis=1)


class _Part:
    """Lists that are judged together: their people in one table, and how far each falls short of those endorsed."""

    def __init__(
        self, lists: Sequence[WholeList], endorsed: Sequence[Values], standing: ScoreModel, usual: Values
    ) -> None:
        self._values = np.concatenate([one.values for one in lists])
        self._short = np.concatenate([_short_of(one.values, some) for one, some in zip(lists, endorsed, strict=True)])
        ends = np.cumsum([len(one.values) for one in lists]).tolist()
        self._bounds = [(end - len(one.values), end, one.first) for one, end in zip(lists, ends, strict=True)]
        self._before, self._usual = self._brought(standing), usual

    def excess(self, model: ScoreModel) -> Values:
        """Return by criterion how much more a model brings than it may."""
        most = np.maximum(self._before.mean(axis=0), self._usual)
        found: Values = self._brought(model).mean(axis=0) - most
        return found

    def worst(self, model: ScoreModel) -> Values:
        """Return by criterion how much more a model brings than it may, in ten places, to the worst list."""
        over = self._brought(model) - np.maximum(self._before, self._usual)
        few = np.sqrt(np.array([first for _, _, first in self._bounds]) / FIRST)
        found: Values = (over * few[:, None]).max(axis=0)
        return found

    def _brought(self, model: ScoreModel) -> Values:
        """Return by list how far people in its first places fall short; people of one score share a place."""
        scores = np.round(model.estimate(self._values), SCORE_DIGITS)
        return np.array([self._first(scores[start:end], start, end, first) for start, end, first in self._bounds])

    def _first(self, scores: Values, start: int, end: int, first: int) -> Values:
        short = self._short[start:end]
        last = np.partition(scores, -first)[-first]
        above, tied = scores > last, scores == last
        found: Values = (short[above].sum(axis=0) + (first - above.sum()) * short[tied].mean(axis=0)) / first
        return found
