"""What an assignment says, and what it said each time it was sent for review: kept, so that a change can be seen."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Date, select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Assignment, AssignmentLanguage, AssignmentSkill, AssignmentVersion, MoneyLine, TeamRole
from webapp.services import training
from webapp.services.coach import coaching_of

# Columns in which the host says nothing: keys, states, times, and others' words.
NOT_SAID = frozenset(
    {"id", "vio_id", "host_id", "external_id", "state", "assumed", "words_to_host", "created_at", "updated_at"}
    | {"submitted_at", "published_at"}
)
LISTS: dict[str, type[AssignmentSkill] | type[AssignmentLanguage] | type[MoneyLine]] = {
    "skills": AssignmentSkill,
    "languages": AssignmentLanguage,
    "money": MoneyLine,
}
ROW_KEYS = frozenset({"id", "assignment_id"})
NOT_OF_TEAM = ROW_KEYS | {"by_host"}  # how far the host has filled it changes while it runs


def columns_of(row: Any, without: Collection[str]) -> dict[str, Any]:
    """Return the values of a row's columns; lists are copied so that two rows never share one."""
    names = [column.key for column in row.__mapper__.column_attrs if column.key not in without]
    values = {name: getattr(row, name) for name in names}
    return {name: list(value) if isinstance(value, list) else value for name, value in values.items()}


def keep(session: Session, assignment: Assignment) -> AssignmentVersion:
    """Keep what the assignment says now as its next version, with what the coach gives it."""
    session.flush()  # defaults of the columns come with it
    last = _last(session, assignment)
    version = AssignmentVersion(
        assignment_id=assignment.id,
        number=last.number + 1 if last else 1,
        says=_says(assignment),
        score=coaching_of(assignment).score,
        host_trained=training.is_trained(session, assignment.host),
        kept_at=clock.now(),
        waiver_reason="",
    )
    session.add(version)
    session.flush()
    return version


def standing(session: Session, assignment: Assignment) -> AssignmentVersion:
    """Return the version that says what the assignment says now; one is kept where none does."""
    last = _last(session, assignment)
    return last if last is not None and last.says == _says(assignment) else keep(session, assignment)


def versions_of(session: Session, assignment: Assignment) -> list[AssignmentVersion]:
    """Return the versions of an assignment, the first one first."""
    query = select(AssignmentVersion).where(AssignmentVersion.assignment_id == assignment.id)
    return list(session.scalars(query.order_by(AssignmentVersion.number)))


def to_compare(assignment: Assignment, versions: Sequence[AssignmentVersion]) -> AssignmentVersion | None:
    """Return the version that a reader compares with: the last one, but not the one that waits for review itself."""
    earlier = versions[:-1] if assignment.state == "submitted" else versions
    return earlier[-1] if earlier else None


def as_sent(assignment: Assignment, version: AssignmentVersion) -> Assignment:
    """Return the assignment as `version` says it: a row to read and throw away, never one to store."""
    columns = Assignment.__table__.columns
    said = {name: value for name, value in version.says.items() if name in columns}
    for name, value in said.items():
        if isinstance(columns[name].type, Date) and value:
            said[name] = date.fromisoformat(value)
    sent = Assignment(**said)
    for name, kind in LISTS.items():
        getattr(sent, name).extend(kind(**row) for row in version.says[name])
    sent.team.extend(TeamRole(**row, by_host=0) for row in version.says.get("team", []))
    sent.host, sent.vio = assignment.host, assignment.vio
    return sent


def _last(session: Session, assignment: Assignment) -> AssignmentVersion | None:
    query = select(AssignmentVersion).where(AssignmentVersion.assignment_id == assignment.id)
    return session.scalars(query.order_by(AssignmentVersion.number.desc()).limit(1)).first()


def _says(assignment: Assignment) -> dict[str, Any]:
    columns = columns_of(assignment, NOT_SAID)
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in columns.items()}
    lists = {name: [columns_of(row, ROW_KEYS) for row in getattr(assignment, name)] for name in LISTS}
    team = [columns_of(role, NOT_OF_TEAM) for role in assignment.team]
    return {**plain, **lists, **({"team": team} if team else {})}
