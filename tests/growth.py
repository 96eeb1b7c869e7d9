"""A database that has grown: every row once more, hung on what is kept as it is, so that some lists double.

Rows that cannot stand twice (a person has one account, a pair one live application) stay single, and what hangs on
them hangs on the one that there is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from typing import Any

from sqlalchemy import Column, Connection, Insert, Table, UniqueConstraint, func, insert, select, text
from sqlalchemy.exc import DataError, IntegrityError

from tests.databases import count_on
from webapp.models import Base

# What an installation has few of, however long it runs.
FEW = frozenset({"role", "vio", "safeguarding", "escalation_step", "score_model", "partnership", "question_set"})
MOST = 300  # rows copied of one table, the newest
NUMBERED = frozenset({"assignment_versions", "agreement", "wording"})  # their numbers go on, whoever they belong to
AFTER = 1000

Row = dict[str, Any]
Copies = dict[str, dict[int, int]]  # by table: the number of a row, that of its copy


def grow(connection: Connection, kept: Collection[str]) -> Copies:
    """Copy the rows of all tables but those `kept`; return which row became which."""
    is_postgresql = connection.dialect.name == "postgresql"
    if is_postgresql:
        connection.execute(
            text("SET LOCAL session_replication_role = replica")
        )  # no trigger takes a copy for a forgery
    copies: Copies = {}
    for table in Base.metadata.sorted_tables:
        if table.name not in FEW and table.name not in kept:
            copies[table.name] = _copy(connection, table, copies)
            if is_postgresql and copies[table.name]:
                count_on(connection, table)
    return copies


def _copy(connection: Connection, table: Table, copies: Copies) -> dict[int, int]:
    own = _own_number(table)
    last = connection.scalar(select(func.max(own))) or 0 if own is not None else 0
    made: dict[int, int] = {}
    for row in list(connection.execute(select(table)).mappings())[-MOST:]:
        copied = _copied(table, dict(row), copies)
        if own is not None:
            copied[own.name] = last + len(made) + 1
        if _is_added(connection, insert(table).values(**copied)) and own is not None:
            made[row[own.name]] = copied[own.name]
    return made


def _is_added(connection: Connection, row: Insert) -> bool:
    """Insert a row, unless a rule of its table is against it."""
    if connection.dialect.name == "sqlite":
        return bool(connection.execute(row.prefix_with("OR IGNORE")).rowcount)
    with suppress(DataError, IntegrityError), connection.begin_nested():
        connection.execute(row)
        return True
    return False


def _own_number(table: Table) -> Column[int] | None:
    first, *others = table.primary_key.columns
    return first if not others and not first.foreign_keys else None


def _copied(table: Table, row: Row, copies: Copies) -> Row:
    """Return the row with what it belongs to replaced by the copies, and its marks by others."""
    for column in table.columns:
        for key in column.foreign_keys:
            row[column.name] = copies.get(key.column.table.name, {}).get(row[column.name], row[column.name])
    if "subject_kind" in row:
        row["subject_id"] = copies.get(row["subject_kind"], {}).get(row["subject_id"], row["subject_id"])
    for name, is_alone in _single(table):
        if isinstance(row[name], str) and (is_alone or name == "external_id"):
            row[name] = f"a{row[name]}"
        elif name == "number" and table.name in NUMBERED:
            row[name] += AFTER
        elif name == "user_id" and table.name == "volunteer" and "user" not in copies:
            row[name] = None  # the copy of a person is one without an account
    return row


def _single(table: Table) -> Iterator[tuple[str, bool]]:
    """Yield the columns that rules of uniqueness name, and whether a rule names it alone."""
    rules: list[Any] = [*table.constraints, *table.indexes]
    for rule in rules:
        if isinstance(rule, UniqueConstraint) or getattr(rule, "unique", False):
            names = [column.name for column in rule.columns]
            yield from ((name, len(names) == 1) for name in names)
