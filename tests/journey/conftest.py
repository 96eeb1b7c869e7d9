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
