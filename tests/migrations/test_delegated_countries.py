"""Before it could be said for which countries a coordinator acts, each acted for all: going back opens none wider."""

from __future__ import annotations

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Engine

from tests.factories import make_user, make_vio
from webapp.db import own_session
from webapp.models import User

BEFORE = "0030"


def test_going_back_closes_whoever_acted_for_some_countries_only(history: AlembicConfig, own_engine: Engine) -> None:
    with own_session() as session:
        vio = make_vio(session)
        whole = make_user(session, "coordinator", vio).id
        some = make_user(session, "coordinator", vio, delegated=["KE", "LA"]).id
    own_engine.dispose()
    command.downgrade(history, BEFORE)
    own_engine.dispose()
    command.upgrade(history, "head")
    with own_session() as session:
        found = {one.id: (one.active, one.delegated) for one in session.query(User)}
        assert found == {whole: (True, []), some: (False, [])}
