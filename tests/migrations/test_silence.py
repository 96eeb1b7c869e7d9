"""The step that brings reminders and promises made anew, down and up again."""

from __future__ import annotations

from datetime import timedelta

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Engine

from tests.factories import make_application, make_assignment, make_volunteer
from webapp import clock
from webapp.db import own_session
from webapp.models import Application, Reminder
from webapp.services.reminders import promises


def test_a_promise_made_anew_still_holds_after_going_back(history: AlembicConfig, own_engine: Engine) -> None:
    with own_session() as session:
        work = make_assignment(session)
        make_application(session, make_volunteer(session, work.vio), work, answer_by=clock.today() - timedelta(days=1))
    with own_session() as session:
        assert promises.renew(session, clock.today()) == 1
        promised = session.query(Application).one().answer_by
    own_engine.dispose()
    command.downgrade(history, "0011")
    own_engine.dispose()
    command.upgrade(history, "head")
    with own_session() as session:
        kept = session.query(Application).one()
        assert (kept.answer_by, kept.promised_first) == (promised, promised)
        assert session.query(Reminder).count() == 0
