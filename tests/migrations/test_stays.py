"""What happens in a placement comes into the schema, and goes, without a placement lost."""

from __future__ import annotations

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from tests.stays import make_active
from webapp.db import own_session
from webapp.models import Placement, Signature
from webapp.services import signings


def _before(history: AlembicConfig) -> str:
    steps = ScriptDirectory.from_config(history).walk_revisions()
    return next(str(step.down_revision) for step in steps if step.path.endswith("what_happens_in_a_placement.py"))


def test_signed_agreements_come_and_go_without_a_placement_lost(history: AlembicConfig, own_engine: Engine) -> None:
    with own_session() as session:
        make_active(session)
        assert session.query(Signature).count() == 2
    own_engine.dispose()
    command.downgrade(history, _before(history))
    own_engine.dispose()
    command.upgrade(history, "head")
    with own_session() as session:
        (placement,) = session.query(Placement)
        assert placement.state == "active"
        assert signings.standing(session, placement).wordings == []
        who = placement.volunteer.user
        assert signings.propose(session, who, placement, {}, "We put on paper what we had said.").number == 1
