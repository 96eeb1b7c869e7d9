"""A roll call as each side clicks through it, and the page behind its links."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from tests.browser import Visitor
from tests.factories import PASSWORD, AnySession, make_user, make_vio
from tests.stays import coordinator_of, host_account, make_active
from webapp import clock
from webapp.models import Mail, Placement, User

STATIC = Path(__file__).resolve().parents[2] / "webapp/static"
MOST_BYTES = 15 * 1024
Visit = Callable[[], Visitor]


def _signed_in(visit: Visit, account: User) -> Visitor:
    visitor = visit()
    visitor.sign_in(account.email, PASSWORD)
    return visitor


@pytest.fixture
def there(session: AnySession) -> Placement:
    return make_active(session)


@pytest.fixture
def office(session: AnySession, visit: Visit, there: Placement) -> Visitor:
    account = coordinator_of(session, there.receiving_vio)
    session.commit()
    return _signed_in(visit, account)


def _open(office: Visitor) -> Any:
    page = office.get(office.get("/coordinator/more").link("Roll calls"))
    return office.submit(page, country="KE", words="An earthquake near the lake.", hours="3")


def _path(session: AnySession, address: str) -> str:
    letter = session.query(Mail).filter_by(to=address).order_by(Mail.id.desc()).first()
    return re.findall(r"/safe/\S+", letter.body)[0]


def test_a_roll_call_from_its_opening_to_its_summary(
    session: AnySession, office: Visitor, visit: Visit, there: Placement
) -> None:
    page = _open(office)
    assert "no answer yet" in page.text and there.volunteer.phone in page.text
    assert "See who is missing" in office.get("/coordinator/").text
    anybody, path = visit(), _path(session, there.volunteer.user.email)
    page = anybody.get(path)
    assert page.heading == "Are you safe?" and "An earthquake near the lake." in page.text
    assert there.volunteer.full_name not in page.text  # whoever holds the telephone reads no name
    assert page.response.headers["Cache-Control"] == "no-store"
    page = anybody.submit(page, status=422, place="x")
    page = anybody.submit(page, says="safe", place="At the school", phone="", words="")
    assert "We know that you are safe" in page.text
    page = anybody.submit(page, says="help", place="", phone="+254 1", words="The roof came down.")
    assert "Somebody calls you" in page.text and "Send the answer" not in page.text
    listed = office.get("/coordinator/roll-calls")
    page = office.get(listed.link("Kenya"))
    assert "needs help" in page.text and "The roof came down." in page.text and "said by the person" in page.text
    page = office.get(page.link(there.volunteer.full_name))
    page = office.submit(page, status=422, says="safe", words="")
    page = office.submit(page, says="safe", words="Spoke with her; she is out.", place="", phone="")
    assert "by telephone:" in page.text and "Spoke with her" in page.text
    sheet = office.get(page.link("A sheet to telephone by"))
    assert there.volunteer.full_name in sheet.text
    page = office.submit(page, summary="All are well.")
    assert "All are well." in page.text and "Ask again" not in page.text
    assert "over" in anybody.get(path, status=410).text


def test_whoever_left_no_number_is_asked_for_one(
    session: AnySession, office: Visitor, visit: Visit, there: Placement
) -> None:
    _open(office)
    there.volunteer.phone = None
    session.commit()
    anybody = visit()
    page = anybody.get(_path(session, there.volunteer.user.email))
    page = anybody.submit(page, says="help", place="", phone="", words="The roof came down.")
    assert "Write a number" in page.text and "Somebody calls you" not in page.text
    page = anybody.submit(page, status=422, phone="")
    page = anybody.submit(page, phone="+254 1")
    assert "Somebody calls you" in page.text and "Send the answer" not in page.text


def test_help_is_open_again_after_safe_by_telephone(
    session: AnySession, office: Visitor, visit: Visit, there: Placement
) -> None:
    call, anybody, path = _open(office).path, visit(), _path(session, there.volunteer.user.email)
    anybody.submit(anybody.get(path), says="help", place="", phone="", words="")
    page = office.get(office.get(call).link(there.volunteer.full_name))
    office.submit(page, says="safe", words="Spoke with her.", place="", phone="")
    page = anybody.submit(anybody.get(path), says="help", place="", phone="", words="It shakes again.")
    assert "Somebody calls you" in page.text
    assert "It shakes again." in office.get(call).text


def test_the_host_answers_for_the_volunteer(
    session: AnySession, office: Visitor, visit: Visit, there: Placement
) -> None:
    page = _open(office)
    call = page.path
    page = visit().get(_path(session, host_account(session, there).email))
    assert there.volunteer.full_name in page.heading
    visitor = visit()
    page = visitor.get(page.path)
    assert "We know that they are safe" in visitor.submit(page, says="safe", place="", phone="", words="Here.").text
    page = office.get(call)
    assert "the host says: safe" in page.text and "said by the host" in page.text


def test_who_is_silent_for_long_is_marked_and_asked_again(session: AnySession, office: Visitor) -> None:
    call = _open(office).path
    page = office.submit(office.get(call), action="repeat")
    assert "quarter of an hour" in page.text
    with time_machine.travel(clock.now() + timedelta(hours=4)):
        office.come_back()
        page = office.get(call)
        assert "no answer for 4 hours" in page.text and "late" in page.text
        assert "asked again" in office.submit(page, action="repeat").text


def test_the_page_is_small_and_speaks_arabic(
    session: AnySession, office: Visitor, visit: Visit, there: Placement
) -> None:
    _open(office)
    path = _path(session, there.volunteer.user.email)
    for language in ("en", "ar", "zh"):
        page = visit().get(f"{path}?lang={language}")
        loaded = re.findall(r'(?:src|href)="/static/([^"?]+)', page.text)
        assert loaded == ["lean.css"]
        assert len(page.response.data) + len((STATIC / "lean.css").read_bytes()) < MOST_BYTES


def test_odd_input_and_other_offices(session: AnySession, office: Visitor, visit: Visit, there: Placement) -> None:
    for odd in ({"country": "XX"}, {"country": ""}, {"hours": "5"}, {"words": "x" * 2001}):
        office.submit(office.get("/coordinator/roll-calls"), status=422, **{"country": "KE", **odd})
    call = _open(office).path
    assert "Write in a few sentences" in office.submit(office.get(call), status=422, action="/close", summary="").text
    anybody, path = visit(), _path(session, there.volunteer.user.email)
    for odd in ({"says": "nonsense"}, {"says": "tried"}, {"says": "safe", "words": "x" * 2001}):
        anybody.submit(anybody.get(path), status=422, **odd)
    anybody.get("/safe/nonsense", status=404)
    stranger = make_user(session, "coordinator", make_vio(session))
    session.commit()
    other = _signed_in(visit, stranger)
    assert "nobody to ask" in other.get("/coordinator/roll-calls").text
    for page in (call, f"{call}/sheet", f"{call}/people/1"):
        other.get(page, status=404)
