"""Nobody keeps an account's owner out by guessing at it, and nobody fills a mailbox by asking for letters."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session as OrmSession

from tests.browser import Visitor, forged
from tests.factories import PASSWORD, make_user, make_vio, make_volunteer
from tests.test_accounts import register_volunteer
from webapp import known_browsers
from webapp.guesses import visitor_address
from webapp.models import Mail, User

Visit = Callable[[], Visitor]


@pytest.fixture
def owner(session: OrmSession) -> User:
    """Return a coordinator who can sign in."""
    made = make_user(session, "coordinator")
    session.commit()
    return made


def _guess(visitor: Visitor, email: str, times: int = 8) -> None:
    for _turn in range(times):
        visitor.submit(visitor.get("/login"), email=email, password="wrong")


def _sign_in_and_out(visitor: Visitor, email: str) -> None:
    visitor.submit(visitor.sign_in(email, PASSWORD), action="/logout")


def _is_let_in(visitor: Visitor, email: str) -> bool:
    page = visitor.get("/login")
    data = {**page.form("password").data(), "email": email, "password": PASSWORD}
    return visitor.client.post("/login", data=data).status_code == 302


def test_a_browser_of_the_owner_is_let_in_while_strangers_guess(owner: User, visit: Visit) -> None:
    own, stranger = visit(), visit()
    _sign_in_and_out(own, owner.email)
    _guess(stranger, owner.email)
    assert not _is_let_in(stranger, owner.email)
    assert not _is_let_in(visit(), owner.email)
    assert _is_let_in(own, owner.email.upper())


def test_a_known_browser_may_guess_no_more_often_and_at_no_other_account(
    owner: User, visit: Visit, session: OrmSession
) -> None:
    other = make_user(session, "coordinator")
    session.commit()
    own, stranger = visit(), visit()
    _sign_in_and_out(own, owner.email)
    _guess(own, owner.email)
    assert not _is_let_in(own, owner.email)
    _guess(stranger, other.email)
    assert not _is_let_in(own, other.email)


def test_a_forged_sign_of_a_known_browser_is_none(owner: User, visit: Visit) -> None:
    own, stranger = visit(), visit()
    own.sign_in(owner.email, PASSWORD)
    cookie = own.client.get_cookie(known_browsers.COOKIE)
    assert cookie and cookie.http_only and cookie.same_site == "Lax"
    _guess(stranger, owner.email)
    stranger.client.set_cookie(known_browsers.COOKIE, forged(cookie.value))
    assert not _is_let_in(stranger, owner.email)
    stranger.client.set_cookie(known_browsers.COOKIE, cookie.value)
    assert _is_let_in(stranger, owner.email)


def test_another_network_address_is_let_in_while_one_guesses(owner: User, visit: Visit) -> None:
    elsewhere, stranger = visit(), visit()
    elsewhere.client.environ_base["REMOTE_ADDR"] = "198.51.100.7"
    _guess(stranger, owner.email)
    assert _is_let_in(elsewhere, owner.email)


def test_guesses_at_the_log_in_disturb_nobody_who_is_signed_in(visit: Visit, session: OrmSession) -> None:
    volunteer = make_volunteer(session).user
    session.commit()
    assert volunteer
    own, second = visit(), visit()
    for visitor in (own, second):
        visitor.sign_in(volunteer.email, PASSWORD)
    _guess(visit(), volunteer.email)
    for _turn in range(8):
        own.submit(own.get("/verify"), password="wrong")
    for path in ("/verify", "/change", "/account/my-data/erase"):
        page = own.get(path)
        names = page.form("password").names & {"new_password", "new_password_confirm"}
        own.submit(page, status=429, password=PASSWORD, **dict.fromkeys(names, "seven camels, one roof"))
    assert second.submit(second.get("/verify"), password=PASSWORD).path == "/volunteer/"


def test_one_person_has_one_network_of_ipv6(app: Flask) -> None:
    def seen(address: str) -> str | None:
        with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
            return visitor_address()

    assert seen("2001:db8:1:2::1") == seen("2001:db8:1:2:ffff::9") != seen("2001:db8:1:3::1")
    assert seen("::ffff:192.0.2.1") != seen("::ffff:192.0.2.2")
    assert seen("") is None


@pytest.mark.parametrize("path", ["/reset", "/confirm", "/register"])
def test_forms_for_strangers_send_three_letters_an_hour_and_say_the_same(
    client: Visitor, session: OrmSession, path: str
) -> None:
    vio = make_vio(session)
    user = make_user(session, "volunteer", vio)
    if path == "/confirm":
        user.confirmed_at = None
    session.commit()

    def ask(email: str) -> str:
        if path == "/register":
            page = register_volunteer(client, email, vio_id=str(vio.id))
        else:
            page = client.submit(client.get(path), email=email)
        return re.sub(r'value="[^"]*"|\S+@\S+', "", page.text)

    answers = {ask(user.email) for _turn in range(5)}
    assert len(answers) == 1
    assert session.scalar(select(func.count()).select_from(Mail).where(Mail.to == user.email)) == 3
