"""The step that promises a day for the next word: whoever waits already is promised one too."""

from __future__ import annotations

from datetime import timedelta

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Engine

from tests.factories import make_application, make_assignment, make_volunteer
from webapp import clock
from webapp.db import own_session
from webapp.models import Application


def test_who_waits_already_is_late_only_two_weeks_after_the_step(history: AlembicConfig, own_engine: Engine) -> None:
    with own_session() as session:
        work = make_assignment(session)
        for state in ("submitted", "shortlisted"):
            person = make_volunteer(session, work.vio)
            make_application(session, person, work, state=state, answer_by=clock.today() - timedelta(days=50))
    own_engine.dispose()
    command.downgrade(history, "0020")
    own_engine.dispose()
    command.upgrade(history, "head")
    with own_session() as session:
        asked, listed = session.query(Application).order_by(Application.id)
        assert asked.next_word_by is None
        assert listed.next_by == clock.today() + timedelta(days=14)
