"""Long lists a page at a time, each from behind the last row of the one before: page 1000 is as quick as page 2.

A row's number in the address names where to go on. What comes in or goes meanwhile shifts nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, literal, tuple_
from sqlalchemy.orm import Session

Row = TypeVar("Row")


@dataclass(frozen=True)
class Start:
    """Where a page begins: behind one row, or before another; at the start of the list without either."""

    after: int | None = None
    before: int | None = None


@dataclass(frozen=True)
class Part(Generic[Row]):
    """The rows of one page, and the rows before and after which the others lie (None: there are none)."""

    rows: list[Row]
    previous: int | None = None
    following: int | None = None


def part_of(
    session: Session, query: Select[Row], order: Sequence[Any], number: Any, start: Start, most: int
) -> Part[Row]:
    """Return a page of `query` by the columns of `order`, all ascending and never null, and by `number`, the row's own.

    A row that is not in the list any more begins it anew.
    """
    anchor = start.before or start.after
    keys = [*order, number]
    here = session.execute(query.with_only_columns(*keys).where(number == anchor)).first() if anchor else None
    is_back = here is not None and start.before is not None
    if here is not None:
        last = tuple_(*(literal(value, key.type) for key, value in zip(keys, here, strict=True)))
        query = query.where(tuple_(*keys) < last if is_back else tuple_(*keys) > last)
    ordered = query.order_by(*(key.desc() if is_back else key for key in keys)).limit(most + 1)
    found = list(session.scalars(ordered))
    rows, is_more = found[:most], len(found) > most
    if is_back:
        rows.reverse()
    if not rows:
        return Part([])
    has_before, has_after = (is_more, True) if is_back else (here is not None, is_more)
    return Part(rows, rows[0].id if has_before else None, rows[-1].id if has_after else None)  # type: ignore[attr-defined]
