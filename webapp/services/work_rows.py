"""Many assignments at once as plain tuples: what `assignments_frame` asks of an Assignment, no object for each row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from webapp.models import Assignment, AssignmentLanguage, AssignmentSkill, Host
from webapp.portions import NUMBERS, portions

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
    """Return the assignments that meet a condition on Assignment, in the order of their numbers.

    It is asked once. What stands beside assignments is read by their numbers: with a long condition within that of
    another table, PostgreSQL once chose a plan that took a quarter of an hour for 268 of them.
    """
    works = session.execute(select(*COLUMNS).where(condition).order_by(Assignment.id)).all()
    hosts: dict[int, Host] = {}
    for some in portions(sorted({one.host_id for one in works}), NUMBERS):
        hosts |= {host.id: host for host in session.scalars(select(Host).where(Host.id.in_(some)))}
    parts = [_part(session, name, [one.id for one in works]) for name in PARTS]
    return [WorkRow._make((*one, hosts[one.host_id], *(part.get(one.id, ()) for part in parts))) for one in works]


def _part(session: Session, name: str, numbers: list[int]) -> dict[int, list[Any]]:
    """Return one list of every assignment, in the order that the model gives it."""
    relation = getattr(Assignment, name).property
    work = relation.mapper.class_.assignment_id
    found: dict[int, list[Any]] = defaultdict(list)
    for some in portions(numbers, NUMBERS):
        query = select(work, *PARTS[name]).where(work.in_(some)).order_by(*relation.order_by)
        for row in session.execute(query):
            found[row[0]].append(row)
    return found
