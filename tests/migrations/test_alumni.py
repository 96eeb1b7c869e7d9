"""The step that brings the alumni, down and up again."""

from __future__ import annotations

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Engine, select

from tests.alumni import make_mentored
from webapp.db import own_session
from webapp.models import Alumnus, Consent, Mentorship, Placement


def test_consents_to_matching_outlive_the_step_and_those_of_alumni_go(
    history: AlembicConfig, own_engine: Engine
) -> None:
    with own_session() as session:
        make_mentored(session)
        stays = session.query(Placement).count()
    own_engine.dispose()
    command.downgrade(history, "0017")
    own_engine.dispose()
    command.upgrade(history, "head")
    with own_session() as session:
        assert set(session.scalars(select(Consent.purpose))) == {"matching", "abroad"}
        assert session.query(Placement).count() == stays
        assert session.query(Alumnus).count() == session.query(Mentorship).count() == 0
