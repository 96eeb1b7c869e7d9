"""Assignments in their thousands: the demonstration's once more and once more, with what hangs on them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from webapp.models import Assignment, AssignmentLanguage, AssignmentSkill, Base

AT_ONCE = 1000
HANGING = (AssignmentSkill, AssignmentLanguage)


def copy(session: Session, number: int) -> None:
    """Add copies of the open assignments until there are `number` in all."""
    work = _table(Assignment)
    given = [dict(row) for row in session.execute(select(work).where(work.c.state == "open")).mappings()]
    there = session.scalar(select(func.count()).select_from(work)) or 0
    for first in range(there, number, AT_ONCE):
        chosen = [given[place % len(given)] for place in range(first, min(number, first + AT_ONCE))]
        bare = [{name: value for name, value in row.items() if name not in ("id", "external_id")} for row in chosen]
        made = insert(work).returning(work.c.id, sort_by_parameter_order=True)
        added = list(session.scalars(made, bare))
        for model in HANGING:
            _copy_hanging(session, _table(model), [row["id"] for row in chosen], added)


def _copy_hanging(session: Session, table: Any, originals: list[int], copies: list[int]) -> None:
    found: dict[int, list[dict[str, Any]]] = {}
    for row in session.execute(select(table).where(table.c.assignment_id.in_(set(originals)))).mappings():
        values = {name: value for name, value in row.items() if name != "id"}
        found.setdefault(row["assignment_id"], []).append(values)
    pairs = zip(originals, copies, strict=True)
    rows = [{**values, "assignment_id": made} for original, made in pairs for values in found.get(original, ())]
    if rows:
        session.execute(insert(table), rows)


def _table(model: type[Base]) -> Any:
    return model.__table__
