"""People who may not serve, for tests, made by the services that make them in life."""

from __future__ import annotations

from tests.databases import DATA_KEY
from tests.factories import AnySession
from tests.stays import KIND_WORDS, coordinator_of, days
from webapp.models import Bar, User, Volunteer
from webapp.services.bars import deciding

NOTE = "Two hosts told the same; see the incident of May."


def make_bar(session: AnySession, person: Volunteer, first: User | None = None, second: User | None = None) -> Bar:
    """Let one coordinator of the person's VIO propose a bar, and another confirm it."""
    session.info["data_key"] = DATA_KEY
    first = first or coordinator_of(session, person.vio)
    bar = deciding.propose(session, first, person, "conduct", NOTE, KIND_WORDS, days(300))
    deciding.confirm(session, second or coordinator_of(session, person.vio), bar)
    return bar
