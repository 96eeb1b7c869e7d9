"""The board, as a coordinator clicks through it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.bonds import make_pair
from tests.factories import make_application, make_user
from tests.stays import KIND_WORDS, make_placement, make_selectable
from tests.views.coordinator.conftest import Office
from webapp import clock
from webapp.models import Mail, TeamRole


def test_what_is_overdue_is_found_kept_as_a_filter_and_its_host_reminded(office: Office) -> None:
    late = make_application(office.session, office.own, office.assignment, answer_by=clock.today() - timedelta(days=2))
    make_application(office.session, office.elsewhere, office.assignment)
    make_placement(office.session, make_selectable(office.session, office.assignment))
    make_user(office.session, "host", office.vio, host_id=office.host.id, email="ward@hosts.example")
    office.session.commit()
    page = office.visitor.get("/coordinator/board")
    assert "overdue since" in page.text and "王小明" in page.text
    page = office.visitor.get("/coordinator/board?overdue=1&text=lake")
    assert "Sevda" in page.text and "王小明" not in page.text
    page = office.visitor.submit(page, name="Late at the lake")
    page = office.visitor.get(page.link("Late at the lake"))
    assert "王小明" not in page.text
    page = office.visitor.submit(page, button="Remind the hosts", pick=f"application-{late.id}")
    assert "goes, with a letter" in page.text
    to_host = office.session.query(Mail).filter_by(to="ward@hosts.example")
    before = to_host.count()
    page = office.visitor.submit(page, action="move")
    assert "1 row is done" in page.text and to_host.count() == before + 1
    page = office.visitor.submit(office.visitor.get("/coordinator/board"), action="remove")
    assert "Late at the lake" not in page.text


def test_people_on_the_shortlist_are_declined_kindly_after_a_look(office: Office) -> None:
    application = make_application(office.session, office.own, office.assignment, state="shortlisted")
    office.session.commit()
    board = office.visitor.get("/coordinator/board")
    page = office.visitor.submit(board, button="Decline kindly", pick=f"application-{application.id}")
    assert application.state == "shortlisted"
    page = office.visitor.submit(page, status=422, action="move", reason_code="dates", words="")
    page = office.visitor.submit(page, action="move", reason_code="dates", words=KIND_WORDS)
    assert "done, with a letter" in page.text
    office.session.expire_all()
    assert (application.state, application.words) == ("declined", KIND_WORDS)


def test_who_goes_together_and_what_a_team_is_made_of_is_read_on_the_board(office: Office) -> None:
    work = office.assignment
    work.places_local, work.team = (
        1,
        [
            TeamRole(position=1, label="Ward nurse", kind="international", number=work.places_international),
            TeamRole(position=2, label="Aide", kind="local", number=1, by_host=1),
        ],
    )
    make_placement(office.session, make_selectable(office.session, work), role_id=work.team[0].id)
    first, second = make_pair(office.session, work)
    first.volunteer.full_name, second.volunteer.full_name = "Ana Costa", "Rui Costa"
    office.session.commit()
    page = office.visitor.get("/coordinator/board?blind=0")
    assert page.text.count("Ana Costa") == page.text.count("Rui Costa") == 2  # once with each other's card
    assert "In the team: Ward nurse" in page.text and "1 of 1" in page.text
    assert "1 international, 0 national, 1 local" in page.text
    assert "Ana Costa" not in office.visitor.get("/coordinator/board?blind=1").text


@pytest.mark.parametrize("blind", ["0", "1"])
def test_one_column_alone_and_names_hidden_where_asked(office: Office, blind: str) -> None:
    make_application(office.session, office.own, office.assignment, state="declined", reason_code="dates")
    office.session.commit()
    page = office.visitor.get(f"/coordinator/board?column=application-declined&blind={blind}")
    assert ("Sevda" in page.text) == (blind == "0")
    for odd in ("nothing", "host-open", "application-"):
        office.visitor.get(f"/coordinator/board?column={odd}", 404)
    office.visitor.get(
        "/coordinator/board?host=x&country=%27&after=x.99999999999999999999&column=application-submitted"
    )
