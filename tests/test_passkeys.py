"""A passkey is a second step: added, used, deleted; one that is another's, copied or used again opens nothing."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Browser
from playwright.sync_api import Page as BrowserPage
from sqlalchemy import func, select
from sqlalchemy.orm import Session as OrmSession

from tests.browser import Page, Visitor
from tests.factories import PASSWORD, make_user, make_volunteer
from tests.live import LiveServer, barriers
from tests.passkeys import Token, plug_in
from tests.test_second_factor import with_real_hash
from webapp import clock
from webapp.db import own_session
from webapp.models import AuditEvent, Mail, Passkey, User
from webapp.passkeys import CHALLENGE
from webapp.services import staff

pytestmark = pytest.mark.filterwarnings("ignore:Passing SelectField choices as tuples:DeprecationWarning")
REFUSED = "This passkey was not accepted."


def _password(app: Flask, account: User) -> tuple[Visitor, Page]:
    """Give the password in a new browser; return the page that follows."""
    visitor = Visitor(app.test_client())
    return visitor, visitor.submit(visitor.get("/login"), email=account.email, password=PASSWORD)


def asked(visitor: Visitor, page: Page) -> tuple[Page, str]:
    """Ask for the passkey; return the page with the form that scripts send, and the options for the browser."""
    page = visitor.submit(page, action="/wan-signin", button="Use my passkey")
    found = re.search(r'data-options="([^"]+)"', page.text)
    assert found, page.text
    return page, html.unescape(found.group(1))


def answered(visitor: Visitor, page: Page, answer: str) -> Page:
    """Send what the passkey answered, as the script does."""
    return visitor.submit(page, action="/wan-signin/", credential=answer)


@pytest.fixture
def coordinator(real: Flask, session: OrmSession) -> User:
    """Return a coordinator of a service in real use."""
    return with_real_hash(real, session, make_user(session, "coordinator"))


def test_a_passkey_stands_instead_of_a_code(real: Flask, session: OrmSession, coordinator: User) -> None:
    token = Token()
    kept = token.kept_for(session, coordinator)
    session.commit()
    visitor, page = _password(real, coordinator)
    assert page.path == "/wan-signin"
    assert page.markup.account == ""
    page, options = asked(visitor, page)
    page = answered(visitor, page, token.answer(options))
    assert page.markup.account == f"coordinator:{coordinator.id}"
    assert page.path == "/coordinator/"
    session.refresh(kept)
    assert kept.sign_count == 1


def test_a_passkey_of_somebody_else_opens_no_account(
    real: Flask,
    session: OrmSession,
    coordinator: User,
) -> None:
    other = with_real_hash(real, session, make_user(session, "coordinator"))
    Token().kept_for(session, coordinator)
    theirs = Token()
    theirs.kept_for(session, other)
    session.commit()
    visitor, page = _password(real, coordinator)
    page, options = asked(visitor, page)
    page = answered(visitor, page, theirs.answer(options))
    assert REFUSED in page.text
    assert page.markup.account == ""
    assert visitor.client.get("/coordinator/").status_code == 302


@pytest.mark.parametrize("wrong", ["count", "origin", "key", "nothing"])
def test_an_answer_that_does_not_hold_is_refused(
    real: Flask,
    session: OrmSession,
    coordinator: User,
    wrong: str,
) -> None:
    token = Token(count=7)
    token.kept_for(session, coordinator)
    session.commit()
    forged: dict[str, Token] = {
        "count": replace(token, count=3),  # a copy of the key that was used less often
        "origin": replace(token, origin="http://localhost.example"),
        "key": replace(token, key=Token().key),
    }
    visitor, page = _password(real, coordinator)
    page, options = asked(visitor, page)
    page = answered(visitor, page, forged[wrong].answer(options) if wrong in forged else "")
    assert REFUSED in page.text
    assert page.markup.account == ""


def test_an_answer_holds_once_and_in_its_own_browser(
    real: Flask,
    session: OrmSession,
    coordinator: User,
) -> None:
    token = Token()
    token.kept_for(session, coordinator).sign_count = 0
    session.commit()
    visitor, page = _password(real, coordinator)
    page, options = asked(visitor, page)
    answer, path = token.answer(options), page.form("credential").attributes["action"]
    thief, page = _password(real, coordinator)
    data: dict[str, Any] = {"csrf_token": page.form("csrf_token", action="/wan-signin").data()["csrf_token"]}
    stolen = Page(thief.client.post(path, data={**data, "credential": answer}, follow_redirects=True))
    assert stolen.markup.account == ""
    assert REFUSED in stolen.text


@pytest.mark.parametrize("older", ["challenge", ["challenge"], {"challenge": 1}, ["challenge", None]])
def test_what_the_version_before_an_update_left_in_the_browser_is_refused(
    real: Flask,
    session: OrmSession,
    coordinator: User,
    older: Any,
) -> None:
    token = Token()
    token.kept_for(session, coordinator)
    session.commit()
    visitor, page = _password(real, coordinator)
    page, options = asked(visitor, page)
    with visitor.client.session_transaction() as kept:
        assert CHALLENGE in kept
        kept[CHALLENGE] = older
    page = answered(visitor, page, token.answer(options))
    assert REFUSED in page.text
    assert page.markup.account == ""


def test_who_has_both_chooses(real: Flask, session: OrmSession, coordinator: User) -> None:
    Token().kept_for(session, coordinator)
    coordinator.tf_primary_method, coordinator.tf_totp_secret = "authenticator", "kept"
    session.commit()
    visitor, page = _password(real, coordinator)
    assert page.path == "/tf-select"
    assert visitor.submit(page, action="/tf-select", button="My passkey").path == "/wan-signin"


def test_without_a_passkey_nobody_is_asked_for_one(client: Visitor) -> None:
    client.get("/wan-signin", status=404)


def test_an_administrator_takes_lost_passkeys_away(
    real: Flask,
    session: OrmSession,
    coordinator: User,
) -> None:
    Token().kept_for(session, coordinator)
    session.commit()
    staff.forget_second_factor(session, make_user(session, "administrator"), coordinator.id)
    session.commit()
    assert session.scalar(select(func.count()).select_from(Passkey)) == 0
    _visitor, page = _password(real, coordinator)
    assert page.path == "/tf-setup"


def test_adding_and_deleting_ask_for_the_password_again(session: OrmSession, client: Visitor) -> None:
    account = make_volunteer(session).user
    session.commit()
    client.sign_in(account.email, PASSWORD)
    assert client.get("/wan-register").path == "/wan-register"
    token = client.get("/account/").form("csrf_token", action="/logout").data()["csrf_token"]
    with time_machine.travel(clock.now() + timedelta(minutes=95), tick=False):
        assert client.get("/wan-register").path == "/verify"
        for path in ("/wan-register", "/wan-delete"):
            sent = client.client.post(path, data={"csrf_token": token, "name": "x"})
            assert sent.headers["Location"].startswith("/verify")


@pytest.fixture
def site(live: LiveServer, chromium: Browser) -> BrowserPage:
    """Return a page of a browser with an authenticator; passkeys know names, so the service is called by one."""
    context = chromium.new_context(base_url=live.url.replace("127.0.0.1", "localhost"))
    page = context.new_page()
    page.set_default_timeout(10_000)
    plug_in(page)
    return page


def _sign_in(page: BrowserPage, account: str) -> None:
    page.goto("/login")
    page.fill("[name=email]", account)
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.press("[name=password]", "Enter")


@pytest.mark.browser
def test_a_passkey_is_added_used_and_deleted_in_a_browser(site: BrowserPage, live: LiveServer) -> None:
    with own_session() as own, live.app.app_context():
        account = make_user(own, "coordinator")
        email, number = account.email, account.id
    _sign_in(site, email)
    site.goto("/wan-register")
    assert barriers(site) == []
    site.fill("[name=name]", "هاتفي")
    with site.expect_navigation(url="**/mf-recovery-codes"):
        site.click("text=Add a passkey")
    assert "no recovery codes yet" in site.content()
    with own_session() as own:
        (kept,) = own.scalars(select(Passkey).where(Passkey.user_id == number))
        assert kept.name == "هاتفي"
        assert own.scalars(select(Mail.subject).where(Mail.user_id == number)).all() == [
            "A passkey was added to your account"
        ]
        assert "passkey_added" in own.scalars(select(AuditEvent.action)).all()
    site.context.clear_cookies()
    _sign_in(site, email)
    assert "/wan-signin" in site.url
    assert barriers(site) == []
    with site.expect_navigation(url="**/coordinator/"):
        site.click("text=Use my passkey")
    site.goto("/wan-register")
    with site.expect_navigation():
        site.click("text=Delete this passkey")
    with own_session() as own:
        assert own.scalars(select(Passkey)).all() == []
    site.context.clear_cookies()
    _sign_in(site, email)
    assert "/coordinator/" in site.url
