"""The assignments of a host with who waits for an answer, a page at a time or the newest few."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Integer, Select, bindparam, func, select
from sqlalchemy.orm import Session, load_only

from webapp.models import Application, Assignment, User
from webapp.services.paging import NUMBERS, Part, Start, part_of

PAGE = 40
# These are put together once: the first page of a host asks them. Of the newest few it shows a title and a state.
_NEWEST = (
    select(Assignment)
    .where(Assignment.host_id == bindparam("host_id"), Assignment.state.in_(bindparam("states", expanding=True)))
    .order_by(Assignment.id.desc())
    .limit(bindparam("most", type_=Integer))
    .options(load_only(Assignment.title, Assignment.state, Assignment.words_to_host))
)
_NUMBER = select(func.count(Assignment.id)).where(Assignment.host_id == bindparam("host_id"))
_COUNTED = (
    select(Application.assignment_id, Application.state, func.count(), func.min(Application.answer_by))
    .where(Application.assignment_id.in_(NUMBERS))
    .group_by(Application.assignment_id, Application.state)
)


@dataclass(frozen=True)
class Summary:
    """An assignment as its host's list shows it, with who waits for an answer and until when."""

    assignment: Assignment
    waiting: int
    shortlisted: int
    answer_by: date | None


def summaries(session: Session, account: User, start: Start) -> Part[Summary]:
    """Return a page of the organization's assignments with their applications counted, newest first."""
    found = part_of(session, _own(account), [], Assignment.id, start, PAGE, newest_first=True)
    return Part(_summed(session, found.rows), found.previous, found.following)


def newest(session: Session, account: User, states: Sequence[str], most: int) -> list[Summary]:
    """Return the newest of the organization's assignments in some states."""
    here = {"host_id": account.host_id, "states": states, "most": most}
    return _summed(session, session.scalars(_NEWEST, here).all())


def count(session: Session, account: User) -> int:
    """Return how many assignments the organization has."""
    return session.scalar(_NUMBER, {"host_id": account.host_id}) or 0


def _own(account: User) -> Select[Assignment]:
    return select(Assignment).where(Assignment.host_id == account.host_id)


def _summed(session: Session, found: Sequence[Assignment]) -> list[Summary]:
    counts = _counts(session, [one.id for one in found])
    none: tuple[int, date | None] = (0, None)
    return [
        Summary(
            assignment,
            waiting=counts.get((assignment.id, "submitted"), none)[0],
            shortlisted=counts.get((assignment.id, "shortlisted"), none)[0],
            answer_by=counts.get((assignment.id, "submitted"), none)[1],
        )
        for assignment in found
    ]


def _counts(session: Session, ids: Sequence[int]) -> dict[tuple[int, str], tuple[int, date | None]]:
    found = session.execute(_COUNTED, {"numbers": ids}) if ids else ()
    return {(assignment_id, state): (number, first) for assignment_id, state, number, first in found}
