"""Monotone boosted trees as plain numbers, told exactly: Shapley values over the criteria, by every coalition.

The score is a fixed linear part (the country criterion's share always lies there, as people set it) plus the trees'
sum, scaled so that nothing met gives 0 and all met gives 100. The trees' sum changes only at their thresholds, so it is
one small table with a cell for each combination of steps; looking up costs the same for any number of trees.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from math import factorial
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matching.criteria import CRITERIA
from matching.learning.values import POINTS, TOLERANCE, Values, checked_shares, checked_values, summed

LEAF = -1
MOST_CELLS = 4_000_000
Tree = Mapping[str, Sequence[float]]
Bins = NDArray[np.intp]


class TreesModel:
    """A linear part and monotone trees that share the score; see the module."""

    kind = "trees"

    def __init__(self, weights: Mapping[str, float], trees: Iterable[Tree]) -> None:
        """Take the linear part's shares and the trees, which give what these leave of 1.

        A tree is five lists of equal length, a place each node and the first one the root: `feature` (number of the
        criterion; -1 at a leaf), `threshold` (at most: left), `left`, `right`, `value` (at a leaf). ValueError unless
        the shares leave something, and the trees' sum never falls anywhere as a criterion grows and rises over all.
        """
        self._linear = checked_shares("weights", weights)
        self._share = 1.0 - sum(self._linear.values())
        if self._share <= TOLERANCE:
            raise ValueError("the weights leave nothing to the trees")
        self._trees = [_plain(tree) for tree in trees]
        self._thresholds = _thresholds(self._trees)
        self._table = self._scaled(_tabulate(self._trees, self._thresholds))
        self._flat = self._table.astype(np.float32).ravel()
        self._by_level: dict[int, list[tuple[NDArray[np.int32], NDArray[np.float32]]]] = {}

    @property
    def linear_part(self) -> dict[str, float]:
        """Each criterion's share in the linear part; the trees have what is left of 1."""
        return dict(self._linear)

    @property
    def trees(self) -> list[dict[str, list[Any]]]:
        """The trees as plain lists."""
        return [{name: list(numbers) for name, numbers in tree.items()} for tree in self._trees]

    @property
    def tree_span(self) -> float:
        """The trees' sum where all is full, less where nothing is met: on the scale of the leaves' values."""
        return self._span

    @property
    def weights(self) -> dict[str, float]:
        """Each criterion's share of the score of a pair that is full in all."""
        (full,) = self.contributions(np.ones((1, len(CRITERIA)))) / POINTS
        return {criterion: float(full[place]) for place, criterion in enumerate(CRITERIA)}

    def score(self, values: ArrayLike) -> Values:
        """Return the points of each row, (n,)."""
        return summed(self.contributions(values))

    def contributions(self, values: ArrayLike) -> Values:
        """Return each criterion's Shapley value against a pair that meets nothing, (n, 5).

        Never below 0: a Shapley value is a mean of steps up a function that never falls.
        """
        rows = checked_values(values)
        return rows * self._points() + self._shapley(np.zeros(rows.shape, dtype=np.intp), self._bins(rows))

    def estimate(self, values: ArrayLike) -> Values:
        """Return the score of each row but for rounding (below 1e-9), by one look-up: the share of no criterion."""
        rows = checked_values(values)
        found: Values = rows @ self._points() + self._table[tuple(self._bins(rows).T)]
        return found

    def estimate_levels(self, columns: Sequence[NDArray[np.uint16] | int], full: int) -> NDArray[np.float32]:
        """Return what `estimate` does for whole numbers of which `full` is 1, a column or one number a criterion."""
        if full not in self._by_level:
            self._by_level[full] = self._levels(full)
        cells: Any = 0
        points: Any = np.float32(0)
        for column, (steps, linear) in zip(columns, self._by_level[full], strict=True):
            cells, points = cells + steps[column], points + linear[column]
        found: NDArray[np.float32] = points + np.take(self._flat, cells)
        return found

    def possible(self, values: ArrayLike) -> Values:
        """Return contributions plus each criterion's Shapley value of what is missing to a full pair, (n, 5)."""
        rows = checked_values(values)
        full = np.broadcast_to(np.array(self._table.shape) - 1, rows.shape)
        missing = (1.0 - rows) * self._points() + self._shapley(self._bins(rows), full)
        return self.contributions(rows) + missing

    def to_json(self) -> str:
        """Return the shares and trees as text."""
        data = {"kind": self.kind, "weights": self._linear, "trees": self._trees}
        return json.dumps(data, separators=(",", ":"), allow_nan=False)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TreesModel) and other.to_json() == self.to_json()

    def __hash__(self) -> int:
        return hash(self.to_json())

    def _points(self) -> Values:
        return POINTS * np.array([self._linear[criterion] for criterion in CRITERIA])

    def _bins(self, rows: Values) -> Bins:
        columns = [np.searchsorted(steps, rows[:, place]) for place, steps in enumerate(self._thresholds)]
        return np.stack(columns, axis=1)

    def _levels(self, full: int) -> list[tuple[NDArray[np.int32], NDArray[np.float32]]]:
        """Return each criterion's way in the flat table, and its linear part, for all whole numbers up to `full`."""
        ways = np.cumprod((1, *self._table.shape[:0:-1]))[::-1]
        shares = np.arange(full + 1) / full
        return [
            ((np.searchsorted(steps, shares) * way).astype(np.int32), (shares * points).astype(np.float32))
            for steps, way, points in zip(self._thresholds, ways, self._points(), strict=True)
        ]

    def _scaled(self, table: Values) -> Values:
        low, high = table.flat[0], table.flat[-1]
        self._span = float(high - low)
        if not np.isfinite(table).all() or self._span <= TOLERANCE:
            raise ValueError("the trees tell nothing apart")
        scaled: Values = (table - low) * (POINTS * self._share / self._span)
        # Rounding keeps order in a sum that is made the same way everywhere, so this is exact but for strange input.
        if any(bool((np.diff(scaled, axis=axis) < -TOLERANCE).any()) for axis in range(scaled.ndim)):
            raise ValueError("more of a criterion would lower the score")
        for axis in range(scaled.ndim):
            scaled = np.maximum.accumulate(scaled, axis=axis)
        return scaled

    def _shapley(self, start: Bins, end: Bins) -> Values:
        """Return each criterion's mean step from `start` to `end`, over all orders in which criteria could change."""
        players = [place for place, steps in enumerate(self._thresholds) if len(steps)]
        gains = np.zeros(start.shape)
        worth = {
            chosen: self._looked_up(start, end, chosen)
            for size in range(len(players) + 1)
            for chosen in combinations(players, size)
        }
        for player in players:
            for chosen, before in worth.items():
                if player not in chosen:
                    after = worth[tuple(sorted((*chosen, player)))]
                    gains[:, player] += _order_share(len(chosen), len(players)) * (after - before)
        return gains

    def _looked_up(self, start: Bins, end: Bins, chosen: tuple[int, ...]) -> Values:
        cells = tuple(end[:, place] if place in chosen else start[:, place] for place in range(len(CRITERIA)))
        return self._table[cells]


