"""People who come to a journey."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.journey.beginning import Arrive
    from tests.journey.person import Person
    from tests.live import LiveServer


@pytest.fixture
def arrive(chromium: Browser, live: LiveServer) -> Iterator[Arrive]:
    """Return a maker of people, each with a browser of their own, closed at the end."""
    from tests.journey.person import Person

    came: list[Person] = []

    def make(address: str, **options: Any) -> Person:
        came.append(Person(chromium, live, address, **{"locale": "en", **options}))
        return came[-1]

    yield make
    for person in came:
        person.leave()


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """Yield the service with the demonstration in it; loaded once, as that takes longer than to look at a page.

    Whoever uses it binds the sessions of this process to its engine again, and changes nothing in it.
    """
    from flask_security import hash_password

    from tests.databases import settings, sqlite_database
    from tests.live import LiveServer
    from webapp.db import own_session
    from webapp.services import demo, ranking, runs

    folder = tmp_path_factory.mktemp("demonstration")
    with sqlite_database(folder, "demonstration") as url, LiveServer(settings("demo", folder, url)) as server:
        with server.app.app_context(), own_session() as session:
            demo.load(session, hash_password(demo.DEMO_PASSWORD))
            ranking.request_everything(session, None, demo.SEED)
        runs.carry_out_next(own_session, ranking.rank_everything)
        with own_session() as session:
            demo.write_history(session)
        demo.learn(own_session)
        yield server
