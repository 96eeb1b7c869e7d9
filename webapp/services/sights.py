"""What an account may see of the people of a whole list, read in one query and not in one for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.models import Application, Assignment, User, Volunteer
from webapp.services.person_relations import Newest
from webapp.services.visibility import Sight, sight_of


class About(Protocol):
    """A row about a person and an assignment: an application, an offer, a placement, an invitation."""

    volunteer_id: int
    assignment_id: int
    volunteer: Volunteer
    assignment: Assignment


def sights_of(session: Session, account: User, rows: Sequence[About]) -> list[Sight]:
    """Return for each row what `visibility.sight_of` says of its person."""
    newest = _newest(session, rows)
    return [sight_of(session, account, row.volunteer, row.assignment, newest=newest) for row in rows]


def _newest(session: Session, rows: Sequence[About]) -> Newest:
    """Return the newest application of every pair of person and assignment."""
    of_people = Application.volunteer_id.in_({row.volunteer_id for row in rows})
    to_works = Application.assignment_id.in_({row.assignment_id for row in rows})
    last = select(func.max(Application.id)).where(of_people, to_works)
    last = last.group_by(Application.volunteer_id, Application.assignment_id)
    found = session.scalars(select(Application).where(Application.id.in_(last)))
    return {(one.volunteer_id, one.assignment_id): one for one in found}
