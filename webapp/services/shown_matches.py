"""The current matches of an assignment with people who may be shown now, and what is told of all of them together.

The statements are kept: putting one together takes longer than sending it. They hold numbers and no rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import Executable, Integer, Select, String, and_, cast, func, null, select, union_all
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Application, Assignment, Match, User, Volunteer, VolunteerLanguage
from webapp.models.applications import LIVE_APPLICATION_STATES
from webapp.services.person_conditions import Light, sees
from webapp.services.person_relations import within_reach
from webapp.services.spelled_out import for_database

BUILT = 100  # assignments
Reader = tuple[int, str, int | None, tuple[str, ...]]  # number, role, VIO and delegated countries of an account


def shown(assignment: Assignment) -> Select[Match]:
    """Return the query of current matches with people who may be shown now."""
    return shown_of(assignment.id, assignment.vio_id, clock.today())


def count_by_status(session: Session, assignment: Assignment) -> dict[str, int]:
    """Return how many eligible and near matches may be shown now."""
    connection = session.connection()
    counts = _counts(assignment.id, assignment.vio_id, clock.today(), connection.dialect.name)
    return {"eligible": 0, "near": 0, **dict(connection.execute(counts).all())}


@dataclass(frozen=True)
class Around:
    """What the list of an assignment's matches says around its rows."""

    counts: Mapping[str, int]  # eligible and near matches that may be shown now
    languages: tuple[str, ...]  # of the people in the list whose profile the account may read, for the filter
    without_match: Sequence[Application]  # live applications of people whom no current match suggests


def around(session: Session, account: User, assignment: Assignment) -> Around:
    """Return what is told of all matches of an assignment together; who may be shown is found out once for it."""
    connection = session.connection()
    reader = (account.id, account.role, account.vio_id, tuple(account.delegated or ()))
    query = _around(reader, assignment.id, assignment.vio_id, clock.today(), connection.dialect.name)
    counts, languages, applied = {"eligible": 0, "near": 0}, [], []
    for status, language, number in connection.execute(query):
        if status is not None:
            counts[status] = number
        elif language is not None:
            languages.append(language)
        else:
            applied.append(number)
    return Around(counts, tuple(sorted(languages)), _applications(session, applied) if applied else ())


def applicants_without_match(session: Session, assignment: Assignment) -> Sequence[Application]:
    """Return live applications of people whom no current match suggests; they are never lost."""
    matched = shown(assignment).with_only_columns(Match.volunteer_id)
    return _applications(session, list(session.scalars(_unmatched(assignment.id, matched))))


def _applications(session: Session, numbers: Sequence[int]) -> Sequence[Application]:
    return session.scalars(select(Application).where(Application.id.in_(numbers)).order_by(Application.id)).all()


def _unmatched(assignment_id: int, matched: Select[int]) -> Select[int]:
    return select(Application.id).where(
        Application.assignment_id == assignment_id,
        Application.state.in_(LIVE_APPLICATION_STATES),
        Application.volunteer_id.not_in(matched),
    )


@lru_cache(maxsize=BUILT)
def shown_of(assignment_id: int, vio_id: int, today: date) -> Select[Match]:
    """Return the same by the numbers of an assignment and its VIO."""
    reach = within_reach(assignment_id, vio_id, today)
    is_shown = and_(Match.assignment_id == assignment_id, Match.is_current, reach)
    return select(Match).join(Volunteer, Volunteer.id == Match.volunteer_id).where(is_shown)


@lru_cache(maxsize=BUILT)
def _counts(assignment_id: int, vio_id: int, today: date, database: str) -> Executable:
    shown = shown_of(assignment_id, vio_id, today)
    return for_database(shown.with_only_columns(Match.status, func.count(Match.id)).group_by(Match.status), database)


@lru_cache(maxsize=BUILT)
def _around(reader: Reader, assignment_id: int, vio_id: int, today: date, database: str) -> Executable:
    """Return the statement for rows of status, language and number: a count, a language or an application each."""
    account_id, role, of_vio, delegated = reader
    account = User(id=account_id, role=role, vio_id=of_vio, delegated=list(delegated))  # stand-ins bear the numbers
    may_be_read = sees("profile", Light(account, Assignment(id=assignment_id, vio_id=vio_id), today))
    columns = Match.status, Match.volunteer_id, may_be_read.label("is_read")
    here = shown_of(assignment_id, vio_id, today).with_only_columns(*columns).cte("here").c
    no_word, no_number = cast(null(), String), cast(null(), Integer)
    counted = select(here.status, no_word.label("language"), func.count().label("number")).group_by(here.status)
    read = VolunteerLanguage.volunteer_id.in_(select(here.volunteer_id).where(here.is_read))
    spoken = select(no_word, VolunteerLanguage.language, no_number).where(read).distinct()
    applied = _unmatched(assignment_id, select(here.volunteer_id)).with_only_columns(no_word, no_word, Application.id)
    return for_database(union_all(counted, spoken, applied), database)
