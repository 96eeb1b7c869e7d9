"""An office at work: a VIO with a coordinator, an open assignment, and people inside and outside who match it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.browser import Visitor
from tests.factories import (
    PASSWORD,
    AnySession,
    make_assignment,
    make_host,
    make_user,
    make_vio,
    make_volunteer,
)
from webapp.models import Assignment, Host, Match, User, Vio, Volunteer
from webapp.services import ranking


@dataclass
class Office:
    """What the tests of these pages share."""

    session: AnySession
    vio: Vio
    coordinator: User
    host: Host
    assignment: Assignment
    own: Volunteer
    unclaimed: Volunteer
    elsewhere: Volunteer  # of another VIO, open to all
    visitor: Visitor

    def match(self, volunteer: Volunteer, assignment: Assignment | None = None) -> Match:
        """Return the current match of someone."""
        wanted = (assignment or self.assignment).id
        query = self.session.query(Match).filter_by(assignment_id=wanted, volunteer_id=volunteer.id, is_current=True)
        return query.one()

    def rank(self) -> None:
        """Rank the assignment and keep everything for the next request."""
        ranking.rank_assignment(self.session, self.assignment)
        self.session.commit()


@pytest.fixture
def office(session: AnySession, visit: Callable[[], Visitor]) -> Office:
    """Return an office whose coordinator is signed in."""
    vio = make_vio(session, name="Anatolian Volunteers")
    coordinator = make_user(session, "coordinator", vio, display_name="Defne")
    host = make_host(session, vio, name="Lake Clinic")
    assignment = make_assignment(session, host, title="Nurse at the lake")
    own = make_volunteer(session, vio, full_name="Sevda Yıldız", experience="I am Sevda and nursed in Van.")
    unclaimed = make_volunteer(session, vio, full_name="Пётр Лесной", claimed=False)
    elsewhere = make_volunteer(session, full_name="王小明 Wang", open_to_all=True)
    visitor = visit()
    office = Office(session, vio, coordinator, host, assignment, own, unclaimed, elsewhere, visitor)
    office.rank()
    visitor.sign_in(coordinator.email, PASSWORD)
    return office
