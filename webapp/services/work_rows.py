"""Many assignments at once as plain tuples: what `assignments_frame` asks of an Assignment, no object for each row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from webapp.models import Assignment, AssignmentLanguage, AssignmentSkill, Host

Rows = Sequence[Any]


class WorkRow(NamedTuple):
    """An assignment under the names that the model has; the lists in the same order, with only the columns of PARTS."""

    id: int
    vio_id: int
    host_id: int
    state: str
    title: str
    tasks: str
    expected_results: str
    skills_text: str
    experience_level: str | None
    country: str | None
    start_on: date | None
    end_on: date | None
    weeks: int | None
    places_international: int
    places_national: int
    places_local: int
    mode: str | None
    hours: int | None
    online_from: str | None
    online_to: str | None
    time_zone: str | None
    sdg_targets: list[str]
    host: Host
    skills: Rows
    languages: Rows


# In the order of the fields above, which are filled from them.
PARTS: Mapping[str, tuple[InstrumentedAttribute[Any], ...]] = {
    "skills": (
        AssignmentSkill.skill,
        AssignmentSkill.level,
        AssignmentSkill.is_essential,
        AssignmentSkill.needs_licence,
    ),
    "languages": (
        AssignmentLanguage.language,
        AssignmentLanguage.level,
        AssignmentLanguage.is_required,
        AssignmentLanguage.for_safety,
    ),
}
COLUMNS = [getattr(Assignment, name) for name in WorkRow._fields[: WorkRow._fields.index("host")]]


def read_works(session: Session, condition: ColumnElement[bool]) -> list[WorkRow]:
    """Return the assignments that meet a condition on Assignment, in the order of their numbers."""
    works = session.execute(select(*COLUMNS).where(condition).order_by(Assignment.id)).all()
    here = select(Assignment.host_id).where(condition)
    hosts = {host.id: host for host in session.scalars(select(Host).where(Host.id.in_(here)))}
    parts = [_part(session, name, condition) for name in PARTS]
    return [WorkRow._make((*one, hosts[one.host_id], *(part.get(one.id, ()) for part in parts))) for one in works]


def _part(session: Session, name: str, condition: ColumnElement[bool]) -> dict[int, list[Any]]:
    """Return one list of every assignment, in the order that the model gives it."""
    relation = getattr(Assignment, name).property
    work = relation.mapper.class_.assignment_id
    here = select(Assignment.id).where(condition)
    query = select(work, *PARTS[name]).where(work.in_(here)).order_by(*relation.order_by)
    found: dict[int, list[Any]] = defaultdict(list)
    for row in session.execute(query):
        found[row[0]].append(row)
    return found
