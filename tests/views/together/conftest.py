"""A placement with a visitor for each of its people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.browser import Page, Visitor
from tests.factories import PASSWORD, AnySession, make_assignment, make_host, make_user, make_vio, make_volunteer
from tests.stays import host_account, make_placement, make_selectable, user_of
from webapp.models import Placement


@dataclass
class Stay:
    """A placement between two VIOs, and who may open it, signed in."""

    session: AnySession
    placement: Placement
    volunteer: Visitor
    host: Visitor
    receiving: Visitor
    sending: Visitor
    emails: dict[str, str]

    def path(self, role: str, rest: str) -> str:
        """Return the address of a shared page under the prefix of a role."""
        return f"/{role}/placements/{self.placement.id}{rest}"

    def open(self, who: str, rest: str, status: int = 200) -> Page:
        """Open a shared page as volunteer, host, receiving or sending coordinator."""
        visitor: Visitor = getattr(self, who)
        role = who if who in ("volunteer", "host") else "coordinator"
        return visitor.get(self.path(role, rest), status=status)


@pytest.fixture
def stay(session: AnySession, visit: Callable[[], Visitor]) -> Stay:
    """Return a placement that is being prepared, from one VIO to another."""
    here, there = make_vio(session), make_vio(session)
    work = make_assignment(session, make_host(session, here, name="Clinique du Lac"), title="A ward in Kisumu")
    person = make_volunteer(session, there, full_name="Ыйман Асанова")
    placement = make_placement(session, make_selectable(session, work, volunteer=person))
    emails = {
        "volunteer": user_of(person).email,
        "host": host_account(session, placement).email,
        "receiving": make_user(session, "coordinator", here).email,
        "sending": make_user(session, "coordinator", there).email,
    }
    session.commit()
    visitors = {name: visit() for name in emails}
    for name, visitor in visitors.items():
        visitor.sign_in(emails[name], PASSWORD)
    return Stay(session, placement, **visitors, emails=emails)
