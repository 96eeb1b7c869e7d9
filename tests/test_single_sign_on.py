"""Signing in by an organization's own provider: it opens accounts that are here and joined, and nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from joserfc.jwk import OctKey, RSAKey
from sqlalchemy import select
from sqlalchemy.orm import Session as OrmSession

from tests.apps import make_app
from tests.browser import Page, Visitor
from tests.databases import settings
from tests.factories import PASSWORD, make_host, make_host_user, make_user, make_volunteer
from tests.passkeys import Token
from tests.provider import CLIENT, SECRET, Provider
from webapp import config
from webapp.models import AuditEvent, LinkedIdentity, User
from webapp.services import single_sign_on

pytestmark = pytest.mark.filterwarnings("ignore:Passing SelectField choices as tuples:DeprecationWarning")


@pytest.fixture
def provider() -> Iterator[Provider]:
    """Yield a provider that knows one person."""
    with Provider() as running:
        yield running


@pytest.fixture
def made(session: OrmSession, tmp_path: Path, provider: Provider) -> Callable[..., Flask]:
    """Return a maker of the application with that provider."""

    def make(**over: Any) -> Flask:
        known = config.Provider(provider.issuer, CLIENT, SECRET, "Example Org", **over)
        return make_app(replace(settings("test", tmp_path), provider=known))

    return make


@pytest.fixture
def visitor(made: Callable[..., Flask]) -> Visitor:
    """Return somebody who is not signed in."""
    return Visitor(made().test_client())


@pytest.fixture
def person(session: OrmSession, provider: Provider) -> User:
    """Return a coordinator who is the person that the provider knows."""
    account = make_user(session, "coordinator")
    session.commit()
    provider.claims = {"sub": "number-1", "email": account.email.upper(), "email_verified": True}
    return account


def _join(session: OrmSession, account: User, provider: Provider) -> None:
    now = account.created_at
    session.add(LinkedIdentity(user_id=account.id, issuer=provider.issuer, subject="number-1", linked_at=now))
    session.commit()


def _there(visitor: Visitor) -> str:
    return str(visitor.client.get("/sign-in/elsewhere").headers["Location"])


def _come(visitor: Visitor, provider: Provider, status: int = 200) -> Page:
    return visitor.get(provider.sign_in(_there(visitor)), status=status)


def test_the_first_time_asks_for_the_password_and_later_ones_do_not(
    session: OrmSession, visitor: Visitor, provider: Provider, person: User, made: Callable[..., Flask]
) -> None:
    assert "Sign in with Example Org" in visitor.get("/login").text
    page = _come(visitor, provider)
    assert page.path == "/login"
    assert page.markup.account == ""
    assert "for the first time" in page.text
    page = visitor.submit(page, email=person.email, password=PASSWORD)
    assert page.markup.account == f"coordinator:{person.id}"
    assert session.scalars(select(LinkedIdentity.subject)).all() == ["number-1"]
    assert "identity_joined" in session.scalars(select(AuditEvent.action)).all()
    assert _there(visitor) == "/home"  # who is signed in goes nowhere
    provider.claims["email"] = "another@people.example"  # the number counts from now on
    other = Visitor(made().test_client())
    page = _come(other, provider)
    assert page.markup.account == f"coordinator:{person.id}"
    assert other.get("/account/signed-in").text.count("Sign out there") == 1
    page = other.submit(other.get("/account/"), action="/single-sign-on/end")
    assert _come(Visitor(made().test_client()), provider, 403).heading == "You are not signed in"


def test_who_signed_in_meanwhile_stays_who_they_are(
    session: OrmSession, visitor: Visitor, provider: Provider, person: User
) -> None:
    _join(session, person, provider)
    other = make_user(session, "coordinator")
    session.commit()
    back = provider.sign_in(_there(visitor))
    visitor.sign_in(other.email, PASSWORD)
    assert visitor.get(back).markup.account == f"coordinator:{other.id}"


def test_another_persons_password_joins_nothing(
    session: OrmSession, visitor: Visitor, provider: Provider, person: User
) -> None:
    other = make_user(session, "coordinator")
    session.commit()
    visitor.submit(_come(visitor, provider), email=other.email, password=PASSWORD)
    assert session.scalars(select(LinkedIdentity)).all() == []


def _wrong(provider: Provider) -> dict[str, Callable[[], Any]]:
    now = time.time()
    return {
        "nonce": lambda: provider.claims.update(nonce="of another"),
        "audience": lambda: provider.claims.update(aud="somebody-else"),
        "audiences": lambda: provider.claims.update(aud=[CLIENT, "else"], azp="else"),
        "issuer": lambda: provider.claims.update(iss="https://elsewhere.example"),
        "expired": lambda: provider.claims.update(exp=int(now) - 600, iat=int(now) - 900),
        "no subject": lambda: provider.claims.pop("sub"),
        "unsigned": lambda: setattr(provider, "alg", "none"),
        "another's key": lambda: setattr(provider, "signs_with", RSAKey.generate_key(2048, {"kid": "first"})),
        "a shared secret": lambda: _sign_with_the_secret(provider),
    }


def _sign_with_the_secret(provider: Provider) -> None:
    provider.alg, provider.signs_with = "HS256", OctKey.import_key(SECRET * 3)


@pytest.mark.parametrize(
    "wrong",
    [
        "nonce",
        "audience",
        "audiences",
        "issuer",
        "expired",
        "no subject",
        "unsigned",
        "another's key",
        "a shared secret",
    ],
)
def test_a_token_that_proves_nothing_signs_nobody_in(
    session: OrmSession, visitor: Visitor, provider: Provider, person: User, wrong: str
) -> None:
    _join(session, person, provider)
    _wrong(provider)[wrong]()
    page = _come(visitor, provider, 400)
    assert "did not prove who you are" in page.text
    assert page.markup.account == ""


def test_a_code_or_an_answer_works_once_and_in_its_own_browser(
    session: OrmSession, visitor: Visitor, provider: Provider, person: User, made: Callable[..., Flask]
) -> None:
    _join(session, person, provider)
    back = provider.sign_in(_there(visitor))
    thief = Visitor(made().test_client())
    assert thief.get(back, status=400).markup.account == ""
    there = _there(thief)
    state = there.partition("state=")[2].partition("&")[0]
    stolen = f"{back.partition('state=')[0]}state={state}"
    assert thief.get(stolen, status=400).markup.account == ""  # the code was asked for with another verifier
    assert visitor.get(back, status=400).markup.account == ""  # and is used up
    back = provider.sign_in(_there(visitor))
    assert visitor.get(back).markup.account == f"coordinator:{person.id}"
    visitor.submit(visitor.get("/account/"), action="/logout")
    assert visitor.get(back, status=400).markup.account == ""


@pytest.mark.parametrize(
    "claims", [{"email_verified": False}, {"email_verified": "true"}, {"email": "nobody@people.example"}, {"email": ""}]
)
def test_nobody_comes_in_by_an_address_that_is_not_theirs_or_not_here(
    session: OrmSession, visitor: Visitor, provider: Provider, person: User, claims: dict[str, Any]
) -> None:
    before = session.scalars(select(User.id)).all()
    provider.claims.update(claims)
    page = _come(visitor, provider, 403)
    assert "no account here" in page.text
    assert session.scalars(select(User.id)).all() == before


def test_volunteers_come_in_and_hosts_and_closed_accounts_do_not(
    session: OrmSession, visitor: Visitor, provider: Provider, person: User
) -> None:
    host, volunteer = make_host_user(session, make_host(session)), make_volunteer(session).user
    closed = make_user(session, "coordinator")
    closed.active = False
    session.commit()
    for account, status in ((host, 403), (closed, 403), (volunteer, 200)):
        provider.claims |= {"email": account.email, "sub": account.email}
        _come(visitor, provider, status)
    provider.claims["sub"] = "number-1"
    person.active = False
    _join(session, person, provider)
    _come(visitor, provider, 403)


@pytest.mark.parametrize(
    ("trusted", "amr", "is_asked"), [(False, ["mfa"], True), (True, ["pwd"], True), (True, ["pwd", "mfa"], False)]
)
def test_the_second_step_is_asked_for_unless_the_provider_is_trusted_with_it(
    session: OrmSession,
    made: Callable[..., Flask],
    provider: Provider,
    person: User,
    trusted: bool,
    amr: list[str],
    is_asked: bool,
) -> None:
    Token().kept_for(session, person)
    _join(session, person, provider)
    provider.claims["amr"] = amr
    page = _come(Visitor(made(is_trusted_with_second_step=trusted).test_client()), provider)
    assert page.path == ("/wan-signin" if is_asked else "/coordinator/")
    assert bool(page.markup.account) != is_asked


def test_what_is_dangerous_asks_for_the_password_where_the_provider_does_not_say_when_it_did(
    session: OrmSession, visitor: Visitor, provider: Provider, person: User
) -> None:
    _join(session, person, provider)
    _come(visitor, provider)
    assert visitor.get("/wan-register").path == "/verify"
    visitor.submit(visitor.get("/account/"), action="/logout")
    provider.claims["auth_time"] = int(time.time()) - 60
    _come(visitor, provider)
    assert visitor.get("/wan-register").path == "/wan-register"


def test_a_provider_that_is_away_is_said_so(visitor: Visitor, provider: Provider, person: User) -> None:
    back = provider.sign_in(_there(visitor))
    provider.stop()
    for path in (back, "/sign-in/elsewhere"):
        page = visitor.get(path, status=503)
        assert "does not answer" in page.text
        assert page.link("my password") == "/login"


@pytest.mark.parametrize("described", [["no", "object"], {"issuer": "https://another.example"}, {}])
def test_a_provider_that_says_it_is_another_one_is_not_asked_further(
    visitor: Visitor, provider: Provider, monkeypatch: pytest.MonkeyPatch, described: Any
) -> None:
    ends = dict.fromkeys(("authorization_endpoint", "token_endpoint", "jwks_uri"), provider.issuer + "/x")
    told = {**ends, **described} if described and isinstance(described, dict) else described
    monkeypatch.setattr(provider, "answer", lambda _path: told)
    assert "does not answer" in visitor.get("/sign-in/elsewhere", status=503).text


def test_without_settings_there_is_no_single_sign_on(client: Visitor) -> None:
    client.get("/sign-in/elsewhere", status=404)
    client.get("/sign-in/back?code=1&state=2", status=404)
    assert "/sign-in/elsewhere" not in client.get("/login").text


def test_settings_of_a_provider_are_whole_and_safe(monkeypatch: pytest.MonkeyPatch) -> None:
    assert config.config_from_environment().provider is None
    monkeypatch.setenv("OIDC_ISSUER", "https://id.example.org/")
    with pytest.raises(config.ConfigError, match="OIDC_CLIENT_ID, OIDC_CLIENT_SECRET"):
        config.config_from_environment()
    monkeypatch.setenv("OIDC_CLIENT_ID", "us")
    monkeypatch.setenv("OIDC_CLIENT_SECRET", "secret")
    assert config.config_from_environment().provider == config.Provider(
        "https://id.example.org", "us", "secret", "id.example.org"
    )
    monkeypatch.setenv("OIDC_ISSUER", "http://id.example.org")
    with pytest.raises(config.ConfigError, match="https"):
        config.config_from_environment()


def test_joining_twice_or_what_is_taken_and_parting_what_is_not_joined_change_nothing(session: OrmSession) -> None:
    first, second = make_user(session, "coordinator"), make_user(session, "coordinator")
    single_sign_on.part(session, first, "https://id.example")
    for account in (first, first, second):
        single_sign_on.join(session, account, "https://id.example", "one-and-the-same")
    assert [one.user_id for one in session.scalars(select(LinkedIdentity))] == [first.id]
    about = AuditEvent.action.in_(("identity_joined", "identity_parted"))
    assert [one.action for one in session.scalars(select(AuditEvent).where(about))] == ["identity_joined"]
