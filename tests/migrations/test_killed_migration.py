"""A migration that is killed at any moment is taken up where it stood, with every row that was there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from alembic import command
from sqlalchemy import create_engine, text

from tests.databases import DATA_KEY, migrate
from tests.kills import Worker, moments
from tests.postgres import create_database, drop_database
from webapp.db import make_engine
from webapp.schema_steps import alembic_config

FIRST = "0003"  # an early schema, with a row in it
SCRIPT = """
import sys
from alembic import command
from webapp.models import Base
from webapp.schema_steps import alembic_config
settings = alembic_config(sys.argv[1], "only-for-tests-too")
print("ready", flush=True)
command.upgrade(settings, "head")
print("done", flush=True)
"""
KEPT = "INSERT INTO role (id, name) VALUES (7, 'kept')"


@contextmanager
def _old_database(kind: str, folder: Path, server_url: str, template: str = "") -> Iterator[str]:
    """Yield a database of an earlier version, from `template` where there is one."""
    name = f"caravanserai_{uuid4().hex[:12]}"
    if kind == "sqlite":
        path = folder / f"{name}.db"
        if template:
            path.write_bytes(Path(template).read_bytes())
        yield f"sqlite:///{path}"
        return
    url = create_database(server_url, name, template=template or "template0")
    try:
        yield url
    finally:
        drop_database(server_url, name)


def _begin(url: str) -> str:
    """Bring an empty database to the earlier version; return by what it can be copied."""
    migrate(url, FIRST)
    engine = make_engine(url)
    with engine.begin() as connection:
        connection.execute(text(KEPT))
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
    engine.dispose()
    return str(engine.url.database)


def _prove_kills(kind: str, folder: Path, server_url: str, kills: int) -> None:
    with _old_database(kind, folder, server_url) as first:
        template = _begin(first)
        with _old_database(kind, folder, server_url, template) as url:
            whole = Worker(SCRIPT, url).finish()
        for moment in moments(kills, whole):
            with _old_database(kind, folder, server_url, template) as url:
                finished = Worker(SCRIPT, url).kill(moment)
                migrate(url)
                command.check(alembic_config(url, DATA_KEY))
                engine = create_engine(url)
                with engine.connect() as connection:
                    assert connection.scalar(text("SELECT name FROM role WHERE id = 7")) == "kept", finished
                engine.dispose()


@pytest.mark.parametrize("kind", ["postgresql", "sqlite"])
def test_a_killed_migration_is_taken_up_again(kind: str, tmp_path: Path, postgres_url: str) -> None:
    _prove_kills(kind, tmp_path, postgres_url, kills=1)


@pytest.mark.long
@pytest.mark.parametrize("kind", ["postgresql", "sqlite"])
def test_a_hundred_killed_migrations_are_taken_up_again(kind: str, tmp_path: Path, postgres_url: str) -> None:
    _prove_kills(kind, tmp_path, postgres_url, kills=100)
