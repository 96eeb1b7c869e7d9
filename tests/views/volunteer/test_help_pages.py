"""I need help: telephone numbers first, an honest promise, a call that only those read whom the volunteer chose."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session as OrmSession

from tests.browser import Visitor
from tests.factories import PASSWORD, make_host_user, make_user
from tests.safe import Line, make_line
from tests.stays import make_placement, user_of
from webapp.models import HelpCall, Placement, SafeguardingLook
from webapp.services.safeguarding import duty, supporters

TEXT = "My room has no lock."


@pytest.fixture
def placement(session: OrmSession) -> Placement:
    """Make a placement."""
    return make_placement(session)


@pytest.fixture
def line(session: OrmSession, placement: Placement) -> Line:
    """Make focal points of the volunteer's VIO."""
    return make_line(session, placement.sending_vio)


def test_without_duty_person_the_page_says_so_and_gives_the_list(
    session: OrmSession, client: Visitor, placement: Placement, line: Line
) -> None:
    duty.add_step(session, line.first, None, "Night office", "+254 700 1")
    session.commit()
    client.sign_in(user_of(placement.volunteer).email, PASSWORD)
    page = client.get("/volunteer/help/")
    assert "Nobody is on duty" in page.text and "Night office" in page.text and 'href="tel:+2547001"' in page.text
    assert "within" not in page.text
    page = client.submit(page, severity="today", text=TEXT)
    assert "Nobody has promised to answer by a time" in page.text and TEXT in page.text


def test_with_duty_person_clock_and_numbers_are_shown(
    session: OrmSession, client: Visitor, placement: Placement, line: Line
) -> None:
    values = {"duty_person_id": line.first.id, "emergency": "999", "minutes_now": 45, "minutes_today": 120}
    duty.change(session, line.first, values)
    session.commit()
    client.sign_in(user_of(placement.volunteer).email, PASSWORD)
    page = client.get(client.get("/volunteer/").link("I need help"))
    for words in ("999", "Amina Yusuf", "within 45 minutes", "within 2 hours", "within 2 days"):
        assert words in page.text, words
    page = client.submit(page, severity="now", text=TEXT, phone="+254 1")
    assert "Amina Yusuf was told and answers by" in page.text and "Telephone first" in page.text


def test_nobody_is_promised_a_next_one_on_a_list_that_ends(
    session: OrmSession, client: Visitor, placement: Placement, line: Line
) -> None:
    duty.change(session, line.first, {"duty_person_id": line.first.id})
    session.commit()
    client.sign_in(user_of(placement.volunteer).email, PASSWORD)
    page = client.get("/volunteer/help/")
    assert "Nobody else is on the list" in page.text and "next on the list" not in page.text
    page = client.submit(page, severity="today", text=TEXT)
    assert "nobody else is on the list" in page.text
    duty.add_step(session, line.first, line.second.id, "", "")
    session.commit()
    assert "goes on by itself to the next on the list" in client.get("/volunteer/help/").text
    assert "goes on to the next on the list" in client.get(page.path).text


def test_focal_point_takes_it_up_and_both_write(
    session: OrmSession, visit: Callable[[], Visitor], placement: Placement, line: Line
) -> None:
    duty.change(session, line.first, {"duty_person_id": line.first.id})
    session.commit()
    caller, reader = visit(), visit()
    caller.sign_in(user_of(placement.volunteer).email, PASSWORD)
    caller.submit(caller.get("/volunteer/help/"), severity="today", text=TEXT)
    page = reader.sign_in(line.first.email, PASSWORD)
    page = reader.get(page.link("call for help"))
    page = reader.get(page.link(placement.volunteer.full_name))
    assert "tell neither host nor coordinators" in page.text and str(placement.volunteer.phone) in page.text
    page = reader.submit(page, action="take", button="take it up")
    page = reader.submit(page, status=422, text=" ")
    reader.submit(page, text="I am on my way.")
    (call,) = session.query(HelpCall)
    page = caller.get(f"/volunteer/help/{call.id}")
    assert "Amina Yusuf has your call" in page.text and "I am on my way." in page.text
    page = caller.submit(page, status=422, text=" ")
    page = caller.submit(page, text="The key is with the neighbour.")
    assert "The key is with the neighbour." in reader.get(f"/focal-point/calls/{call.id}").text
    caller.submit(page, action="close", button="Close this call")
    assert call.state == "closed" and session.query(SafeguardingLook).count() >= 2


