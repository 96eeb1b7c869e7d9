"""Speaking up without an account: the code is shown once, the way back works, and no trace of an address is kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy.orm import Session as OrmSession

from tests.browser import Page, Visitor
from tests.factories import make_vio
from tests.safe import PHRASE, WHAT, make_line, make_report
from webapp import clock
from webapp.models import Report, SignInFailure
from webapp.services.safeguarding import duty, handling
from webapp.views.public import speaking_up

CODE = re.compile(r'class="secret" dir="ltr"><bdi>([A-Z0-9-]{14})</bdi>')


@pytest.fixture(autouse=True)
def unhurried() -> Iterator[None]:
    """Forget how much other tests sent from this machine."""
    speaking_up.FROM_ONE.forget()
    speaking_up.FROM_ALL.forget()
    yield
    speaking_up.FROM_ONE.forget()
    speaking_up.FROM_ALL.forget()


@pytest.fixture
def poster(session: OrmSession) -> str:
    """Make a VIO with two focal points, and return its poster's code."""
    line = make_line(session, make_vio(session, name="Dune Volunteers"))
    session.commit()
    return duty.prepare(session, line.vio.id).poster_code


def _send(visitor: Visitor, poster: str, status: int = 200, **over: object) -> Page:
    page = visitor.get(f"/speak-up/{poster}")
    return visitor.submit(page, status=status, **{"kind": "child", "what": WHAT, "phrase": PHRASE, **over})


def test_anybody_finds_the_way_from_the_first_page_or_the_poster(
    session: OrmSession, client: Visitor, poster: str
) -> None:
    page = client.get(client.get("/").link("Speak up, without an account"))
    assert page.link("Dune Volunteers") == f"/speak-up/{poster}"
    assert client.get(f"/speak-up?code={poster.lower()}").link("Speak up to Dune") == f"/speak-up/{poster}"
    assert "No organization has this code" in client.get("/speak-up?code=%F0%9F%92%A7%22%3E").text
    client.get("/speak-up/NOPE99", status=404)
    printed = client.get(f"/speak-up/{poster}/poster")
    assert f"/speak-up/{poster}" in printed.text and "<path fill" in printed.text and "Amina Yusuf" in printed.text


def test_organization_without_focal_point_says_so(session: OrmSession, client: Visitor) -> None:
    lonely = make_vio(session)
    code = duty.prepare(session, lonely.id).poster_code
    session.commit()
    assert "No organization here has named anybody" in client.get("/speak-up").text
    client.get(f"/speak-up/{code}", status=404)


def test_report_is_kept_without_a_name_and_its_code_shown_once(
    session: OrmSession, visit: Callable[[], Visitor], poster: str
) -> None:
    page = _send(visit(), poster)
    found = CODE.search(page.text)
    assert found and page.response.headers["Cache-Control"] == "no-store"
    (report,) = session.query(Report)
    assert (report.name, report.contact, report.wish, report.intake) == ("", "", "page", "web")
    assert session.query(SignInFailure).count() == 0  # nothing of where it came from
    later = visit()
    page = later.submit(later.get("/my-report"), code=found.group(1).lower(), phrase=PHRASE)
    assert page.path == "/my-report/read" and WHAT in page.text and "There is no answer yet" in page.text
    later.submit(page, text="It was on a Monday.")
    assert handling.reports_of(session, report.handler)[0].words[0].text == "It was on a Monday."
    assert found.group(1) not in later.get("/my-report/read").text
    later.submit(later.get("/my-report/read"), action="leave")
    assert later.get("/my-report/read").path == "/my-report"


def test_visit_ends_by_itself(session: OrmSession, client: Visitor) -> None:
    _report, code = make_report(session, make_line(session))
    session.commit()
    assert client.submit(client.get("/my-report"), code=code, phrase=PHRASE).path == "/my-report/read"
    with time_machine.travel(clock.now() + timedelta(minutes=21)):
        assert client.get("/my-report/read").path == "/my-report"


def test_wrong_phrase_opens_nothing_and_waits_after_eight(session: OrmSession, client: Visitor) -> None:
    _report, code = make_report(session, make_line(session))
    session.commit()
    page = client.get("/my-report")
    for _turn in range(8):
        page = client.submit(page, status=422, code=code, phrase="the red gate")
        assert "do not belong together" in page.text
        speaking_up.FROM_ONE.forget()
    client.submit(page, status=429, code=code, phrase=PHRASE)
    assert client.get("/my-report/read").path == "/my-report"


def test_many_reports_from_one_address_must_wait(session: OrmSession, client: Visitor, poster: str) -> None:
    for _turn in range(speaking_up.FROM_ONE.most):
        _send(client, poster)
    _send(client, poster, status=429)
    with time_machine.travel(clock.now() + speaking_up.WITHIN + timedelta(seconds=1)):
        _send(client, poster)


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({"what": "   "}, "Say what happened"),
        ({"what": "x" * 5001}, "5000"),
        ({"kind": "gossip"}, "What is it about?"),
        ({"kind": None}, "Choose what comes closest"),
        ({"wish": "reach"}, "how you can be reached"),
        ({"phrase": " ab "}, "at least four letters"),
        ({"phrase": "\u202e\u200b\u2066"}, "at least four letters"),
        ({"not_to": ["99999999"]}, "Who must not read this?"),
        ({"who": "Amina told Chen to be silent."}, "another organization"),
    ],
)
def test_odd_input_is_refused_in_words_and_nothing_is_lost(
    session: OrmSession, client: Visitor, poster: str, over: dict[str, object], words: str
) -> None:
    page = _send(client, poster, status=422, **over)
    assert words in page.text and session.query(Report).count() == 0
    if "what" not in over:
        assert WHAT in page.text


def test_signed_in_people_speak_up_without_being_known(session: OrmSession, client: Visitor, poster: str) -> None:
    from tests.factories import PASSWORD, make_volunteer
    from webapp.models import AuditEvent

    volunteer = make_volunteer(session)
    session.commit()
    client.sign_in(volunteer.user.email, PASSWORD)
    _send(client, poster)
    assert session.query(AuditEvent).filter_by(action="report_received").one().actor_id is None
