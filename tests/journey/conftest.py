"""People who come to a journey."""

from __future__ import annotations

import shutil
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
    """Yield the service with the demonstration in it.

    Whoever uses it binds the sessions of this process to its engine again, and changes nothing in it.
    """
    from tests.databases import settings
    from tests.demonstration import NAME, loaded
    from tests.live import LiveServer

    folder = tmp_path_factory.mktemp(NAME)
    shutil.copytree(loaded(tmp_path_factory), folder, dirs_exist_ok=True)
    with LiveServer(settings("demo", folder, f"sqlite:///{folder}/{NAME}.db")) as server:
        yield server