def test_host_and_coordinator_see_it_once_it_is_ticked(
    session: OrmSession, visit: Callable[[], Visitor], placement: Placement, line: Line
) -> None:
    host = make_host_user(session, placement.assignment.host)
    coordinator = make_user(session, "coordinator", placement.sending_vio)
    session.commit()
    caller, others = visit(), {"/host/help-calls": visit(), "/coordinator/help-calls": visit()}
    for visitor, account in zip(others.values(), (host, coordinator), strict=True):
        visitor.sign_in(account.email, PASSWORD)
    caller.sign_in(user_of(placement.volunteer).email, PASSWORD)
    page = caller.submit(caller.get("/volunteer/help/"), severity="week", text=TEXT)
    assert all(TEXT not in visitor.get(path).text for path, visitor in others.items())
    firsts = {"/host/": "calls for help and lets you know", "/coordinator/": "Calls for help that volunteers"}

    def told_at_first() -> set[bool]:
        return {words in others[f"{path}help-calls"].get(path).text for path, words in firsts.items()}

    assert told_at_first() == {False}
    page = caller.submit(page, action="share", coordinator_may_see="y", host_may_see="y")
    assert all(TEXT in visitor.get(path).text for path, visitor in others.items())
    assert told_at_first() == {True}
    caller.submit(page, action="close")
    assert told_at_first() == {False}


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({"text": " \n "}, "at least a few words"),
        ({"severity": "soon"}, "How urgent is it?"),
        ({"severity": None}, "Choose how urgent"),
        ({"phone": "1" * 51}, "50"),
    ],
)
def test_odd_input_is_refused_in_words(
    session: OrmSession, client: Visitor, placement: Placement, over: dict[str, object], words: str
) -> None:
    session.commit()
    client.sign_in(user_of(placement.volunteer).email, PASSWORD)
    page = client.submit(client.get("/volunteer/help/"), status=422, **{"severity": "now", "text": TEXT, **over})
    assert words in page.text and session.query(HelpCall).count() == 0


def test_supporter_and_volunteer_write_to_each_other(
    session: OrmSession, visit: Callable[[], Visitor], placement: Placement
) -> None:
    who = make_user(session, "coordinator", placement.sending_vio)
    supporter = make_user(session, "supporter", placement.sending_vio, display_name="Rosa Lima")
    session.commit()
    office, helper, volunteer = visit(), visit(), visit()
    office.sign_in(who.email, PASSWORD)
    page = office.get("/coordinator/safeguarding")
    assert "Name at least two focal points" in page.text
    office.submit(page, action=f"safeguarding/{placement.id}/supporter", supporter_id=str(supporter.id))
    volunteer.sign_in(user_of(placement.volunteer).email, PASSWORD)
    page = volunteer.get(volunteer.get("/volunteer/").link("My supporter"))
    assert page.heading == "Rosa Lima"
    volunteer.submit(page, text="It is hard.\nReally.")
    page = helper.sign_in(supporter.email, PASSWORD)
    assert "has written to you" in page.text
    page = helper.get(page.link(placement.volunteer.full_name))
    assert "It is hard." in page.text and str(placement.volunteer.phone) in page.text
    helper.submit(page, text="I am here.")
    assert "I am here." in volunteer.get("/volunteer/supporter/").text
    assert supporters.count_waiting(session, supporter) == 0


def test_where_nobody_reads_calls_the_page_does_not_say_that_somebody_does(
    session: OrmSession, client: Visitor, placement: Placement
) -> None:
    session.commit()
    client.sign_in(user_of(placement.volunteer).email, PASSWORD)
    page = client.get("/volunteer/help/")
    assert "named nobody yet" in page.text and "sent to the focal points" not in page.text
    page = client.submit(page, severity="today", text=TEXT)
    assert "named nobody yet" in page.text and "Telephone these people" not in page.text
