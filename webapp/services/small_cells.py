"""Keeps small groups of people out of tables of counts, so that no cell tells, or lets compute, what few did."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

Group = TypeVar("Group", bound=Hashable)

MOST_LINES = 30  # of a table that people read
FEWEST = 5  # a cell for fewer people than this is not shown
STEP = 5  # where counts may be asked for again and again, they are rounded to this
LEAST_DOUBT = 3  # of a hidden cell, at least this many values stay possible


def about(count: int) -> int | None:
    """Return a count of people rounded to STEP; None for fewer than FEWEST, and so for none as well."""
    return None if count < FEWEST else (count + STEP // 2) // STEP * STEP


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
    """Return which cells of a column to hide where its total is known; None where no cell may be shown.

    Hidden are the smallest: all below FEWEST, and as many more as it takes. A reader sees the others, and the sum of
    the hidden ones, but not which of them are small. Who knows this rule too may not learn more: how many are hidden
    rests on what is seen alone, so that for each hidden cell LEAST_DOUBT numbers below FEWEST stay possible.
    """
    order = sorted(range(len(counts)), key=lambda number: (counts[number], number))
    small = sum(count < FEWEST for count in counts)
    if small == 0:
        return [False] * len(counts) if counts else None
    sums = [sum(counts[number] for number in order[:away]) for away in range(len(counts))]
    alone = (away for away in range(small, len(counts)) if _could_all_be_small(sums[away], away))
    # One less than the smallest shown: a hidden one that equals it might have been shown in its place.
    with_one = (
        away
        for away in range(small + 1, len(counts))
        if _could_be_small_but_one(sums[away], away, counts[order[away]] - 1)
    )
    away = next(alone, None) or next(with_one, None)
    return None if away is None else [number in order[:away] for number in range(len(counts))]


def _could_all_be_small(total: int, away: int) -> bool:
    """Return whether all hidden cells together are no small number, and still in doubt if each of them is one."""
    return total >= FEWEST and _is_in_doubt([total], away)


def _could_be_small_but_one(total: int, away: int, ceiling: int) -> bool:
    """Return whether the hidden cells are in doubt if all but one of them are small, and that one at most `ceiling`.

    Only sums of the small ones count by which they could not have been hidden without the large one.
    """
    sums = range(max(0, total - ceiling), min((FEWEST - 1) * (away - 1), total - FEWEST) + 1)
    return _is_in_doubt([one for one in sums if not _could_all_be_small(one, away - 1)], away - 1)


def _is_in_doubt(sums: Iterable[int], cells: int) -> bool:
    """Return whether each of some small cells could have LEAST_DOUBT values, given what their sum may be."""
    most = FEWEST - 1
    values = {
        value for total in sums for value in range(max(0, total - most * (cells - 1)), min(most, total) + 1) if cells
    }
    return len(values) >= LEAST_DOUBT
