"""Assignments in their thousands: the demonstration's once more and once more, with what hangs on them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from webapp.models import Assignment, AssignmentLanguage, AssignmentSkill, Base, Match, Volunteer
from webapp.portions import portions

AT_ONCE = 1000
PORTION = 100  # assignments, each with a hundred matches
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


def match(session: Session, ranked: int) -> None:
    """Give every other open assignment of an office as many current matches as its ranked one has, of its own people.

    They are written as a ranking of everything leaves them, with the scores and reasons of the ranked one's.
    """
    table = _table(Match)
    given = [
        {name: value for name, value in row.items() if name != "id"}
        for row in session.execute(
            select(table).where(table.c.assignment_id == ranked, table.c.is_current, table.c.status == "eligible")
        ).mappings()
    ]
    vio_id = session.get_one(Assignment, ranked).vio_id
    mine = select(Assignment.id).where(Assignment.vio_id == vio_id, Assignment.state == "open", Assignment.id != ranked)
    works = session.scalars(mine.order_by(Assignment.id)).all()
    people = session.scalars(select(Volunteer.id).where(Volunteer.vio_id == vio_id).order_by(Volunteer.id)).all()
    if not 0 < len(given) <= len(people):
        raise RuntimeError(f"{len(given)} matches cannot be spread over {len(people)} people")
    session.execute(update(table).where(table.c.assignment_id.in_(mine)).values(is_current=False))
    for some in portions(list(enumerate(works)), PORTION):
        rows = [
            {**row, "assignment_id": work, "volunteer_id": people[(number * len(given) + place) % len(people)]}
            for number, work in some
            for place, row in enumerate(given)
        ]
        session.execute(insert(table), rows)
