"""In real use staff sign in with password and code; recovery codes work once."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask_security import hash_password
from passlib.totp import TOTP
from sqlalchemy.orm import Session as OrmSession

from tests.browser import Page, Visitor
from tests.factories import PASSWORD, make_user, make_volunteer
from webapp.models import User

# Flask-Security still hands choices to WTForms in the old way.
pytestmark = pytest.mark.filterwarnings("ignore:Passing SelectField choices as tuples:DeprecationWarning")
CODE = re.compile(r"<li><code>([^<]+)</code></li>")


def with_real_hash(app: Flask, session: OrmSession, user: User) -> User:
    """Give an account a password as real use keeps it."""
    with app.app_context():
        user.password = hash_password(PASSWORD)
    session.commit()
    return user


def _set_up(visitor: Visitor, page: Page) -> tuple[TOTP, Page]:
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
    totp, page = _set_up(visitor, page)
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
    for _turn in range(6):  # eight wrong ones with the two above
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
