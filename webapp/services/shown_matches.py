"""The current matches of an assignment with people who may be shown now, and what is told of all of them together.

The statements are kept: putting one together takes longer than sending it. They hold numbers and no rows.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from sqlalchemy import Executable, Select, and_, func, select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Assignment, Match, User, Volunteer, VolunteerLanguage
from webapp.services.person_conditions import Light, sees
from webapp.services.person_relations import within_reach
from webapp.services.spelled_out import for_database

BUILT = 100  # assignments
Reader = tuple[int, str, int | None, tuple[str, ...]]  # number, role, VIO and delegated countries of an account


def shown(assignment: Assignment) -> Select[Match]:
    """Return the query of current matches with people who may be shown now."""
    return _shown_of(assignment.id, assignment.vio_id, clock.today())


def count_by_status(session: Session, assignment: Assignment) -> dict[str, int]:
    """Return how many eligible and near matches may be shown now."""
    connection = session.connection()
    counts = _counts(assignment.id, assignment.vio_id, clock.today(), connection.dialect.name)
    return {"eligible": 0, "near": 0, **dict(connection.execute(counts).all())}


def languages_spoken(session: Session, account: User, assignment: Assignment) -> list[str]:
    """Return the languages of the people in the list whose profile the account may read, for the filter."""
    connection = session.connection()
    reader = (account.id, account.role, account.vio_id, tuple(account.delegated or ()))
    spoken = _spoken(reader, assignment.id, assignment.vio_id, clock.today(), connection.dialect.name)
    return sorted(connection.execute(spoken).scalars())


@lru_cache(maxsize=BUILT)
def _shown_of(assignment_id: int, vio_id: int, today: date) -> Select[Match]:
    reach = within_reach(assignment_id, vio_id, today)
    is_shown = and_(Match.assignment_id == assignment_id, Match.is_current, reach)
    return select(Match).join(Volunteer, Volunteer.id == Match.volunteer_id).where(is_shown)


@lru_cache(maxsize=BUILT)
def _counts(assignment_id: int, vio_id: int, today: date, database: str) -> Executable:
    shown = _shown_of(assignment_id, vio_id, today)
    return for_database(shown.with_only_columns(Match.status, func.count(Match.id)).group_by(Match.status), database)


@lru_cache(maxsize=BUILT)
def _spoken(reader: Reader, assignment_id: int, vio_id: int, today: date, database: str) -> Executable:
    account_id, role, of_vio, delegated = reader
    account = User(id=account_id, role=role, vio_id=of_vio, delegated=list(delegated))  # stand-ins bear the numbers
    may_be_read = sees("profile", Light(account, Assignment(id=assignment_id, vio_id=vio_id), today))
    people = _shown_of(assignment_id, vio_id, today).where(may_be_read).with_only_columns(Match.volunteer_id)
    spoken = select(VolunteerLanguage.language).where(VolunteerLanguage.volunteer_id.in_(people)).distinct()
    return for_database(spoken, database)
