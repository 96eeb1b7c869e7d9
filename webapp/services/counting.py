"""Counts that stand beside one another, read in one statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

Counts = Iterable[Select[int]]  # each gives one row with one number; they are added up


def together(counts: Mapping[str, Counts]) -> Select[int]:
    """Return one statement that gives the sum of each group of counts, under its name."""
    return select(*(_sum(group).label(name) for name, group in counts.items()))


def sums(session: Session, counts: Mapping[str, Counts]) -> dict[str, int]:
    """Return the sum of each group of counts."""
    return dict(session.execute(together(counts)).mappings().one()) if counts else {}


def _sum(group: Counts) -> ColumnElement[int]:
    first, *others = (one.scalar_subquery() for one in group)
    return sum(others, start=first)
