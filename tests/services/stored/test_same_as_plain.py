"""A ranking through the store finds what a plain one finds, whatever was saved, deleted or withdrawn in between."""

from __future__ import annotations

import pytest

from tests.services.stored.conftest import StoredWorld


def test_a_ranking_through_the_store_is_that_of_a_plain_matcher(
    world: StoredWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.assert_same(monkeypatch)
