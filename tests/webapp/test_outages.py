"""The database goes away and comes back, the disk is full and then not: pages say so, nothing needs a restart."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, func, select

from tests.apps import make_app
from tests.databases import all_closed, migrate, settings, sqlite_database
from tests.factories import make_user
from tests.live import LiveServer
from tests.postgres import Server, create_database, start_own_server
from webapp.db import SESSION_FACTORY, Session, own_session
from webapp.models import Mail
from webapp.services import letter_limits

WORDS = "We cannot work just now"


@pytest.fixture
def own_server() -> Iterator[Server]:
    """Yield a PostgreSQL server that the test may stop."""
    server = start_own_server()
    yield server
    server.stop()


def _get(url: str) -> tuple[int, str, float]:
    began = time.monotonic()
    try:
        with urllib.request.urlopen(url, timeout=30) as response:
            return response.status, response.read().decode(), time.monotonic() - began
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode(), time.monotonic() - began


def test_a_database_that_was_away_is_found_again(own_server: Server, tmp_path: Path) -> None:
    url = create_database(own_server.url, "caravanserai")
    migrate(url.replace("postgresql:", "postgresql+psycopg:"))
    config = settings("demo", tmp_path, url.replace("postgresql:", "postgresql+psycopg:"))
    with LiveServer(config) as live:
        assert _get(f"{live.url}/assignments")[0] == 200
        own_server.halt()
        for path in ("/assignments", "/login", "/assignments?lang=ar", "/healthz"):
            status, page, seconds = _get(f"{live.url}{path}")
            assert status == 503, path
            assert seconds < 10
            assert "Traceback" not in page
        assert WORDS in _get(f"{live.url}/assignments")[1]
        own_server.go_on()
        assert _get(f"{live.url}/assignments")[0] == 200
        assert _get(f"{live.url}/healthz")[0] == 200
    Session.remove()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[FlaskClient]:
    """Yield a client of the application on a SQLite file of its own, which a test can keep from growing."""
    with sqlite_database(tmp_path, "own") as url, all_closed():
        yield make_app(settings("demo", tmp_path, url)).test_client()
        Session.remove()
        SESSION_FACTORY.kw["bind"].dispose()


def _ask_for_a_letter(site: FlaskClient, email: str) -> Any:
    page = site.get("/reset").get_data(as_text=True)
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    return site.post("/reset", data={"email": email, "csrf_token": token}, follow_redirects=True)


def _letters() -> int:
    with own_session() as session:
        return session.scalar(select(func.count()).select_from(Mail)) or 0


def test_a_full_disk_is_said_and_passes(site: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letter_limits, "MOST_TO_ADDRESS", 1000)  # letters are what fills the disk here
    monkeypatch.setattr(letter_limits, "MOST_FOR_VISITOR", 1000)
    engine: Engine = SESSION_FACTORY.kw["bind"]
    with own_session() as session:
        email = make_user(session, "administrator").email
    assert _ask_for_a_letter(site, email).status_code == 200
    kept = _letters()
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()

    def fill(connection: Any, _record: Any) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")

    engine.dispose()
    event.listen(engine, "connect", fill)
    answers: list[Any] = []
    while len(answers) < 200 and [answer.status_code for answer in answers[-2:]] != [503, 503]:
        answers.append(_ask_for_a_letter(site, email))
    refused = [answer for answer in answers if answer.status_code != 200]
    assert refused
    assert {answer.status_code for answer in refused} == {503}
    assert WORDS in refused[0].get_data(as_text=True)
    assert _letters() == kept + len(answers) - len(refused), "what was acknowledged is there, and nothing else"
    event.remove(engine, "connect", fill)
    engine.dispose()
    assert _ask_for_a_letter(site, email).status_code == 200


def test_a_file_that_finds_no_room_is_said_too(site: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: object, **_named: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(site.application.view_functions, "public.about", full)
    answer = site.get("/about")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
