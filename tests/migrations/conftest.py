"""Alembic on a test's own database."""

from __future__ import annotations

import pytest
from alembic.config import Config as AlembicConfig
from sqlalchemy import Engine

from tests.databases import DATA_KEY
from webapp.schema_steps import alembic_config


@pytest.fixture
def history(own_engine: Engine) -> AlembicConfig:
    """Return Alembic's settings for the test's own database."""
    return alembic_config(own_engine.url.render_as_string(hide_password=False), DATA_KEY)
