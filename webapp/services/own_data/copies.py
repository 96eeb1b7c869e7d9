"""Everything about me: what is kept of a person, table by table, with scores and reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Assignment, Host, KeptInput, Scorecard, User, Vio, Volunteer
from webapp.services import audit
from webapp.services.own_data.data_map import Mapped, data_map
from webapp.services.own_data.reach import rows_of
from webapp.services.recruitment import keeping
from webapp.services.replay import reading

# Rows that carry the number of one of these also tell its name.
NAMED: dict[str, tuple[Any, Any]] = {
    "assignment": (Assignment.id, Assignment.title),
    "vio": (Vio.id, Vio.name),
    "host": (Host.id, Host.name),
}


@dataclass(frozen=True)
class Part:
    """What one table keeps of the person; a row is column -> value, with dates as ISO 8601."""

    table: str
    why: str
    kept: str
    rows: list[dict[str, Any]]


def copy_of(session: Session, account: User, volunteer: Volunteer | None) -> list[Part]:
    """Return what is kept of the account and the volunteer, and leave a line that a copy was taken."""
    parts = []
    for table, condition in rows_of(session, account, volunteer).items():
        mapped = data_map()[table.name]
        rows = _rows(session, account, table, mapped, condition) if mapped.copy else []
        if rows:
            parts.append(Part(table.name, mapped.why, mapped.kept, rows))
    audit.record(session, account, "own_data_copied", account)
    return parts


def as_json(account: User, parts: list[Part]) -> dict[str, Any]:
    """Return a copy as machines read it; data/README.md describes it."""
    return {
        "format": "caravanserai-own-data-1",
        "made_at": clock.now().isoformat(timespec="seconds"),
        "account": account.email,
        "tables": {one.table: {"why": one.why, "kept": one.kept, "rows": one.rows} for one in parts},
    }


def _rows(
    session: Session, account: User, table: Table, mapped: Mapped, condition: ColumnElement[bool]
) -> list[dict[str, Any]]:
    where = [condition]
    for name, value in mapped.copy_if.items():
        where.append(table.c[name] == (account.id if value == "me" else value))
    if mapped.copy_once_ended:
        where.append(_of_ended(table))
    columns: list[Any] = [table.c[name] for name in (*mapped.facts, *mapped.goes)]
    columns += [_name(table.c[name], target) for name, target in _named(table)]
    query = select(*columns).where(and_(*where))
    if table.name == KeptInput.__tablename__:
        query = query.add_columns(table.c.sealed)
    found = session.execute(query.order_by(*table.primary_key.columns)).mappings()
    return [{name: _plain(value) for name, value in _opened(session, dict(row)).items()} for row in found]


def _of_ended(table: Table) -> ColumnElement[bool]:
    """Return the condition that the application has ended: before, scores are between those who judge."""
    ended = keeping.ended(clock.now())
    if "application_id" in table.c:
        return table.c.application_id.in_(ended)
    return table.c.card_id.in_(select(Scorecard.id).where(Scorecard.application_id.in_(ended)))


def _opened(session: Session, row: dict[str, Any]) -> dict[str, Any]:
    """Put what was kept of the person for a ranking in the place of what lies encrypted."""
    sealed = row.pop("sealed", None)
    return row if sealed is None else row | {"profile": reading.cells_of(session, sealed)}


def _name(column: ColumnElement[Any], target: str) -> Any:
    """Return what a row calls the thing that its column points at, under the column's name without `_id`."""
    number, name = NAMED[target]
    return select(name).where(number == column).scalar_subquery().label(str(column.key).removesuffix("_id"))


def _named(table: Table) -> list[tuple[str, str]]:
    """Return the columns that point at something with a name, with its table."""
    pairs = [(key.parent.name, key.column.table.name) for key in table.foreign_keys]
    return sorted((name, target) for name, target in pairs if target in NAMED and name in table.c)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, datetime)) else value