def _order_share(before: int, players: int) -> float:
    """Return the share of all orders in which a player comes after exactly these `before` ones."""
    return factorial(before) * factorial(players - before - 1) / factorial(players)


def _plain(tree: Tree) -> dict[str, list[Any]]:
    plain: dict[str, list[Any]] = {
        "feature": [int(number) for number in tree["feature"]],
        "threshold": [float(number) for number in tree["threshold"]],
        "left": [int(number) for number in tree["left"]],
        "right": [int(number) for number in tree["right"]],
        "value": [float(number) for number in tree["value"]],
    }
    size = len(plain["feature"])
    if not size or any(len(numbers) != size for numbers in plain.values()):
        raise ValueError("a tree needs lists of equal length")
    for node, feature in enumerate(plain["feature"]):
        inner = 0 <= feature < len(CRITERIA)
        # Children stand behind their parent: no walk through a tree can go round.
        if feature != LEAF and not (inner and all(node < plain[side][node] < size for side in ("left", "right"))):
            raise ValueError("a tree's node leads nowhere")
    return plain


def _thresholds(trees: list[dict[str, list[Any]]]) -> list[Values]:
    """Return each criterion's steps, in order."""
    steps: list[set[float]] = [set() for _ in CRITERIA]
    for tree in trees:
        for feature, threshold in zip(tree["feature"], tree["threshold"], strict=True):
            if feature != LEAF:
                steps[feature].add(threshold)
    return [np.array(sorted(found), dtype=np.float64) for found in steps]


def _tabulate(trees: list[dict[str, list[Any]]], thresholds: list[Values]) -> Values:
    """Return the trees' sum in every cell between thresholds, one axis a criterion."""
    shape = tuple(len(steps) + 1 for steps in thresholds)
    if int(np.prod(shape)) > MOST_CELLS:
        raise ValueError("the trees have too many different thresholds")
    table = np.zeros(shape)
    for tree in trees:
        _add(table, tree, 0, [slice(0, size) for size in shape], thresholds)
    return table


def _add(table: Values, tree: dict[str, list[Any]], node: int, box: list[slice], thresholds: list[Values]) -> None:
    """Add a tree below a node to the cells that come to it."""
    feature = tree["feature"][node]
    if feature == LEAF:
        table[tuple(box)] += tree["value"][node]
        return
    # Cell k holds what lies above threshold k - 1 and at most at threshold k.
    cut = int(np.searchsorted(thresholds[feature], tree["threshold"][node])) + 1
    side = box[feature]
    middle = min(max(cut, side.start), side.stop)
    for child, part in (("left", slice(side.start, middle)), ("right", slice(middle, side.stop))):
        _add(table, tree, tree[child][node], [*box[:feature], part, *box[feature + 1 :]], thresholds)
