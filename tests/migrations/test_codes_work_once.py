"""The last code that was taken comes and goes with the step that brings it, and no account is lost."""

from __future__ import annotations

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Engine, inspect

from tests.factories import make_user
from webapp.db import own_session
from webapp.models import User

BEFORE = "0030"


def test_the_last_code_comes_and_goes_without_an_account_lost(history: AlembicConfig, own_engine: Engine) -> None:
    with own_session() as session:
        account = make_user(session, "administrator")
        account.tf_primary_method, account.tf_last_step = "authenticator", 59_000_000
        email = account.email
    own_engine.dispose()
    command.downgrade(history, BEFORE)
    assert "tf_last_step" not in {column["name"] for column in inspect(own_engine).get_columns("user")}
    own_engine.dispose()
    command.upgrade(history, "head")
    with own_session() as session:
        (kept,) = session.query(User)
        assert (kept.email, kept.tf_primary_method, kept.tf_last_step) == (email, "authenticator", None)
