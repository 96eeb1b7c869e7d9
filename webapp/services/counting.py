"""Counts: several read in one statement, and those of long lists, which are read to an end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

MOST_COUNTED = 10_000  # counting more takes longer than all the rest of the page
Sums = Select[*tuple[Any, ...]]  # gives one row with a number for each group
Counts = Iterable[Select[int]]  # each gives one row with one number; they are added up


def up_to_most(session: Session, numbers: Select[int]) -> int:
    """Return how many numbers a query finds; beyond MOST_COUNTED one more than that."""
    return session.scalar(counted_to(MOST_COUNTED + 1, numbers)) or 0


def are_more(session: Session, most: int, numbers: Select[int]) -> bool:
    """Whether a query finds more numbers than that; no more of them are read."""
    return (session.scalar(counted_to(most + 1, numbers)) or 0) > most


def counted_to(end: int, numbers: Select[int]) -> Select[int]:
    """Return the count of what a query finds, `end` where that is more."""
    return select(func.count()).select_from(numbers.limit(end).subquery())


def together(counts: Mapping[str, Counts]) -> Sums:
    """Return one statement that gives the sum of each group of counts, under its name."""
    return select(*(_sum(group).label(name) for name, group in counts.items()))


def sums(session: Session, counts: Mapping[str, Counts]) -> dict[str, int]:
    """Return the sum of each group of counts."""
    return dict(session.execute(together(counts)).mappings().one()) if counts else {}


def _sum(group: Counts) -> ColumnElement[int]:
    first, *others = (one.scalar_subquery() for one in group)
    return sum(others, start=first)
