"""A migration that is killed at any moment is taken up where it stood, with every row that was there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from alembic import command
from sqlalchemy import Connection, create_engine, text

from tests.databases import DATA_KEY, migrate
from tests.kills import Worker, moments
from tests.postgres import create_database, drop_database
from webapp.db import make_engine
from webapp.models import sealed
from webapp.schema_steps import alembic_config

LETTERS = 3_000  # enough for several portions of rows
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


@dataclass(frozen=True)
class Start:
    """An earlier version of the database, what stands in it, and how it is told that all of that is there."""

    revision: str
    fill: Callable[[Connection], None]
    check: Callable[[Connection], None]


def _keep_a_role(connection: Connection) -> None:
    connection.execute(text("INSERT INTO role (id, name) VALUES (7, 'kept')"))


def _check_the_role(connection: Connection) -> None:
    assert connection.scalar(text("SELECT name FROM role WHERE id = 7")) == "kept"


def _words(number: int) -> str:
    return f"Letter {number}: 你好, née Ünal"


def _write_letters(connection: Connection) -> None:
    """Write letters in clear, as they lay before they were encrypted."""
    statement = text(
        'INSERT INTO mail (id, "to", subject, body, message_id, created_at, attempts, kind, language, office, secrets,'
        " stays_here) VALUES (:id, 'a@example.org', 'One', :body, :name, '2026-01-01 00:00:00', 0, '', 'en', '',"
        " :secrets, FALSE)"
    )
    connection.execute(
        statement,
        [{"id": n, "body": _words(n), "name": f"<{n}@here>", "secrets": _words(-n)} for n in range(1, LETTERS + 1)],
    )


def _check_letters(connection: Connection) -> None:
    rows = connection.execute(text("SELECT id, body, secrets FROM mail ORDER BY id")).all()
    assert [row.id for row in rows] == list(range(1, LETTERS + 1))
    for row in rows:
        assert sealed.open_with(DATA_KEY, row.body) == _words(row.id)
        assert sealed.open_with(DATA_KEY, row.secrets) == _words(-row.id)


STARTS = {
    "from an early version": Start("0003", _keep_a_role, _check_the_role),
    "with letters to encrypt": Start("0033", _write_letters, _check_letters),
}


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


def _begin(url: str, start: Start) -> str:
    """Bring an empty database to the earlier version; return by what it can be copied."""
    migrate(url, start.revision)
    engine = make_engine(url)
    with engine.begin() as connection:
        start.fill(connection)
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
    engine.dispose()
    return str(engine.url.database)


def _prove_kills(kind: str, folder: Path, server_url: str, start: Start, kills: int) -> None:
    with _old_database(kind, folder, server_url) as first:
        template = _begin(first, start)
        with _old_database(kind, folder, server_url, template) as url:
            whole = Worker(SCRIPT, url).finish()
        for moment in moments(kills, whole):
            with _old_database(kind, folder, server_url, template) as url:
                Worker(SCRIPT, url).kill(moment)
                migrate(url)
                command.check(alembic_config(url, DATA_KEY))
                engine = create_engine(url)
                with engine.connect() as connection:
                    start.check(connection)
                engine.dispose()


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("kind", ["postgresql", "sqlite"])
def test_a_killed_migration_is_taken_up_again(kind: str, start: str, tmp_path: Path, postgres_url: str) -> None:
    _prove_kills(kind, tmp_path, postgres_url, STARTS[start], kills=1)


@pytest.mark.long
@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("kind", ["postgresql", "sqlite"])
def test_a_hundred_killed_migrations_are_taken_up_again(
    kind: str, start: str, tmp_path: Path, postgres_url: str
) -> None:
    _prove_kills(kind, tmp_path, postgres_url, STARTS[start], kills=100)
