"""Rows of any table as lines of JSON, and back, alike from SQLite and PostgreSQL."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Column, Connection, Double, Float, Numeric, Table, Text, cast, null, select

READ_AT_ONCE = 2_000
# What JSON has no sign for is told apart by a key that no stored text can be mistaken for: texts are plain strings.
MOMENT, DAY, BYTES, NUMBER = "moment", "day", "bytes", "number"


def lines_of(connection: Connection, table: Table) -> Iterator[bytes]:
    """Yield each row of a table as a line, in the order of its key; the rows are not held in memory together."""
    columns = [cast(one, Text).label(one.name) if _is_json(one) else one for one in table.columns]
    query = select(*columns).order_by(*table.primary_key.columns)
    result = connection.execution_options(yield_per=READ_AT_ONCE).execute(query)
    for row in result:
        yield json.dumps([_told(value) for value in row], ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def insert_lines(connection: Connection, table: Table, names: list[str], lines: Iterable[bytes]) -> int:
    """Insert rows whose columns are `names`, and return how many; the caller decides on the transaction."""
    columns = [table.columns[name] for name in names]
    count, batch = 0, []
    for line in lines:
        values = json.loads(line)
        batch.append({one.name: _meant(one, value) for one, value in zip(columns, values, strict=True)})
        if len(batch) == READ_AT_ONCE:
            count += _insert(connection, table, batch)
    return count + _insert(connection, table, batch)


def _insert(connection: Connection, table: Table, batch: list[dict[str, Any]]) -> int:
    number = len(batch)
    if batch:
        connection.execute(table.insert(), batch)
        batch.clear()
    return number


def _told(value: Any) -> Any:
    if isinstance(value, datetime):
        return {MOMENT: (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat()}
    if isinstance(value, date):
        return {DAY: value.isoformat()}
    if isinstance(value, bytes | memoryview):
        return {BYTES: base64.b64encode(value).decode()}
    if isinstance(value, Decimal):
        return {NUMBER: str(value)}
    return value


def _meant(column: Column[Any], value: Any) -> Any:
    """Return what `_told` was given; a JSON column's text as its value, in which null is not the same as nothing."""
    if _is_json(column):
        return null() if value is None else (JSON.NULL if value == "null" else json.loads(value))
    if isinstance(value, dict):
        return _READERS[next(iter(value))](next(iter(value.values())))
    if isinstance(value, int) and isinstance(column.type, Float | Double | Numeric) and not _is_whole(column):
        return float(value)
    return value


_READERS: dict[str, Any] = {
    MOMENT: datetime.fromisoformat,
    DAY: date.fromisoformat,
    BYTES: base64.b64decode,
    NUMBER: Decimal,
}


def _is_json(column: Column[Any]) -> bool:
    return isinstance(column.type, JSON)


def _is_whole(column: Column[Any]) -> bool:
    return column.type.python_type is int
