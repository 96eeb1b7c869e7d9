"""The step that chains the audit trail, with what was written before it, down and up again."""

from __future__ import annotations

import pytest
from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Engine, text

from tests.factories import make_user, make_vio
from webapp.db import SESSION_FACTORY, own_session
from webapp.models import AuditEvent, User
from webapp.services import audit
from webapp.services.audit_check import verify


def test_what_was_written_before_gets_its_place(
    history: AlembicConfig, own_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SESSION_FACTORY.kw, "info", {"data_key": "only-for-tests-too"})  # as `history` has it
    with own_session() as session:
        vio = make_vio(session)
        actor = make_user(session, "coordinator", vio)
        for number in range(5):
            audit.record(session, actor, "vio_changed", vio, fields=["名", str(number)], share=0.1)
        gone = actor.id
    with own_session() as session:  # the trail outlives the account
        session.delete(session.get_one(User, gone))
        session.flush()
        assert [one.actor_id for one in session.query(AuditEvent)] == [gone] * 5
    own_engine.dispose()
    command.downgrade(history, "0023")
    with own_engine.begin() as connection:
        assert connection.scalar(text("SELECT count(*) FROM audit_event WHERE actor_id IS NULL")) == 5
        connection.execute(text("UPDATE audit_event SET action = 'vio_made' WHERE id = 3"))  # nothing refuses it
    own_engine.dispose()
    command.upgrade(history, "head")
    with own_session() as session:
        audit.record(session, None, "vio_changed", session.query(User).first() or make_vio(session))
    with own_session() as session:
        found = verify(session)
        assert (found.broken, found.events) == ("", 6)
