"""The pages on which a host without account looks at its applicants and answers them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from tests.browser import Visitor
from tests.factories import PASSWORD, AnySession, make_application, make_assignment, make_volunteer
from tests.services.test_shortlists import KIND_WORDS
from tests.stays import coordinator_of
from tests.views.by_mail.conftest import Waiting, send_link
from webapp import clock
from webapp.models import AuditEvent, Mail
from webapp.services import suspensions
from webapp.views.by_mail import home, opening

STATIC = Path(__file__).resolve().parents[3] / "webapp" / "static" / "lean.css"
LARGEST = 30 * 1024  # bytes, with everything that the page loads
Visit = Callable[[], Visitor]


@pytest.fixture(autouse=True)
def _unhurried() -> None:
    for pace in (home.ASKED, opening.WRONG):
        pace.forget()


@pytest.mark.parametrize("language", ["en", "ar", "ru", "zh"])
def test_pages_are_small_and_show_what_a_host_may_see(client: Visitor, waiting: Waiting, language: str) -> None:
    for path in (waiting.path, waiting.of(0), waiting.of(0, "/decline")):
        page = client.get(f"{path}?lang={language}")
        assert "阿依古丽·买买提" in page.text
        assert len(page.response.data) + STATIC.stat().st_size < LARGEST
        assert "<script" not in page.text
        person = waiting.people[0].volunteer
        for hidden in (str(person.email), str(person.phone), "Myanmar", ">MM"):
            assert hidden not in page.text
        headers = page.response.headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] in ("same-origin", "no-referrer")
    assert "One nurse." in client.get(waiting.of(0)).text


def test_looking_changes_nothing_and_an_answer_is_confirmed_first(
    client: Visitor, session: AnySession, waiting: Waiting
) -> None:
    one = waiting.people[0]
    before = session.query(AuditEvent).count(), session.query(Mail).count()
    for rest in ("", "/shortlist", "/decline", "/more-days", "/question"):
        client.get(waiting.of(0, rest))
    page = client.submit(client.get(waiting.of(0, "/decline")), status=422, reason_code="dates", words="")
    page = client.submit(page, reason_code="dates", words=KIND_WORDS)
    assert KIND_WORDS in page.text
    session.refresh(one)
    assert (session.query(AuditEvent).count(), session.query(Mail).count()) == before
    assert one.state == "submitted"
    page = client.submit(page, confirmed="yes")
    session.refresh(one)
    assert (one.state, one.words) == ("declined", KIND_WORDS)
    assert "Nothing more is asked" in page.text
    assert "not open any more" in client.get(waiting.of(0, "/decline"), status=409).text


def test_the_shortlist_opens_contact_data_and_the_talk(client: Visitor, session: AnySession, waiting: Waiting) -> None:
    person = waiting.people[1].volunteer
    page = client.submit(client.get(waiting.of(1, "/shortlist")), confirmed="yes")
    assert str(person.email) in page.text
    page = client.submit(client.get(waiting.of(1, "/talk")), day=clock.today().isoformat())
    client.submit(page, confirmed="yes")
    client.submit(client.get(waiting.of(1, "/agreed")), confirmed="yes")
    session.refresh(waiting.people[1])
    assert waiting.people[1].state == "shortlisted"


def test_a_host_that_is_not_verified_reads_why_it_cannot(
    client: Visitor, session: AnySession, waiting: Waiting
) -> None:
    waiting.work.host.verified_until = clock.today() - timedelta(days=1)
    session.commit()
    page = client.submit(client.get(waiting.of(0, "/shortlist")), status=422, confirmed="yes")
    assert "not verified" in page.text


def test_a_suspended_host_reads_so_and_can_still_decline(
    client: Visitor, session: AnySession, waiting: Waiting
) -> None:
    host = waiting.work.host
    office = coordinator_of(session, host.vio)
    suspensions.suspend(session, office, host, "other", "We look into it.", "Please call us today, we explain.")
    session.commit()
    for path in (waiting.path, waiting.of(0)):
        page = client.get(path)
        assert "suspended since" in page.text and "Please call us today" in page.text and "Answer by" not in page.text
    assert "Put on the shortlist" not in page.text and "I need more days" not in page.text
    assert "suspended since" in client.get(waiting.of(0, "/shortlist"), status=409).text
    page = client.submit(client.get(waiting.of(0, "/decline")), reason_code="dates", words=KIND_WORDS)
    client.submit(page, confirmed="yes")
    session.refresh(waiting.people[0])
    assert waiting.people[0].state == "declined"
    host.contact_email = "new@host.example"  # whoever reads at the old address learns nothing
    session.commit()
    assert "suspended" not in client.get(waiting.path, status=410).text


def test_when_all_are_answered_the_page_says_what_comes(client: Visitor, waiting: Waiting) -> None:
    for number in range(2):
        page = client.get(waiting.of(number, "/more-days"))
        client.submit(page, confirmed="yes")
        client.submit(client.get(waiting.of(number, "/shortlist")), confirmed="yes")
    assert "answered everybody" in client.get(waiting.path).text


def test_a_token_opens_its_own_assignment_alone(client: Visitor, session: AnySession, waiting: Waiting) -> None:
    host = waiting.work.host
    sister = make_assignment(session, host)
    foreign = make_assignment(session)
    for work in (sister, foreign):
        other = make_application(session, make_volunteer(session, work.vio), work)
        session.commit()
        client.get(f"{waiting.path}applicants/{other.id}", status=404)
        client.get(f"{waiting.path}applicants/{other.id}/shortlist", status=404)
    client.get(f"{waiting.path}placements/1", status=404)
    client.get(waiting.of(0, "/nonsense"), status=404)
    client.get("/by-mail/nonsense/", status=404)
    client.get(send_link(session, sister))


def test_who_tries_many_tokens_waits(client: Visitor, waiting: Waiting) -> None:
    for _ in range(20):
        client.get("/by-mail/nonsense/", status=404)
    client.get("/by-mail/nonsense/", status=429)
    client.get(waiting.path)


def test_an_old_link_offers_a_new_one_to_the_known_address(
    client: Visitor, session: AnySession, waiting: Waiting
) -> None:
    with time_machine.travel(clock.now() + timedelta(days=22)):
        page = client.get(waiting.path, status=410)
        assert str(waiting.work.host.contact_email) not in page.text
        page = client.submit(page, action="/again")
        assert "on its way" in page.text
        page = client.submit(client.get(waiting.of(0), status=410), action="/again")
        assert "less than an hour" in page.text
        path = send_link(session, waiting.work)
        client.get(path)


def test_the_coordinator_sees_who_answered_and_sends_the_link_again(
    client: Visitor, visit: Visit, session: AnySession, waiting: Waiting
) -> None:
    who = coordinator_of(session, waiting.work.vio)
    session.commit()
    client.submit(client.get(waiting.of(0, "/shortlist")), confirmed="yes")
    office = visit()
    office.sign_in(who.email, PASSWORD)
    page = office.get(f"/coordinator/applications/{waiting.people[0].id}")
    assert "by the link sent to h…@h….example" in page.text
    page = office.get(f"/coordinator/hosts/{waiting.work.host_id}")
    assert "Answers by mail" in page.text
    office.submit(page, status=409, action="/again")
    with time_machine.travel(clock.now() + timedelta(hours=2)):
        office.come_back()
        page = office.submit(office.get(f"/coordinator/hosts/{waiting.work.host_id}"), action="/again")
        assert "goes out now" in page.text


def test_what_a_person_has_not_said_leaves_no_line_in_the_profile(
    client: Visitor, session: AnySession, waiting: Waiting
) -> None:
    assert "Length of stay" in client.get(waiting.of(1)).text
    person = waiting.people[1].volunteer
    person.stay_min_weeks = person.stay_max_weeks = None
    session.commit()
    assert "Length of stay" not in client.get(waiting.of(1)).text
