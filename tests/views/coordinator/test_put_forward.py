"""Putting somebody forward: the partner's assignments are found by their title, however many there are."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories import make_assignment, make_host, make_user, make_vio
from tests.views.coordinator.conftest import Office
from webapp import clock
from webapp.models import Assignment, Partnership, PutForward
from webapp.services import partnerships

OPEN = partnerships.MOST_FOUND + 2
TERMS = {
    "terms": "Two years.",
    "sending_focal_point": "Defne",
    "receiving_focal_point": "Amina",
    "vetting_by": "sending",
    "insurance_by": "sending",
    "support_by": "receiving",
    "costs_by": "shared",
    "shared_parts": ["name", "profile"],
}


@pytest.fixture
def agreed(office: Office) -> Partnership:
    """Return a partnership with an office that has more open assignments than a form lists."""
    other, today = make_vio(office.session, name="Monsoon"), clock.today()
    receiver = make_user(office.session, "coordinator", other)
    days = {"starts_on": today, "ends_on": today + timedelta(days=365)}
    found = partnerships.propose(office.session, office.coordinator, other.id, True, TERMS | days)
    partnerships.agree(office.session, receiver, found)
    host = make_host(office.session, other, name="Rice School")
    for number in range(OPEN):
        make_assignment(office.session, host, title=f"Teacher {number:02}")
    office.session.commit()
    return found


def _asked(office: Office) -> list[str]:
    query = office.session.query(Assignment.title).join(PutForward, PutForward.assignment_id == Assignment.id)
    return [title for (title,) in query]


def test_an_assignment_that_is_not_listed_is_found_by_its_title(office: Office, agreed: Partnership) -> None:
    address, last = f"/coordinator/partnerships/{agreed.id}/put-forward", f"Teacher {OPEN - 1:02}"
    page = office.visitor.get(address)
    assert f"Only the first {partnerships.MOST_FOUND} are listed" in page.text
    assert last not in page.text
    page = office.visitor.get(f"{address}?work={last[3:]}")
    assert "are listed" not in page.text
    number = office.session.query(Assignment).filter_by(title=last).one().id
    office.visitor.submit(page, assignment=str(number), volunteer=str(office.own.id), words="")
    assert _asked(office) == [last]


def test_what_was_chosen_stays_chosen_when_others_are_opened_meanwhile(office: Office, agreed: Partnership) -> None:
    page = office.visitor.get(f"/coordinator/partnerships/{agreed.id}/put-forward")
    chosen = office.session.query(Assignment).filter_by(title=f"Teacher {partnerships.MOST_FOUND - 1:02}").one()
    for number in range(3):
        make_assignment(office.session, chosen.host, title=f"Aid post {number}")
    office.session.commit()
    office.visitor.submit(page, assignment=str(chosen.id), volunteer=str(office.own.id), words="")
    assert _asked(office) == [chosen.title]


def test_who_finds_no_assignment_is_told_to_look_for_another(office: Office, agreed: Partnership) -> None:
    page = office.visitor.get(f"/coordinator/partnerships/{agreed.id}/put-forward?work=zebra")
    assert "No assignment found" in page.text
    assert "Part of the assignment" in page.text
