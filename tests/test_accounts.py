"""Registering, confirming, signing in and out, guessing, the second step; as a visitor without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from importlib.resources import files
from io import StringIO
from typing import Any

import pytest
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from babel.util import pathmatch
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session as OrmSession

from tests.browser import Page, Visitor
from tests.factories import PASSWORD, make_host, make_user, make_vio
from webapp import clock
from webapp.config import ROOT
from webapp.models import Consent, Host, Mail, SignInFailure, User, Volunteer
from webapp.security_words import GAPS, PLAINER
from webapp.services.letters import copy_of

NEW_PASSWORD = "seven camels under one roof"


def newest_letter(session: OrmSession, to: str) -> str:
    """Return the body of the newest letter to an address."""
    session.expire_all()
    letter = session.scalars(select(Mail).where(Mail.to == to).order_by(Mail.id.desc())).first()
    assert letter is not None, f"no letter to {to}"
    return letter.body


def link_in(body: str) -> str:
    """Return the path of the first link in a letter that is more than the front page."""
    found = re.search(r"https?://[^/\s]+(/[^\s]+)", body)
    assert found, body
    return found.group(1).rstrip(".")


def register_volunteer(client: Visitor, email: str, **over: Any) -> Page:
    """Fill in the volunteer's way of the registration page."""
    values: dict[str, Any] = {
        "full_name": "Nguyễn Thị Hoa",
        "email": email,
        "password": NEW_PASSWORD,
        "is_adult": "y",
        "consent_matching": "y",
        **over,
    }
    return client.submit(client.get("/register"), **values)


def test_volunteer_registers_confirms_and_arrives(session: OrmSession, client: Visitor) -> None:
    vio = make_vio(session)
    session.commit()
    page = register_volunteer(client, "hoa@people.example", vio_id=str(vio.id), call_me="Hoa")
    assert page.path == "/registered"
    account = session.scalars(select(User).where(User.email == "hoa@people.example")).one()
    volunteer = account.volunteer
    assert volunteer is not None and volunteer.called == "Hoa" and volunteer.vio_id == vio.id and volunteer.is_adult
    assert [(c.purpose, c.withdrawn_at) for c in volunteer.consents] == [("matching", None)]
    assert account.confirmed_at is None
    page = client.get(link_in(newest_letter(session, "hoa@people.example")))
    assert page.markup.account == f"volunteer:{account.id}"


def test_letters_of_the_account_come_in_its_language_whatever_the_page_spoke(
    session: OrmSession, client: Visitor
) -> None:
    account = make_user(session, "coordinator", locale="fr")
    session.commit()
    client.submit(client.get("/reset?lang=en"), email=account.email, action="/reset")
    letter = session.scalars(select(Mail).where(Mail.user_id == account.id)).one()
    assert letter.language == "fr"
    assert "1\xa0jour" in letter.body
    assert "Password reset" not in letter.subject
    assert letter.secrets and letter.secrets in letter.body
    assert letter.secrets not in copy_of(letter)


def test_texts_of_letters_are_collected_for_translation() -> None:
    with (ROOT / "webapp/translations/babel.cfg").open(encoding="utf-8") as file:
        methods, _options = parse_mapping_cfg(file)
    letters = list((ROOT / "webapp/templates/security/email").glob("*.txt"))
    assert letters
    for letter in letters:
        assert any(pathmatch(pattern, str(letter.relative_to(ROOT / "webapp"))) for pattern, _how in methods)


def test_host_registers_with_its_organization(session: OrmSession, client: Visitor) -> None:
    vio = make_vio(session)
    session.commit()
    page = client.get("/register?as=host")
    assert "consent_matching" not in page.text
    client.submit(
        page,
        organization="مدرسة النخيل",
        own_name="سلمى",
        email="salma@school.example",
        password=NEW_PASSWORD,
        vio_id=str(vio.id),
    )
    account = session.scalars(select(User).where(User.email == "salma@school.example")).one()
    host = session.get_one(Host, account.host_id)
    assert (account.role, host.name, host.state, host.vio_id) == ("host", "مدرسة النخيل", "unverified", vio.id)
    assert host.contact_email == "salma@school.example" and account.volunteer is None


@pytest.mark.parametrize(
    ("over", "complaint"),
    [
        ({"is_adult": None}, "18 or over"),
        ({"full_name": "  "}, "Write your name"),
        ({"consent_matching": None, "consent_abroad": "y"}, "builds on the agreement"),
        ({"password": "short"}, "12"),
        ({"vio_id": "999999"}, ""),
        ({"way": "administrator"}, ""),
    ],
)
def test_registration_says_what_is_missing_and_keeps_nothing(
    session: OrmSession, client: Visitor, over: dict[str, object], complaint: str
) -> None:
    vio = make_vio(session)
    session.commit()
    over = {"vio_id": str(vio.id), **over}
    page = register_volunteer(client, "x@people.example", **over)
    if "way" in over:  # a made-up way is read as the volunteer's
        assert session.scalars(select(User).where(User.email == "x@people.example")).one().role == "volunteer"
        return
    assert complaint in page.text and page.markup.account == ""
    assert session.scalars(select(User)).all() == [] == session.scalars(select(Volunteer)).all()


