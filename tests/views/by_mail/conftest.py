"""An assignment of a host without account, with two people who wait, and the path behind its link."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.factories import AnySession, make_application, make_assignment, make_volunteer
from tests.services.test_debriefs import Tokens
from webapp.models import Application, Assignment, EarlierService, Placement
from webapp.services import ranking
from webapp.services.by_mail import asking


def send_link(session: AnySession, work: Assignment, placement: Placement | None = None) -> str:
    """Send a link, and return the path behind it."""
    tokens = Tokens()
    asking.send_due(session, str)  # what the service itself asked for meanwhile
    asking.ask(session, work, placement)
    asking.send_due(session, tokens.keep)
    session.commit()
    return f"/by-mail/{tokens[-1]}/"


@dataclass
class Waiting:
    """What a host finds behind its link."""

    work: Assignment
    people: list[Application]
    path: str

    def of(self, number: int, rest: str = "") -> str:
        """Return the path of an applicant."""
        return f"{self.path}applicants/{self.people[number].id}{rest}"


@pytest.fixture
def waiting(session: AnySession) -> Waiting:
    work = make_assignment(session)
    services = [EarlierService(country="MM", year=2019, what="ward")]
    first = make_volunteer(session, work.vio, full_name="阿依古丽·买买提", motivation="One nurse.", services=services)
    people = [make_application(session, one, work) for one in (first, make_volunteer(session, work.vio))]
    ranking.rank_assignment(session, work)
    return Waiting(work, people, send_link(session, work))
