"""The list of an office's people is read in its order, not sorted anew for each page."""

from __future__ import annotations

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Engine, inspect

NAME = "ix_volunteer_by_name"


def _indexes(engine: Engine) -> set[str | None]:
    return {one["name"] for one in inspect(engine).get_indexes("volunteer")}


def test_the_first_index_comes_and_goes(history: AlembicConfig, own_engine: Engine) -> None:
    command.downgrade(history, "0027")
    assert NAME in _indexes(own_engine)
    command.downgrade(history, "0026")
    assert NAME not in _indexes(own_engine)
    command.upgrade(history, "0027")
    assert NAME in _indexes(own_engine)
