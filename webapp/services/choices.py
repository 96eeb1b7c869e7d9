"""Who was chosen, by group, beside how many people each group has; what would tell of few stands together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from webapp.services.exposure import Ratio
from webapp.services.small_cells import hidden

Z = 1.96


@dataclass(frozen=True)
class Chosen:
    """How many people of a group got so far, their share of all who did, its due share, and how these compare.

    Due is the group's share of the people who are eligible: a choice is made of people, not drawn list by list.
    """

    people: int
    share: float
    due: float
    ratio: Ratio


@dataclass(frozen=True)
class Column:
    """A step: a cell per group, None for those that stand in `together`, which is None where all stand alone."""

    cells: tuple[Chosen | None, ...]
    together: Chosen | None


def column(counts: Sequence[int], eligible: Sequence[int]) -> Column | None:
    """Return a step by its people chosen and eligible per group; None where no number may be shown."""
    away = hidden(counts)
    if away is None:
        return None
    chosen, people = sum(counts), sum(eligible)
    cells = [
        None if off else _cell(count, chosen, mine / people)
        for count, mine, off in zip(counts, eligible, away, strict=True)
    ]
    rest = [number for number, off in enumerate(away) if off]
    if not rest:
        return Column(tuple(cells), None)
    due = sum(eligible[number] for number in rest) / people
    return Column(tuple(cells), _cell(sum(counts[number] for number in rest), chosen, due))


def _cell(count: int, of_all: int, due: float) -> Chosen:
    """Return a shown cell; the interval is Wilson's for the share, beside what is due."""
    share = count / of_all
    middle = share + Z * Z / (2 * of_all)
    half = Z * math.sqrt(share * (1 - share) / of_all + Z * Z / (4 * of_all * of_all))
    low, high = ((middle + sign * half) / (1 + Z * Z / of_all) / due for sign in (-1, 1))
    return Chosen(count, share, due, Ratio(share / due, low, high))
