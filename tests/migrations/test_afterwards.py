"""The step that brings guided debriefs, down and up again."""

from __future__ import annotations

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Engine

from tests.stays import coordinator_of, make_active, user_of
from webapp.db import own_session
from webapp.models import Debrief
from webapp.services import debriefs, placements


def test_what_was_said_outlives_the_step(history: AlembicConfig, own_engine: Engine) -> None:
    with own_session() as session:
        placement = make_active(session)
        who = coordinator_of(session, placement.receiving_vio)
        placements.complete(session, who, placement, placement.ends_on)
        debriefs.give(session, user_of(placement.volunteer), placement, 5, 4, "Good.")
        debriefs.give(session, who, placement, 4, 4, "Good for us.")
    own_engine.dispose()
    command.downgrade(history, "0014")
    own_engine.dispose()
    command.upgrade(history, "head")
    with own_session() as session:
        said = session.query(Debrief).order_by(Debrief.id).all()
        assert [(one.side, one.overall, one.words, one.says, one.is_from_talk) for one in said] == [
            ("volunteer", 5, "Good.", {}, False),
            ("community", 4, "Good for us.", {}, True),
        ]
