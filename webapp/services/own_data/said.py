"""What a person said, and others said of them, as far as their rows hold it: letters to others may quote it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, Table, Text, select
from sqlalchemy.orm import Session

from webapp.models.sealed import Encrypted
from webapp.services.own_data.data_map import data_map


def texts_in(session: Session, rows: dict[Table, ColumnElement[bool]]) -> set[str]:
    """Return all texts in those columns of the person's rows (reach.rows_of) that go when they are erased."""
    found: set[str] = set()
    for table, condition in rows.items():
        mapped = data_map()[table.name]
        columns = [table.c[name] for name in mapped.goes if _holds_texts(table.c[name])]
        if columns and mapped.erasure in ("deleted", "emptied", "held"):
            for row in session.execute(select(*columns).where(condition)):
                found.update(text for value in row for text in _texts(value))
    return found


def _holds_texts(column: Column[Any]) -> bool:
    """Whether people write there what they like; names and titles, on one line, are no texts."""
    return isinstance(column.type, Text | Encrypted | JSON)


def _texts(value: Any) -> Iterator[str]:
    """Yield the texts in what a column holds; a bare word within JSON is a code."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from (text for text in _texts(one) if not text.isidentifier())
