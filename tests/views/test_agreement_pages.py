"""What both sides agree, as the host, the volunteer, the coordinator and everybody else read it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser import Visitor
from tests.factories import PASSWORD, AnySession, make_assignment, make_host, make_host_user, make_user, make_volunteer
from tests.services.whole import make_whole
from webapp.models import Assignment, MoneyLine, User
from webapp.services import agreements, assignments

Visit = Callable[[], Visitor]
NAME = "Wanjiru Kamau, head nurse"


@pytest.fixture
def work(session: AnySession) -> Assignment:
    """Return an open assignment whose agreement is kept."""
    host = make_host(session, name="Lake Clinic", safeguarding_person="Mercy Atieno")
    work = make_whole(session, host, state="open", published_at=host.created_at)
    agreements.standing(session, work)
    session.commit()
    return work


def _sign_in(visit: Visit, session: AnySession, user: User) -> Visitor:
    session.commit()
    visitor = visit()
    visitor.sign_in(user.email, PASSWORD)
    return visitor


def test_a_volunteer_reads_it_before_applying(visit: Visit, session: AnySession, work: Assignment) -> None:
    visitor = _sign_in(visit, session, make_volunteer(session).user)
    page = visitor.get(visitor.get(f"/volunteer/openings/{work.id}").link("Read it before you apply"))
    for words in (
        "You will do this work:",
        "You will work so many hours a week: 35",
        "You will receive from the host:",
    ):
        assert words in page.text
    assert NAME in page.text
    assert "agrees nothing yet" in page.text
    assert "Version 1" in page.text
    sheet = visitor.get(page.link("Print it with room for both names"))
    assert "Signature" in sheet.text
    assert "The volunteer receives from the host:" in sheet.text


def test_a_host_reads_its_own_side_and_goes_to_what_is_missing(visit: Visit, session: AnySession) -> None:
    draft = make_whole(session, hours=None, water="", has_fees_not_listed=None)
    visitor = _sign_in(visit, session, make_host_user(session, draft.host))
    page = visitor.get(visitor.get(f"/host/assignments/{draft.id}").link("What you and the volunteer agree"))
    assert "The volunteer will do this work:" in page.text
    assert "You will" not in page.text
    assert "A preview" in page.text
    for name in ("Hours a week", "Water", "No other fees", "For safety, speak to"):
        assert visitor.get(page.link(name)).status == 200
    assert "Nobody will ask" not in page.text


def test_a_host_sees_each_version_and_what_it_changed(visit: Visit, session: AnySession, work: Assignment) -> None:
    account = make_host_user(session, work.host)
    assignments.edit(session, account, work, {"tasks": "Teach <b>five</b> colleagues."})
    visitor = _sign_in(visit, session, account)
    page = visitor.get(f"/host/assignments/{work.id}/agreement")
    assert "Changed since version 1" in page.text
    assert "<b>five" not in page.text
    assert visitor.get(page.link("Version 1")).text.count("Teach four colleagues") == 1
    agreements.standing(session, work)
    session.commit()
    page = visitor.get(f"/host/assignments/{work.id}/agreement/2")
    assert "Teach four colleagues" in page.text
    assert "Changed since version 1" in page.text
    visitor.get(f"/host/assignments/{work.id}/agreement/3", status=404)


def test_a_coordinator_reads_on_the_review_page_how_much_is_not_agreed(visit: Visit, session: AnySession) -> None:
    sent = make_whole(session, state="submitted", hours=None, lodging="")
    visitor = _sign_in(visit, session, make_user(session, "coordinator", sent.vio))
    page = visitor.get(f"/coordinator/assignments/{sent.id}")
    assert "3 points are not agreed yet." in page.text  # nobody is named for safety either
    page = visitor.get(page.link("Read the agreement"))
    for name in ("Hours a week", "Lodging", "For safety, speak to"):
        assert f"<li>{name}</li>" in page.text
    assert "Not agreed yet:" in visitor.get(page.link("Print it")).text


def test_a_visitor_reads_it_without_the_names_of_people(client: Visitor, work: Assignment) -> None:
    page = client.get(client.get(f"/assignments/{work.id}").link("What both sides would agree"))
    assert "The volunteer does this work:" in page.text
    assert "registered volunteers read the name" in page.text
    for name in (NAME, "Otieno Odhiambo", "Mercy Atieno", "The clerk takes over"):
        assert name not in page.text


def test_in_arabic_the_host_keeps_its_own_words_and_direction(
    visit: Visit, session: AnySession, work: Assignment
) -> None:
    work.tasks = "Teach four colleagues to keep the records of the ward.\nSécher les semences avec les familles."
    work.money.append(MoneyLine(payer="volunteer", payee="host", what="طعام", amount="80 USD", when=""))
    visitor = _sign_in(visit, session, make_user(session, "coordinator", work.vio))
    for path in ("agreement", "agreement/1", "agreement/sheet"):
        page = visitor.get(f"/coordinator/assignments/{work.id}/{path}?lang=ar")
        assert 'dir="auto" lang="en"' in page.text
    page = visitor.get(f"/coordinator/assignments/{work.id}/agreement?lang=ar")
    assert "طعام, 80 USD" in page.text


@pytest.mark.parametrize("state", ["draft", "submitted", "changes_requested", "closed"])
def test_what_is_not_published_is_for_those_who_work_on_it(
    visit: Visit, session: AnySession, client: Visitor, state: str
) -> None:
    work = make_assignment(session, state=state)
    visitor = _sign_in(visit, session, make_volunteer(session).user)
    for path in ("agreement", "agreement/sheet"):
        visitor.get(f"/volunteer/openings/{work.id}/{path}", status=404)
    client.get(f"/assignments/{work.id}/agreement", status=404)


@pytest.mark.parametrize("role", ["host", "coordinator"])
@pytest.mark.parametrize("path", ["agreement", "agreement/1", "agreement/sheet"])
def test_anothers_agreement_does_not_exist(
    visit: Visit, session: AnySession, work: Assignment, role: str, path: str
) -> None:
    other = make_host(session)
    user = make_host_user(session, other) if role == "host" else make_user(session, "coordinator", other.vio)
    _sign_in(visit, session, user).get(f"/{role}/assignments/{work.id}/{path}", status=404)
