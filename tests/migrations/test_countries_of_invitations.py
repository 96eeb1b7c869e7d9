"""Before an invitation could name countries each was for all: going back lets no link open more than it said."""

from __future__ import annotations

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Engine

from tests.factories import make_user, make_vio
from webapp.db import own_session
from webapp.models import Invitation
from webapp.services import invitations

BEFORE = "0034"


def test_going_back_ends_links_that_were_for_some_countries(history: AlembicConfig, own_engine: Engine) -> None:
    with own_session() as session:
        vio, admin = make_vio(session), make_user(session, "administrator")
        make_user(session, "coordinator", vio)
        for name, countries in (("whole", []), ("some", ["KE"])):
            invitations.invite_staff(session, admin, "coordinator", f"{name}@x.example", vio, str, countries)
    own_engine.dispose()
    command.downgrade(history, BEFORE)
    own_engine.dispose()
    command.upgrade(history, "head")
    with own_session() as session:
        assert [(one.email, one.delegated) for one in session.query(Invitation)] == [("whole@x.example", [])]
