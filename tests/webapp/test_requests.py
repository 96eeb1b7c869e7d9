"""One transaction for each request, and what follows it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from flask import Flask
from sqlalchemy import Engine, func, select

from tests.apps import make_app
from tests.databases import settings
from tests.factories import PASSWORD, make_user
from webapp.db import SESSION_FACTORY, bind, make_engine, own_session
from webapp.models import Mail, User


def _app(engine: Engine, folder: Path, wake: Callable[[], None] | None) -> Flask:
    """Return the application as the demo runs it, on the test's own engine, which the test's fixture disposes of."""
    config = settings("demo", folder, engine.url.render_as_string(hide_password=False))
    app = make_app(config, wake=wake)
    SESSION_FACTORY.kw["bind"].dispose()
    bind(engine)
    return app


def test_a_queue_that_is_away_costs_no_error(own_engine: Engine, tmp_path: Path) -> None:
    """The change is committed by then: an error page would be a lie."""

    def away() -> None:
        raise OSError("no queue here")

    with own_session() as session:
        email = make_user(session, "administrator").email
    client = _app(own_engine, tmp_path, away).test_client()
    page = client.get("/reset").get_data(as_text=True)
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    answer = client.post("/reset", data={"email": email, "csrf_token": token}, follow_redirects=True)
    assert answer.status_code == 200
    with own_session() as session:
        assert session.scalar(select(func.count()).select_from(Mail)) == 1


def test_health_says_when_the_database_is_away(own_engine: Engine, tmp_path: Path) -> None:
    client = _app(own_engine, tmp_path, None).test_client()
    assert client.get("/healthz").status_code == 200
    nowhere = make_engine("postgresql+psycopg://nobody@127.0.0.1:1/nothing?connect_timeout=2")
    bind(nowhere)
    answer = client.get("/healthz")
    nowhere.dispose()
    bind(own_engine)
    assert answer.status_code == 503
    assert "Set-Cookie" not in answer.headers


def test_a_form_that_is_refused_keeps_nothing(own_engine: Engine, tmp_path: Path) -> None:
    client = _app(own_engine, tmp_path, None).test_client()
    answer = client.post("/register", data={"email": "a@people.example", "password": PASSWORD})
    assert answer.status_code == 400, "no token, no form"
    with own_session() as session:
        assert session.scalar(select(func.count()).select_from(User)) == 0


def test_numbers_and_characters_that_no_database_takes_are_no_error(own_engine: Engine, tmp_path: Path) -> None:
    client = _app(own_engine, tmp_path, None).test_client()
    for path, status in (
        ("/assignments/99999999999999999999", 404),
        ("/assignments/2147483648", 404),
        ("/assignments?q=%00", 422),
        ("/invitation/a%00b", 422),
        ("/assignments/2147483647", 404),
    ):
        assert client.get(path).status_code == status, path
    page = client.get("/reset").get_data(as_text=True)
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    assert client.post("/reset", data={"email": "a\x00b@people.example", "csrf_token": token}).status_code == 422
