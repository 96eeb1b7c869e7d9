"""Letters from before outlive the step, and count as values in all that they say."""

from __future__ import annotations

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Engine

from tests.factories import make_vio
from webapp.db import own_session
from webapp.models import Mail
from webapp.services.filled import values_of
from webapp.services.letter_kinds import ACCOUNT
from webapp.services.letters import write_letter
from webapp.services.readers import without_account
from webapp.words import lazy


def test_letters_outlive_the_step_and_all_that_they_say_counts(history: AlembicConfig, own_engine: Engine) -> None:
    with own_session() as session:
        reader = without_account("o@vio.example", make_vio(session))
        letter = write_letter(session, reader, ACCOUNT, lazy("About %(name)s", name="Ana"), lazy("It is said."))
        assert values_of(letter) == ["Ana"]
    own_engine.dispose()
    command.downgrade(history, "0035")
    own_engine.dispose()
    command.upgrade(history, "head")
    with own_session() as session:
        assert values_of(session.query(Mail).one()) == ["About Ana", "It is said.\n"]
