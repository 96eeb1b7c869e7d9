"""Passkeys come and go with the step that brings them, and no account is lost."""

from __future__ import annotations

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Engine, inspect

from tests.factories import make_user
from tests.passkeys import Token
from webapp.db import own_session
from webapp.models import User

BEFORE = "0027"


def test_passkeys_come_and_go_without_an_account_lost(history: AlembicConfig, own_engine: Engine) -> None:
    with own_session() as session:
        account = make_user(session, "administrator")
        Token().kept_for(session, account)
        email = account.email
    own_engine.dispose()
    command.downgrade(history, BEFORE)
    assert "passkey" not in inspect(own_engine).get_table_names()
    own_engine.dispose()
    command.upgrade(history, "head")
    with own_session() as session:
        (kept,) = session.query(User)
        assert (kept.email, kept.webauthn, kept.fs_webauthn_user_handle) == (email, [], None)
