"""The step that encrypts words on harm, with what was there, down and up again, and stopped on the way."""

from __future__ import annotations

import pytest
from alembic import command
from alembic.config import Config as AlembicConfig
from cryptography.fernet import Fernet
from sqlalchemy import Engine, text

from tests.safe import WHAT, make_line, make_report
from webapp.db import own_session
from webapp.models import Report

BEFORE = "0033"


def _lies(engine: Engine) -> list[tuple[str, str]]:
    with engine.connect() as connection:
        return [(what, name) for what, name in connection.execute(text("SELECT what, name FROM report ORDER BY id"))]


def test_words_come_out_and_lie_encrypted_again(
    history: AlembicConfig, own_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = [(WHAT, "Ana"), (WHAT, ""), (WHAT, "李")]
    with own_session() as session:
        line = make_line(session)
        for what, name in written:
            make_report(session, line, what=what, name=name)
    own_engine.dispose()
    command.downgrade(history, BEFORE)
    assert _lies(own_engine) == written
    own_engine.dispose()
    _stop_on_the_way(history, monkeypatch)
    assert _lies(own_engine) == written
    own_engine.dispose()
    command.upgrade(history, "head")
    assert [name == "" for _what, name in _lies(own_engine)] == [False, True, False]
    assert not {word for row in _lies(own_engine) for word in row if word} & {word for row in written for word in row}
    with own_session() as session:
        assert [(one.what, one.name) for one in session.query(Report).order_by(Report.id)] == written


def _stop_on_the_way(history: AlembicConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    real, done = Fernet.encrypt, []

    def fail_at_the_third(self: Fernet, data: bytes) -> bytes:
        done.append(data)
        if len(done) == 3:
            raise KeyboardInterrupt
        return real(self, data)

    with monkeypatch.context() as patch:
        patch.setattr(Fernet, "encrypt", fail_at_the_third)
        with pytest.raises(KeyboardInterrupt):
            command.upgrade(history, "head")