def test_closed_vio_takes_no_registration(session: OrmSession, client: Visitor) -> None:
    make_vio(session, is_open=False)
    session.commit()
    assert "No organization takes registrations" in client.get("/register").text


def test_taken_address_looks_like_a_new_one(session: OrmSession, client: Visitor) -> None:
    vio = make_vio(session)
    make_user(session, "volunteer", vio, email="taken@people.example")
    session.commit()
    page = register_volunteer(client, "taken@people.example", vio_id=str(vio.id))
    assert page.path == "/registered"
    assert session.scalars(select(Volunteer)).all() == []
    assert "has an account already" in newest_letter(session, "taken@people.example")


def test_both_consents_are_kept_apart(session: OrmSession, client: Visitor) -> None:
    vio = make_vio(session)
    session.commit()
    register_volunteer(client, "y@people.example", vio_id=str(vio.id), consent_abroad="y")
    kept = session.scalars(select(Consent).order_by(Consent.id)).all()
    assert [c.purpose for c in kept] == ["matching", "abroad"]
    assert all(c.version and c.given_on == clock.today() for c in kept)


def test_without_consent_one_registers_and_is_not_matched(session: OrmSession, client: Visitor) -> None:
    vio = make_vio(session)
    session.commit()
    register_volunteer(client, "z@people.example", vio_id=str(vio.id), consent_matching=None)
    assert session.scalars(select(Volunteer)).one().consents == []


def test_unconfirmed_account_cannot_sign_in(session: OrmSession, client: Visitor) -> None:
    user = make_user(session, "volunteer")
    user.confirmed_at = None
    session.commit()
    page = client.submit(client.get("/login"), email=user.email, password=PASSWORD)
    assert page.markup.account == "" and page.path == "/login"


def test_forgotten_password_is_set_anew_by_letter(session: OrmSession, client: Visitor) -> None:
    host = make_host(session)
    user = make_user(session, "host", host.vio, host_id=host.id)
    session.commit()
    client.submit(client.get("/reset"), email=user.email)
    page = client.get(link_in(newest_letter(session, user.email)))
    client.submit(page, password=NEW_PASSWORD, password_confirm=NEW_PASSWORD)
    client.client.post("/logout")
    fresh = Visitor(client.client.application.test_client())
    assert fresh.submit(fresh.get("/login"), email=user.email, password=PASSWORD).markup.account == ""
    assert fresh.sign_in(user.email, NEW_PASSWORD).markup.account == f"host:{user.id}"


def test_reset_tells_nothing_about_unknown_addresses(session: OrmSession, client: Visitor) -> None:
    known = make_user(session, "administrator")
    session.commit()
    answers = [client.submit(client.get("/reset"), email=email).text for email in (known.email, "no@people.example")]
    assert re.sub(r"value=\"[^\"]*\"|\S+@\S+", "", answers[0]) == re.sub(r"value=\"[^\"]*\"|\S+@\S+", "", answers[1])


def test_form_without_csrf_token_is_refused(session: OrmSession, app: Flask) -> None:
    user = make_user(session, "administrator")
    session.commit()
    client = app.test_client()
    assert client.post("/login", data={"email": user.email, "password": PASSWORD}).status_code == 400
    assert client.post("/register", data={"email": "a@b.example"}).status_code == 400


def test_ninth_guess_must_wait_and_others_need_not(
    session: OrmSession, visit: Callable[[], Visitor], app: Flask
) -> None:
    user, other = make_user(session, "administrator"), make_user(session, "administrator")
    session.commit()
    visitor = visit()
    for number in range(8):
        page = visitor.get("/login")
        data = {**page.form("password").data(), "email": user.email.upper(), "password": "wrong"}
        headers = {"X-Forwarded-For": f"203.0.113.{number}"}
        assert visitor.client.post("/login", data=data, headers=headers).status_code == 200
    page = visitor.submit(visitor.get("/login"), status=429, email=user.email, password=PASSWORD)
    assert int(page.response.headers["Retry-After"]) == 300
    assert visit().sign_in(other.email, PASSWORD).markup.account
    for failure in session.scalars(select(SignInFailure)):
        failure.at -= timedelta(minutes=6)
    session.commit()
    assert visit().sign_in(user.email, PASSWORD).markup.account


def test_json_is_no_way_around_the_pages(session: OrmSession, app: Flask) -> None:
    assert app.test_client().post("/login", json={"email": "a@b.example", "password": "x"}).status_code in (400, 415)


@pytest.mark.parametrize(
    "language", ["fr", "es", "ru", "ar"]
)  # Flask-Security has no Chinese for it, our catalogue has
def test_wrong_password_is_said_in_the_readers_language(session: OrmSession, client: Visitor, language: str) -> None:
    page = client.get(f"/login?lang={language}")
    data = {**page.form("password").data(), "email": "nobody@people.example", "password": "wrong"}
    text = client.client.post(f"/login?lang={language}", data=data).get_data(as_text=True)
    assert 'role="alert"' in text and "Authentication failed" not in text and "do not go together" not in text


def test_every_gap_in_flask_securitys_words_is_a_text_of_it() -> None:
    template = (files("flask_security") / "translations" / "flask_security.pot").read_text(encoding="utf-8")
    known = {str(message.id) for message in read_po(StringIO(template))}
    assert [text for text in (*(gap.text for gap in GAPS), *PLAINER) if text not in known] == []
