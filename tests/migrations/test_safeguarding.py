"""The step that brings safeguarding and its roles, down and up again."""

from __future__ import annotations

import pytest
from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from tests.factories import make_host, make_host_user, make_user
from tests.safe import make_line, make_report
from webapp.db import own_session
from webapp.models import User, Vio


def test_safeguarding_comes_and_goes_with_its_roles_alone(history: AlembicConfig, own_engine: Engine) -> None:
    with own_session() as session:
        line = make_line(session)
        make_report(session, line)
        make_user(session, "supporter", line.vio)
        kept = make_host_user(session, make_host(session, line.vio)).email
    own_engine.dispose()
    command.downgrade(history, "0012")
    own_engine.dispose()
    command.upgrade(history, "head")
    with own_session() as session:
        assert [user.email for user in session.query(User)] == [kept]
        make_user(session, "supporter", session.query(Vio).one())
        with pytest.raises(IntegrityError, match="role"):
            make_user(session, "spy", session.query(Vio).one())
        session.rollback()
