"""What tests share: a database of each kind that every test leaves as it found it, the application, a browser.

The service is imported where a fixture first needs it, so that the library's tests start at once and stand alone.
"""

from __future__ import annotations

import gc
import os
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from flask import Flask
    from playwright.sync_api import Browser, Page
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session as OrmSession

    from tests.browser import Visitor
    from tests.live import LiveServer
    from tests.postgres import Server

POSTGRES: pytest.StashKey[Server] = pytest.StashKey()
LONGEST_NAME = 80  # characters of one value in the name of a test
OUTSIDE = (
    "CARAVANSERAI_MODE",
    "DATABASE_URL",
    "SECRET_KEY",
    "DATA_KEY",
    "OLD_DATA_KEY",
    "HASH_KEY",
    "BASE_URL",
    "MAIL_URL",
    "PORT",
    "HOST",
    "WORKERS",
    "OIDC_ISSUER",
    "OIDC_CLIENT_ID",
    "OIDC_CLIENT_SECRET",
    "OIDC_NAME",
    "OIDC_TRUST_MFA",
    "METRICS_TOKEN",
)


def pytest_configure(config: pytest.Config) -> None:
    """Let no test touch the data of whoever runs it, or depend on their settings."""
    for name in OUTSIDE:
        os.environ.pop(name, None)
    # There are as many workers as cores; threads of the sums of small matrices would only wait for one another.
    os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))
    # An example may take as long as the machine lets it.
    hypothesis.settings.register_profile("patient", deadline=None)
    hypothesis.settings.load_profile("patient")
    folder = tempfile.TemporaryDirectory(prefix="caravanserai-tests-")
    config.add_cleanup(folder.cleanup)
    os.environ["DATA_DIR"] = folder.name


def _server(config: pytest.Config) -> Server:
    """Return this process's PostgreSQL server, started when first asked for and stopped at the end."""
    from tests.postgres import start_server

    if POSTGRES not in config.stash:
        config.stash[POSTGRES] = start_server()
        config.add_cleanup(config.stash[POSTGRES].stop)
    return config.stash[POSTGRES]


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: object) -> None:
    """Hand every worker of xdist the address of one server, which this, their controller, starts and stops."""
    node.workerinput["postgres_url"] = _server(node.config).url  # type: ignore[attr-defined]


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name a case with a long text by how that begins: names go from process to process, many times."""
    if isinstance(val, (str, bytes)) and len(val) > LONGEST_NAME:
        return ascii(val[:LONGEST_NAME])
    return None


def pytest_collection_finish() -> None:
    """Look for garbage less often, and not among what was imported: it took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


@pytest.fixture(scope="session")
def postgres_url(request: pytest.FixtureRequest) -> str:
    """Return the address of a PostgreSQL server; it leads to the database `postgres`."""
    handed: dict[str, str] = getattr(request.config, "workerinput", {})
    return handed.get("postgres_url") or _server(request.config).url


@pytest.fixture(scope="session", params=["postgresql", "sqlite"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Yield an engine on an empty database that the real migrations made; of the one kind, then of the other."""
    from tests.databases import DATA_KEY, postgresql_database, sqlite_database
    from webapp.db import SESSION_FACTORY, make_engine

    SESSION_FACTORY.kw.setdefault("info", {"data_key": DATA_KEY})  # for words that lie encrypted
    name = f"caravanserai_{uuid.uuid4().hex[:12]}"
    if request.param == "postgresql":
        database = postgresql_database(request.getfixturevalue("postgres_url"), name)
    else:
        database = sqlite_database(tmp_path_factory.mktemp("database"), name)
    with database as url:
        engine = make_engine(url)
        yield engine
        engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[OrmSession]:
    """Yield the service's session inside a transaction that is rolled back, whatever the test commits.

    Commit what a request is to find: a request that fails rolls back to the last commit, as in real life.
    """
    from webapp.db import Session, bind

    with engine.connect() as connection, connection.begin() as outer:
        bind(connection, join_transaction_mode="create_savepoint")
        yield Session()
        Session.remove()
        outer.rollback()


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Return the application in test mode, which uses whatever session the test has."""
    from tests.apps import make_app
    from tests.databases import settings

    return make_app(settings("test", tmp_path_factory.mktemp("data")))


@pytest.fixture
def real(session: OrmSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """Return the application in production mode on the test's own database."""
    from tests.apps import make_app
    from tests.databases import settings

    monkeypatch.setattr("webapp.bind", lambda _engine: None)  # it would bind another database
    monkeypatch.setattr("webapp.make_engine", lambda _url: None)
    monkeypatch.setattr("webapp.db.Session.remove", lambda: None)
    monkeypatch.setattr("webapp.begin_reading", lambda _session: None)
    return make_app(settings("production", tmp_path))


@pytest.fixture
def visit(app: Flask, session: OrmSession) -> Callable[[], Visitor]:
    """Return a maker of visitors, each with cookies of their own, whose every page is checked."""
    from tests.browser import Visitor

    return lambda: Visitor(app.test_client())


@pytest.fixture
def client(visit: Callable[[], Visitor]) -> Visitor:
    """Return one visitor who is not signed in."""
    return visit()


@pytest.fixture
def own_engine(engine: Engine, tmp_path: Path) -> Iterator[Engine]:
    """Yield an engine on a database of the test's own, for what really commits: threads, jobs, other processes."""
    from tests.databases import DATA_KEY, all_closed, copy_of
    from webapp.db import Session, bind, keep_key, make_engine

    keep_key(DATA_KEY)  # what commits may be read by other processes
    with copy_of(engine, tmp_path) as url, all_closed():
        own = make_engine(url)
        bind(own)
        yield own
        Session.remove()
        own.dispose()


@pytest.fixture
def live(own_engine: Engine, tmp_path: Path) -> Iterator[LiveServer]:
    """Yield the service as the demo runs it, answering on a port of this machine, with an empty database."""
    from tests.databases import settings
    from tests.live import LiveServer

    url = own_engine.url.render_as_string(hide_password=False)
    with LiveServer(settings("demo", tmp_path, url)) as server:
        yield server


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Yield a headless browser."""
    from playwright.sync_api import sync_playwright

    from tests.live import launch

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
