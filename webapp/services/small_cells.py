"""Keeps small groups of people out of tables of counts, so that no cell tells, or lets compute, what few did."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

Group = TypeVar("Group", bound=Hashable)

MOST_LINES = 30  # of a table that people read
FEWEST = 5  # a cell for fewer people than this is not shown
LEAST_DOUBT = 3  # of a hidden cell, at least this many values stay possible


def pooled(people: Mapping[Group, int]) -> list[frozenset[Group]]:
    """Return the groups as they may be shown, most people first.

    Those below FEWEST, and those beyond MOST_LINES, stand together in one, the last. A pool that is still too small
    takes in the next smallest group, so that it cannot be told apart either.
    """
    order = sorted(people, key=lambda group: (-people[group], str(group)))
    large = [group for group in order if people[group] >= FEWEST]
    pool = [group for group in order if people[group] < FEWEST]
    if len(large) + bool(pool) > MOST_LINES:
        large, pool = large[: MOST_LINES - 1], large[MOST_LINES - 1 :] + pool
    while pool and large and (sum(people[group] for group in pool) < FEWEST or len(pool) < 2):
        pool.append(large.pop())
    return [frozenset((group,)) for group in large] + ([frozenset(pool)] if pool else [])


def hidden(counts: Sequence[int]) -> list[bool] | None:
    """Return which cells of a column to hide where its total is known; None where the whole column has to go.

    Cells below FEWEST are hidden, and with them the smallest other one. How many go never depends on what the hidden
    ones hold, and whether the column may stand only on what is shown of it, so that this rule gives nothing away.
    """
    order = sorted(range(len(counts)), key=lambda number: (counts[number], number))
    small = sum(count < FEWEST for count in counts)
    if small == 0:
        return [False] * len(counts)
    away = order[: small + 1]
    total = sum(counts[number] for number in away)
    # One less than the smallest shown: a hidden one that equals it might have been shown in its place.
    ceiling = min((counts[number] for number in order[small + 1 :]), default=total + 1) - 1
    if sum(counts) < FEWEST or not _in_doubt(total, small, len(away) - small, ceiling):
        return None
    return [number in away for number in range(len(counts))]


def _in_doubt(total: int, small: int, others: int, ceiling: int) -> bool:
    """Return whether every hidden cell keeps LEAST_DOUBT possible values, given the sum of all hidden ones."""
    bounds = [(0, FEWEST - 1)] * small + [(FEWEST, ceiling)] * others
    least, most = sum(low for low, _ in bounds), sum(high for _, high in bounds)
    for low, high in set(bounds):
        lowest = max(low, total - (most - high))
        highest = min(high, total - (least - low))
        if highest - lowest + 1 < LEAST_DOUBT:
            return False
    return True
