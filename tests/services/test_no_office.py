"""Somebody who works for no office, or has no profile: each rule that belongs to one finds nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.factories import AnySession, make_user
from webapp.models import User
from webapp.services import (
    bonds,
    calendars,
    country_sheets,
    exports,
    learning_runs,
    own_rows,
    score_models,
    vio_settings,
)
from webapp.services.errors import NotFound
from webapp.services.recruitment import questions

ASKED: dict[str, Callable[[AnySession, User], object]] = {
    "to learn from its decisions": learning_runs.ask,
    "for another weight of the country": lambda session, who: score_models.propose_country_weight(
        session, who, 10, "As we work."
    ),
    "for its questions": lambda session, who: questions.keep(session, who, []),
    "for its country sheets": country_sheets.countries_of,
    "for its settings": vio_settings.vio_of,
    "for a list of its people": lambda session, who: exports.export(session, who, "volunteers"),
    "for days of its own": calendars.feed_of,
    "for a profile": own_rows.volunteer_of,
    "to end a bond": lambda session, who: bonds.end(session, who, 1),
}


@pytest.mark.parametrize("what", ASKED)
def test_administrator_who_asks_finds_nothing(session: AnySession, what: str) -> None:
    with pytest.raises(NotFound):
        ASKED[what](session, make_user(session, "administrator"))
