"""A volunteer who is signed in, with openings around."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.browser import Visitor
from tests.factories import PASSWORD, AnySession, make_assignment, make_host, make_vio, make_volunteer
from webapp.models import Assignment, Host, Volunteer
from webapp.services import ranking


@dataclass
class Traveller:
    """What the tests of these pages share."""

    session: AnySession
    volunteer: Volunteer
    host: Host
    assignment: Assignment  # fits her
    visitor: Visitor


@pytest.fixture
def traveller(session: AnySession, visit: Callable[[], Visitor]) -> Traveller:
    """Return a nurse with French who is signed in, and work in Kenya that fits her."""
    vio = make_vio(session)
    host = make_host(session, vio)
    assignment = make_assignment(
        session,
        host,
        title="A ward in Kisumu",
        plain_day="You walk to the ward at seven.",
        hardest_thing="The nights are short.",
        lodging="a room of your own",
        community_dispute="A quarrel about the well.",
    )
    volunteer = make_volunteer(session, vio, full_name="Ыйман Асанова", call_me="Yiman")
    ranking.rank_volunteer(session, volunteer)
    session.commit()
    visitor = visit()
    assert volunteer.user is not None
    visitor.sign_in(volunteer.user.email, PASSWORD)
    return Traveller(session, volunteer, host, assignment, visitor)


@pytest.fixture
def newcomer(session: AnySession, visit: Callable[[], Visitor], traveller: Traveller) -> Traveller:
    """Return somebody who has just registered and said nothing."""
    volunteer = make_volunteer(
        session,
        traveller.volunteer.vio,
        skills={},
        languages={},
        countries=(),
        residence=None,
        on_site=None,
        online=None,
    )
    volunteer.windows = []
    ranking.rank_volunteer(session, volunteer)
    session.commit()
    visitor = visit()
    assert volunteer.user is not None
    visitor.sign_in(volunteer.user.email, PASSWORD)
    return Traveller(session, volunteer, traveller.host, traveller.assignment, visitor)
