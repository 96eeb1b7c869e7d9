"""Cuts a page out of rows that lie in several tables, from behind or before one spot: each gives its next ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Select, tuple_
from sqlalchemy.orm import Session

from webapp.services.story.lines import Line, Spot

PAGE = 50


@dataclass(frozen=True)
class Cut:
    """Where a page begins: behind `after`, or, going back, before `before`; at the beginning without either."""

    after: Spot | None = None
    before: Spot | None = None
    most: int = PAGE

    @property
    def spot(self) -> Spot | None:
        """Return the spot from which it goes on."""
        return self.before or self.after

    @property
    def is_back(self) -> bool:
        """Whether it goes towards the beginning."""
        return self.before is not None


@dataclass(frozen=True)
class Page:
    """The lines of a page, oldest first, and the spots before and after which the others lie."""

    lines: list[Line]
    previous: Spot | None = None
    following: Spot | None = None


Source = Callable[[Session, Cut], Iterable[Line]]


def page_of(session: Session, sources: Sequence[Source], cut: Cut) -> Page:
    """Return one page over all sources."""
    found = sorted((line for source in sources for line in source(session, cut)), key=lambda line: line.spot)
    is_more = len(found) > cut.most
    lines = found[-cut.most :] if cut.is_back else found[: cut.most]
    if not lines:
        return Page([])
    has_before = is_more if cut.is_back else cut.after is not None
    has_after = True if cut.is_back else is_more
    return Page(lines, lines[0].spot if has_before else None, lines[-1].spot if has_after else None)


def next_rows(session: Session, query: Select[Any], at: Any, row: Any, rank: int, cut: Cut) -> list[Any]:
    """Return the rows of one source that may stand on the page; `at` is its column of moments, or of days."""
    if cut.spot is not None:
        query = query.where(_beyond(at, row, rank, cut.spot, cut.is_back))
    order = (at.desc(), row.desc()) if cut.is_back else (at, row)
    return list(session.scalars(query.order_by(*order).limit(cut.most + 1)))


def moment_of(day: date) -> datetime:
    """Return where a day stands among moments: at its end."""
    return datetime.combine(day, time.max, UTC)


def _beyond(at: Any, row: Any, rank: int, spot: Spot, is_back: bool) -> ColumnElement[bool]:
    """Return the condition that a row of this source lies beyond a spot."""
    value: Any = spot.at
    if at.type.python_type is date:
        value = spot.at.date()
        if moment_of(value) != spot.at:  # the spot's own day ends behind it
            return at < value if is_back else at >= value
    if rank == spot.rank:
        return tuple_(at, row) < (value, spot.row) if is_back else tuple_(at, row) > (value, spot.row)
    if is_back:
        return at <= value if rank < spot.rank else at < value
    return at >= value if rank > spot.rank else at > value
