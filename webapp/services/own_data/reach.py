"""Which rows are a person's, by the ways of the data map."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Table, false, or_, select
from sqlalchemy.orm import Session

from webapp.models import Base, User, Volunteer
from webapp.services.own_data.data_map import data_map


def rows_of(session: Session, account: User, volunteer: Volunteer | None) -> dict[Table, ColumnElement[bool]]:
    """Return for each table with a way to the person the condition of their rows, parents before children."""
    found: dict[Table, ColumnElement[bool]] = {}
    ids: dict[str, list[int]] = {"user": [account.id], "volunteer": [volunteer.id] if volunteer else []}
    for table in Base.metadata.sorted_tables:
        way = data_map()[table.name].way
        if not way:
            continue
        found[table] = or_(false(), *(table.c[name].in_(ids[_leads_to(table, name)]) for name in way))
        if table.name not in ids and "id" in table.c:
            ids[table.name] = list(session.scalars(select(table.c.id).where(found[table])))
    return found


def _leads_to(table: Table, name: str) -> str:
    """Return the table that a column points at; itself for the row of the person."""
    if name == "id":
        return table.name
    return next(iter(table.c[name].foreign_keys)).column.table.name
