"""In real use staff sign in with password and code; recovery codes work once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask_security import hash_password
from passlib.totp import TOTP
from sqlalchemy import select
from sqlalchemy.orm import Session as OrmSession

from tests.browser import Page, Visitor
from tests.factories import PASSWORD, make_user, make_volunteer
from webapp import clock
from webapp.models import AuditEvent, Mail, User
from webapp.services import sign_in

# Flask-Security still hands choices to WTForms in the old way.
pytestmark = pytest.mark.filterwarnings("ignore:Passing SelectField choices as tuples:DeprecationWarning")
CODE = re.compile(r"<li><code>([^<]+)</code></li>")


def with_real_hash(app: Flask, session: OrmSession, user: User) -> User:
    """Give an account a password as real use keeps it."""
    with app.app_context():
        user.password = hash_password(PASSWORD)
    session.commit()
    return user


def set_up(visitor: Visitor, page: Page) -> tuple[TOTP, Page]:
    """Set up a code of an app; return the app, and the page that follows."""
    token = page.markup.forms[0].data()["csrf_token"]
    page = Page(visitor.client.post("/tf-setup", data={"csrf_token": token, "setup": "authenticator"}))
    key = re.search(r'class="key">([^<]+)<', page.text)
    assert key, page.text
    totp = TOTP(key=key.group(1).replace("-", "").replace(" ", ""))
    return totp, visitor.submit(page, code=totp.generate().token)


def test_staff_set_up_a_code_before_anything_else(real: Flask, session: OrmSession) -> None:
    user = with_real_hash(real, session, make_user(session, "coordinator"))
    visitor = Visitor(real.test_client())
    page = visitor.sign_in(user.email, PASSWORD)
    assert page.path == "/tf-setup" and "Your role needs this" in page.text
    assert visitor.get("/coordinator/").path == visitor.get("/account/").path == "/tf-setup"
    with visitor.client.get("/static/style.css") as sheet:
        assert sheet.status_code == 200
    totp, page = set_up(visitor, page)
    assert page.path == "/mf-recovery-codes" and "no recovery codes yet" in page.text
    page = visitor.submit(page, action="/mf-recovery-codes", button="Make new codes")
    codes = CODE.findall(page.text)
    assert len(codes) == 5 and visitor.get("/coordinator/").path == "/coordinator/"
    session.expire_all()
    assert codes[0] not in str(session.get_one(User, user.id).mf_recovery_codes)  # not readable in the database

    other = Visitor(real.test_client())
    page = other.submit(other.get("/login"), email=user.email, password=PASSWORD)
    assert page.path == "/tf-validate" and page.markup.account == ""
    assert "/login" in other.client.get("/coordinator/").headers["Location"]
    assert other.submit(page, code="000000").markup.account == ""
    page = other.get("/mf-recovery")
    page = other.submit(page, code=codes[0])
    assert page.markup.account == f"coordinator:{user.id}"

    third = Visitor(real.test_client())
    third.submit(third.get("/login"), email=user.email, password=PASSWORD)
    assert third.submit(third.get("/mf-recovery"), code=codes[0]).markup.account == ""
    for _turn in range(7):  # eight wrong ones with the one above; codes of an app have a count of their own
        third.submit(third.get("/mf-recovery"), code="wrong")
    third.submit(third.get("/mf-recovery"), status=429, code=codes[1])


def test_focal_points_are_staff_and_supporters_are_not(real: Flask, session: OrmSession) -> None:
    for role, path in (("focal_point", "/tf-setup"), ("supporter", "/supporter/")):
        user = with_real_hash(real, session, make_user(session, role))
        assert Visitor(real.test_client()).sign_in(user.email, PASSWORD).path == path


def test_volunteers_may_go_without_a_code(real: Flask, session: OrmSession) -> None:
    volunteer = make_volunteer(session)
    assert volunteer.user is not None
    user = with_real_hash(real, session, volunteer.user)
    visitor = Visitor(real.test_client())
    assert visitor.sign_in(user.email, PASSWORD).markup.account == f"volunteer:{user.id}"
    assert "alone" in visitor.get("/account/").text


def test_demo_lets_staff_go_without_a_code(session: OrmSession, client: Visitor) -> None:
    user = make_user(session, "coordinator")
    session.commit()
    assert client.sign_in(user.email, PASSWORD).path == "/coordinator/"


def _volunteer_with_code(session: OrmSession, client: Visitor) -> User:
    user = make_volunteer(session).user
    session.commit()
    assert user is not None
    client.sign_in(user.email, PASSWORD)
    set_up(client, client.get("/tf-setup"))
    return user


def test_changing_the_code_and_turning_it_off_ask_for_the_password_again(session: OrmSession, client: Visitor) -> None:
    user = _volunteer_with_code(session, client)
    page = client.get("/tf-setup")
    token = page.markup.forms[0].data()["csrf_token"]
    begun = Page(client.client.post("/tf-setup", data={"csrf_token": token, "setup": "authenticator"}))
    to_end = begun.form("code").attributes["action"]
    with time_machine.travel(clock.now() + timedelta(minutes=95), tick=False):
        assert client.get("/tf-setup").path == "/verify"
        for path, wish in (("/tf-setup", {"setup": "disable"}), (to_end, {"code": "000000"})):
            sent = client.client.post(path, data={"csrf_token": token, **wish})
            assert sent.headers["Location"].startswith("/verify")
    session.expire_all()
    assert session.get_one(User, user.id).tf_primary_method == "authenticator"


def test_the_trail_tells_that_a_code_was_set_up_and_turned_off(session: OrmSession, client: Visitor) -> None:
    user = _volunteer_with_code(session, client)
    token = client.get("/tf-setup").markup.forms[0].data()["csrf_token"]
    client.client.post("/tf-setup", data={"csrf_token": token, "setup": "disable"})
    mine = select(AuditEvent.action).where(AuditEvent.actor_id == user.id).order_by(AuditEvent.id)
    assert [one for one in session.scalars(mine) if one.startswith("code_")] == ["code_set_up", "code_turned_off"]


def test_no_letter_for_help_can_be_sent_with_the_password_alone(session: OrmSession, client: Visitor) -> None:
    user = _volunteer_with_code(session, client)
    client.submit(client.get("/account/"), action="/logout")
    page = client.submit(client.get("/login"), email=user.email, password=PASSWORD)
    token = page.form("code").data()["csrf_token"]
    before = session.scalars(select(Mail.subject)).all()
    sent = Page(client.client.post("/tf-rescue", data={"csrf_token": token, "help_setup": "help"}))
    assert (sent.status, sent.heading) == (200, "Your code")
    assert session.scalars(select(Mail.subject)).all() == before


def test_after_a_day_of_wrong_codes_a_recovery_code_still_lets_the_owner_in(real: Flask, session: OrmSession) -> None:
    user = with_real_hash(real, session, make_user(session, "coordinator"))
    owner = Visitor(real.test_client())
    _totp, page = set_up(owner, owner.sign_in(user.email, PASSWORD))
    codes = CODE.findall(owner.submit(page, action="/mf-recovery-codes", button="Make new codes").text)
    tried = sign_in.Try(f"code of {user.fs_uniquifier}", is_code=True)
    for _turn in range(sign_in.MOST_CODES_A_DAY):
        sign_in.note_failure(session, tried).at -= timedelta(hours=1)
    session.commit()
    other = Visitor(real.test_client())
    page = other.submit(other.get("/login"), email=user.email, password=PASSWORD)
    assert "come back tomorrow" in other.submit(page, status=409, code="000000").text
    page = other.submit(other.get("/mf-recovery"), code=codes[0])
    assert page.markup.account == f"coordinator:{user.id}"
