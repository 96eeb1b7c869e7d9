"""What tests share: a database of each kind that every test leaves as it found it, the application, a browser."""

from __future__ import annotations

import os
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

# Before anything of webapp is imported: no test may touch the data of whoever runs it, or depend on their settings.
for _name in ("CARAVANSERAI_MODE", "DATABASE_URL", "SECRET_KEY", "DATA_KEY", "BASE_URL", "MAIL_URL", "PORT"):
    os.environ.pop(_name, None)
_data = tempfile.TemporaryDirectory(prefix="caravanserai-tests-")
os.environ["DATA_DIR"] = _data.name

import pytest  # noqa: E402
from flask import Flask  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402
from sqlalchemy import Engine  # noqa: E402
from sqlalchemy.orm import Session as OrmSession  # noqa: E402
from sqlalchemy.orm import scoped_session  # noqa: E402

from tests.browser import Visitor  # noqa: E402
from tests.databases import SCHEMA_MAKERS, copy_of, settings  # noqa: E402
from tests.live import LiveServer, launch  # noqa: E402
from tests.postgres import Server, start_server  # noqa: E402
from webapp import create_app  # noqa: E402
from webapp.db import Session, bind, make_engine  # noqa: E402

POSTGRES: pytest.StashKey[Server] = pytest.StashKey()


def _server(config: pytest.Config) -> Server:
    """Return this process's PostgreSQL server, started when first asked for."""
    if POSTGRES not in config.stash:
        config.stash[POSTGRES] = start_server()
    return config.stash[POSTGRES]


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: object) -> None:
    """Hand every worker of xdist the address of one server, which this, their controller, starts and stops."""
    node.workerinput["postgres_url"] = _server(node.config).url  # type: ignore[attr-defined]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server that this process started."""
    if POSTGRES in config.stash:
        config.stash[POSTGRES].stop()


@pytest.fixture(scope="session")
def postgres_url(request: pytest.FixtureRequest) -> str:
    """Return the address of a PostgreSQL server; it leads to the database `postgres`."""
    handed: dict[str, str] = getattr(request.config, "workerinput", {})
    return handed.get("postgres_url") or _server(request.config).url


@pytest.fixture(scope="session", params=sorted(SCHEMA_MAKERS))
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Yield an engine on an empty database that the real migrations made; SQLite, then PostgreSQL."""
    place = str(tmp_path_factory.mktemp("database"))
    if request.param == "postgresql":
        place = request.getfixturevalue("postgres_url")
    with SCHEMA_MAKERS[request.param](place, f"caravanserai_{uuid.uuid4().hex[:12]}") as url:
        engine = make_engine(url)
        yield engine
        engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[scoped_session[OrmSession]]:
    """Yield the service's session inside a transaction that is rolled back, whatever the test commits.

    Commit what a request is to find: a request that fails rolls back to the last commit, as in real life.
    """
    with engine.connect() as connection, connection.begin() as outer:
        bind(connection, join_transaction_mode="create_savepoint")
        yield Session
        Session.remove()
        outer.rollback()


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Return the application in test mode, which uses whatever session the test has."""
    return create_app(settings("test", tmp_path_factory.mktemp("data")))


@pytest.fixture
def visit(app: Flask, session: scoped_session[OrmSession]) -> Callable[[], Visitor]:
    """Return a maker of visitors, each with cookies of their own, whose every page is checked."""
    return lambda: Visitor(app.test_client())


@pytest.fixture
def client(visit: Callable[[], Visitor]) -> Visitor:
    """Return one visitor who is not signed in."""
    return visit()


@pytest.fixture
def own_engine(engine: Engine, tmp_path: Path) -> Iterator[Engine]:
    """Yield an engine on a database of the test's own, for what really commits: threads, jobs, other processes."""
    with copy_of(engine, tmp_path) as url:
        own = make_engine(url)
        bind(own)
        yield own
        Session.remove()
        own.dispose()


@pytest.fixture
def live(own_engine: Engine, tmp_path: Path) -> Iterator[LiveServer]:
    """Yield the service as the demo runs it, answering on a port of this machine, with an empty database."""
    with LiveServer(settings("demo", tmp_path, own_engine.url.render_as_string(hide_password=False))) as server:
        yield server


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Yield a headless browser."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def browser_page(chromium: Browser, live: LiveServer) -> Iterator[Page]:
    """Yield an empty page of a browser without cookies; paths such as `/login` lead to the live server."""
    context = chromium.new_context(base_url=live.url)
    yield context.new_page()
    context.close()
