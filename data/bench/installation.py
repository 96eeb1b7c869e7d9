"""A throw-away installation: the demonstration's hosts and assignments, and as many people as are wanted."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from flask import Flask
from flask.testing import FlaskClient
from flask_security import hash_password
from sqlalchemy import select

from data.bench import people
from data.bench.databases import SQLITE, database
from webapp import clock, create_app
from webapp.config import Config
from webapp.db import SESSION_FACTORY, own_session
from webapp.models import Vio
from webapp.schema_steps import alembic_config
from webapp.services import demo
from webapp.services.demo import sample

AT_ONCE = 2_000
_CONSENTED = dict.fromkeys(("consent_matching_on", "consent_abroad_on"), "2026-01-01")
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@contextmanager
def installation(number: int, kind: str = SQLITE) -> Iterator[Flask]:
    """Yield the service over `number` invented people of one VIO, beside those of the demonstration."""
    with tempfile.TemporaryDirectory(prefix="caravanserai-bench-") as folder, empty(Path(folder), kind) as config:
        app = create_app(config)
        with app.app_context(), own_session() as session:
            demo.load(session, hash_password(demo.DEMO_PASSWORD))
        _add_people(number)
        try:
            yield app
        finally:
            SESSION_FACTORY.kw["bind"].dispose()  # a server stops once nobody is connected


@contextmanager
def empty(folder: Path, kind: str) -> Iterator[Config]:
    """Yield the settings of an installation whose database holds nothing but what migrations made."""
    with database(kind, folder) as url:
        config = Config(
            mode="demo",
            data_dir=folder,
            database_url=url,
            secret_key="only-for-measuring",  # noqa: S106
            data_key="only-for-measuring-too",
            base_url="http://localhost",
            mail_url="folder:",
        )
        command.upgrade(alembic_config(config.database_url, config.data_key), "head")
        yield config


def signed_in(app: Flask, email: str) -> FlaskClient:
    """Return a client that has signed in with an account of the demonstration."""
    client = app.test_client()
    answer = client.post(
        "/login", data={"email": email, "password": demo.DEMO_PASSWORD, "csrf_token": token(client, "/login")}
    )
    if answer.status_code != 302:
        raise RuntimeError(f"{email} could not sign in: {answer.status}")
    return client


def token(client: FlaskClient, page: str) -> str:
    """Return what a form of this page has to carry."""
    found = TOKEN.search(client.get(page, follow_redirects=True).get_data(as_text=True))
    if found is None:
        raise RuntimeError(f"{page} has no form")
    return found[1]


def _add_people(number: int) -> None:
    drawn, given = people.volunteers(number), sample.rows("volunteers")
    years = clock.today().year - sample.WRITTEN_IN
    for first in range(0, number, AT_ONCE):
        with own_session() as session:
            vio = session.scalars(select(Vio).order_by(Vio.id)).first()
            assert vio is not None
            some = drawn.iloc[first : first + AT_ONCE].to_dict("records")
            session.add_all(
                sample.volunteer_from({**given[place % len(given)], **_CONSENTED, **cells}, vio.id, years, clock.now())
                for place, cells in enumerate(some, first)
            )
