"""How long somebody stays signed in, where else they are, and that a copied cookie opens nothing after a sign-out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session as OrmSession

from tests.browser import Visitor
from tests.factories import PASSWORD, make_user, make_volunteer
from tests.test_accounts import NEW_PASSWORD
from webapp import clock
from webapp.models import SignedIn, User
from webapp.services import signed_in

PHONE = "Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0"


@pytest.fixture
def coordinator(session: OrmSession) -> User:
    """Return a coordinator who can sign in."""
    made = make_user(session, "coordinator")
    session.commit()
    return made


@pytest.fixture
def volunteer(session: OrmSession) -> User:
    """Return a volunteer who can sign in."""
    made = make_volunteer(session).user
    session.commit()
    assert made is not None
    return made


def _is_in(visitor: Visitor) -> bool:
    return visitor.client.get("/account/").status_code == 200


def _later(**time: float) -> time_machine.travel:
    return time_machine.travel(clock.now() + timedelta(**time), tick=False)


def test_staff_who_rest_sign_in_again_and_lose_no_form(coordinator: User, client: Visitor) -> None:
    client.sign_in(coordinator.email, PASSWORD)
    with _later(minutes=29):
        assert _is_in(client)
    with _later(minutes=58):  # each page begins the half hour again
        page = client.get("/account/mail")
    with _later(hours=3):
        sent = client.client.post("/account/mail", data=page.form(action="/account/mail").data())
        assert sent.status_code in (200, 302)
        assert not _is_in(client)
    with _later(minutes=58):
        assert not _is_in(client), "the form was the last that went through"


def test_nobody_stays_for_more_than_twenty_hours(
    volunteer: User, coordinator: User, visit: Callable[[], Visitor]
) -> None:
    for account in (volunteer, coordinator):
        visitor = visit()
        visitor.sign_in(account.email, PASSWORD)
        for minutes in range(0, 20 * 60, 25):
            with _later(minutes=minutes):
                assert _is_in(visitor)
        with _later(hours=20.1):
            assert not _is_in(visitor)


def test_who_asks_to_stay_signed_in_stays_but_no_staff(
    volunteer: User, coordinator: User, visit: Callable[[], Visitor]
) -> None:
    for account, stays in ((volunteer, True), (coordinator, False)):
        visitor = visit()
        visitor.submit(visitor.get("/login"), email=account.email, password=PASSWORD, remember="y")
        with _later(days=29):
            assert _is_in(visitor) == stays
        with _later(days=31):
            assert not _is_in(visitor)


def test_a_copied_cookie_opens_nothing_after_the_sign_out(
    volunteer: User, client: Visitor, visit: Callable[[], Visitor]
) -> None:
    client.sign_in(volunteer.email, PASSWORD)
    cookie = client.client.get_cookie("session")
    assert cookie is not None
    thief = visit()
    thief.client.set_cookie("session", cookie.value)
    assert _is_in(thief)
    client.submit(client.get("/account/"), action="/logout")
    assert not _is_in(client)
    assert not _is_in(thief)


def test_other_browsers_are_seen_and_ended(
    session: OrmSession, volunteer: User, coordinator: User, visit: Callable[[], Visitor]
) -> None:
    here, phone = visit(), visit()
    here.sign_in(volunteer.email, PASSWORD)
    phone.client.environ_base["HTTP_USER_AGENT"] = PHONE
    phone.sign_in(volunteer.email, PASSWORD)
    page = here.get("/account/signed-in")
    assert "Firefox, Android" in page.text
    assert page.text.count("Sign out there") == 1
    other = visit()
    other.sign_in(coordinator.email, PASSWORD)
    theirs = session.scalars(select(SignedIn).where(SignedIn.user_id == coordinator.id)).one()
    token = page.form("csrf_token", action="/end").data()
    assert here.client.post(f"/account/signed-in/{theirs.id}/end", data=token).status_code == 404
    assert _is_in(other)
    page = here.submit(page, action="/end")
    assert "You are signed out there." in page.text
    assert _is_in(here)
    assert not _is_in(phone)


def test_a_new_password_ends_all_other_sessions(volunteer: User, visit: Callable[[], Visitor]) -> None:
    here, elsewhere = visit(), visit()
    for one in (here, elsewhere):
        one.sign_in(volunteer.email, PASSWORD)
    page = here.get("/change")
    here.submit(page, password=PASSWORD, new_password=NEW_PASSWORD, new_password_confirm=NEW_PASSWORD)
    assert _is_in(here)
    assert not _is_in(elsewhere)
    assert here.get("/account/signed-in").text.count("Sign out there") == 0


def test_rows_that_nobody_can_use_are_thrown_away(session: OrmSession, volunteer: User) -> None:
    signed_in.begin(session, volunteer, "", is_kept=True)
    assert signed_in.forget(session) == 0
    with _later(days=31):
        assert signed_in.forget(session) == 1


def test_the_password_is_asked_for_again_before_what_is_dangerous(session: OrmSession, client: Visitor) -> None:
    admin, other = make_user(session, "administrator"), make_user(session, "coordinator")
    session.commit()
    client.sign_in(admin.email, PASSWORD)
    path = f"/administrator/accounts/{other.id}"
    assert client.get(path).path == path
    for minutes in (20, 40):
        with _later(minutes=minutes):
            page = client.get("/administrator/")
    with _later(minutes=41):
        page = client.get(path)
        assert page.path == "/verify"
        page = client.submit(page, password="not mine", action="/verify")
        assert page.path == "/verify"
        page = client.submit(page, password=PASSWORD, action="/verify")
        assert page.path == path
        assert "Close this account" in page.text
    with _later(hours=2.6), time_machine.travel(clock.now(), tick=False):
        assert client.client.post(f"{path}/close").status_code in (302, 400, 403)
    session.expire_all()
    assert other.active
