"""The step that brings claims of letters, down and up again."""

from __future__ import annotations

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Engine

from tests.postmen import write
from webapp.db import own_session
from webapp.models import Mail
from webapp.services import letters


def test_a_letter_that_waits_goes_on_waiting_after_going_back(history: AlembicConfig, own_engine: Engine) -> None:
    message_id = write(0)
    own_engine.dispose()
    command.downgrade(history, "0021")
    own_engine.dispose()
    command.upgrade(history, "head")
    had: list[Mail] = []
    assert letters.send_waiting(own_session, had.append) == 1
    assert [(one.message_id, one.repeats) for one in had] == [(message_id, 0)]
