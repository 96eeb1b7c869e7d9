"""Long lists a page at a time, each from behind the last row of the one before: page 1000 is as quick as page 2.

A row's number in the address names where to go on. What comes in or goes meanwhile shifts nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import BindParameter, Select, bindparam, literal, select, tuple_
from sqlalchemy.orm import Session

Row = TypeVar("Row")
Columns = Select[*tuple[Any, ...]]
NUMBERS: BindParameter[Any] = bindparam("numbers", expanding=True)  # of the rows that are shown


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
    session: Session,
    query: Select[Row],
    order: Sequence[Any],
    number: Any,
    start: Start,
    most: int,
    newest_first: bool = False,
    beside: Sequence[Any] = (),
    shown_by: Columns | None = None,
) -> Part[Row]:
    """Return a page of `query`, as `numbers_of` finds it.

    `beside` says what is loaded with the rows that are shown. A list that prints columns alone says by which query of
    its `numbers` they are read, `id` among them: an object for each row takes several times as long.
    """
    found = numbers_of(session, query, order, number, start, most, newest_first)
    if not found.rows:
        return Part([])
    rows = _rows(session, number, found.rows, beside) if shown_by is None else _columns(session, shown_by, found.rows)
    return Part(rows, found.previous, found.following)


def numbers_of(
    session: Session,
    query: Select[Any],
    order: Sequence[Any],
    number: Any,
    start: Start,
    most: int,
    newest_first: bool = False,
) -> Part[int]:
    """Return the numbers of the rows on a page of `query` by the columns of `order`, never null, and by `number`.

    All of them ascend, or all descend. A row that is not in the list any more begins it anew.
    """
    anchor = start.before or start.after
    keys = [*order, number]
    here = session.execute(query.with_only_columns(*keys).where(number == anchor)).first() if anchor else None
    is_back = here is not None and start.before is not None
    falls = is_back != newest_first
    narrowed = query.with_only_columns(number)
    if here is not None:
        last = tuple_(*(literal(value, key.type) for key, value in zip(keys, here, strict=True)))
        narrowed = narrowed.where(tuple_(*keys) < last if falls else tuple_(*keys) > last)
    found = list(session.scalars(_ordered(narrowed, keys, falls, most)))
    return _part(found, most, is_back, here is not None)


def first_numbers(query: Select[Any], order: Sequence[Any], number: Any, most: int) -> Select[int]:
    """Return the statement by which `numbers_of` finds the first page, for who keeps it."""
    return _ordered(query.with_only_columns(number), [*order, number], False, most)


def first_part(found: Sequence[int], most: int) -> Part[int]:
    """Return what `numbers_of` does, from what that statement found."""
    return _part(list(found), most, False, False)


def _ordered(narrowed: Select[int], keys: Sequence[Any], falls: bool, most: int) -> Select[int]:
    # Numbers first: what has to be sorted stays small, and only what is shown is read.
    return narrowed.order_by(*(key.desc() if falls else key for key in keys)).limit(most + 1)


def _part(found: list[int], most: int, is_back: bool, is_within: bool) -> Part[int]:
    shown, is_more = found[:most], len(found) > most
    if is_back:
        shown.reverse()
    if not shown:
        return Part([])
    has_before, has_after = (is_more, True) if is_back else (is_within, is_more)
    return Part(shown, shown[0] if has_before else None, shown[-1] if has_after else None)


def _rows(session: Session, number: Any, shown: list[int], beside: Sequence[Any]) -> list[Any]:
    """Return the rows with these numbers, in their order."""
    # By the numbers alone: with the query's conditions beside them, SQLite looks through the whole list once more.
    query = select(number.class_).where(number.in_(shown)).options(*beside)
    found = {row.id: row for row in session.scalars(query)}
    return [found[one] for one in shown]


def _columns(session: Session, query: Columns, shown: list[int]) -> list[Any]:
    found = {row.id: row for row in session.execute(query, {"numbers": shown})}
    return [found[one] for one in shown]
