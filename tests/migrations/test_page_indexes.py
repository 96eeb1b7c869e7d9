"""The indexes of the main pages come and go as a whole."""

from __future__ import annotations

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Engine, inspect

NEW = {"volunteer": "ix_volunteer_of_vio", "match": "ix_match_of_volunteer", "lesson": "ix_lesson_in_state"}
OLD = {"volunteer": "ix_volunteer_by_name", "match": "ix_match_volunteer_current", "signed_in": "ix_signed_in_seen_at"}


def _stand(engine: Engine, indexes: dict[str, str]) -> set[bool]:
    found = inspect(engine)
    return {name in {one["name"] for one in found.get_indexes(table)} for table, name in indexes.items()}


def test_the_new_indexes_take_the_place_of_the_old_ones_and_back(history: AlembicConfig, own_engine: Engine) -> None:
    assert (_stand(own_engine, NEW), _stand(own_engine, OLD)) == ({True}, {False})
    command.downgrade(history, "0027")
    assert (_stand(own_engine, NEW), _stand(own_engine, OLD)) == ({False}, {True})
    command.upgrade(history, "0029")
    assert (_stand(own_engine, NEW), _stand(own_engine, OLD)) == ({True}, {False})
