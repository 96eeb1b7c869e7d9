"""The step with which the training of volunteers becomes a clearance, down and up again."""

from __future__ import annotations

import pytest
from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from tests.factories import make_vio
from webapp.db import own_session
from webapp.models import Vio


def test_every_vio_asks_for_the_training_until_it_chooses(history: AlembicConfig, own_engine: Engine) -> None:
    with own_session() as session:
        make_vio(session, volunteer_training="not_asked")
    own_engine.dispose()
    command.downgrade(history, "0015")
    own_engine.dispose()
    command.upgrade(history, "head")
    with own_session() as session:
        (vio,) = session.query(Vio)
        assert vio.volunteer_training == "required"
        vio.volunteer_training = "sometimes"
        with pytest.raises(IntegrityError, match="volunteer_training"):
            session.flush()
        session.rollback()
