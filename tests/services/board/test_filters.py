"""Filters of the board: kept by name, up to a number, by their owner."""

from __future__ import annotations

import pytest

from tests.factories import AnySession, make_user
from webapp.services.board import filters
from webapp.services.errors import Refused


def test_one_more_than_the_most_is_refused_and_one_of_the_same_name_replaced(session: AnySession) -> None:
    who = make_user(session, "coordinator")
    for number in range(filters.MOST):
        filters.keep(session, who, f"filter {number}", "?country=KE")
    with pytest.raises(Refused, match="Remove one first"):
        filters.keep(session, who, "one more", "?country=KE")
    again = filters.keep(session, who, " filter  0 ", "?country=PE")
    assert (again.query, len(filters.filters_of(session, who))) == ("?country=PE", filters.MOST)
    with pytest.raises(Refused, match="Narrow the board"):
        filters.keep(session, who, "nothing", "")
