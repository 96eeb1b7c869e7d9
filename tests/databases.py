"""Test databases of both kinds, made by the real migrations, and copies of them."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from sqlalchemy import Connection, Engine, Pool, Table, event, func, insert, select, text

from tests.postgres import create_database, drop_database
from webapp.config import Config
from webapp.db import make_engine
from webapp.models import Base
from webapp.schema_steps import alembic_config

DATA_KEY = "only-for-tests-too"


def settings(mode: str, folder: Path, database_url: str = "sqlite://") -> Config:
    """Return the settings of an installation whose files lie in `folder`; its keys are worth nothing elsewhere."""
    return Config(
        mode=mode,
        data_dir=folder,
        database_url=database_url,
        secret_key="only-for-tests",
        data_key=DATA_KEY,
        base_url="http://localhost",
        mail_url="folder:",
    )


def migrate(url: str, revision: str = "head") -> None:
    """Bring the database at `url` to a revision, as `./run manage migrate` does."""
    command.upgrade(alembic_config(url, DATA_KEY), revision)


@contextmanager
def sqlite_database(folder: Path, name: str) -> Iterator[str]:
    """Yield the address of a migrated SQLite file in `folder`."""
    url = f"sqlite:///{folder}/{name}.db"
    migrate(url)
    yield url


@contextmanager
def postgresql_database(server_url: str, name: str) -> Iterator[str]:
    """Yield the address of a migrated database on the server, dropped at the end."""
    url = create_database(server_url, name)
    try:
        migrate(url)
        yield url
    finally:
        drop_database(server_url, name)


@contextmanager
def all_closed() -> Iterator[None]:
    """Close at the end every connection opened meanwhile, by whatever engine an application made for itself."""
    opened: list[Any] = []

    def note(connection: Any, _record: Any) -> None:
        opened.append(connection)

    event.listen(Pool, "connect", note)
    try:
        yield
    finally:
        event.remove(Pool, "connect", note)
        for connection in opened:
            connection.close()


@contextmanager
def copy_of(engine: Engine, folder: Path) -> Iterator[str]:
    """Yield the address of a copy of the engine's database; much quicker than to migrate again."""
    engine.dispose()  # a copy needs a source that nobody holds open
    if engine.dialect.name == "sqlite":
        target = folder / "copy.db"
        shutil.copyfile(str(engine.url.database), target)
        yield f"sqlite:///{target}"
        return
    server_url = engine.url.set(database="postgres").render_as_string(hide_password=False)
    name = f"caravanserai_{uuid.uuid4().hex[:12]}"
    url = create_database(server_url, name, template=str(engine.url.database))
    try:
        yield url
    finally:
        drop_database(server_url, name)


@contextmanager
def in_postgresql(server_url: str, source: Engine) -> Iterator[str]:
    """Yield the address of a PostgreSQL database with the rows of another one, of whatever kind that is."""
    with postgresql_database(server_url, f"caravanserai_{uuid.uuid4().hex[:12]}") as url:
        fill(url, source)
        yield url


def fill(url: str, source: Engine) -> None:
    """Fill the migrated PostgreSQL database at `url` with the rows of another database, and count nothing in them."""
    tables = Base.metadata.sorted_tables
    engine = make_engine(url)
    quoted = engine.dialect.identifier_preparer.format_table  # a table may be named as a word of the language is: user
    with source.connect() as there, engine.begin() as here:
        here.execute(text("SET session_replication_role = replica"))  # rows come as they are: no trigger, no order
        here.execute(text(f"TRUNCATE {', '.join(map(quoted, tables))}"))
        for table in tables:
            here.execute(text(f"ALTER TABLE {quoted(table)} SET (autovacuum_enabled = false)"))
            if rows := [dict(row) for row in there.execute(select(table)).mappings()]:
                here.execute(insert(table), rows)
            if rows:
                count_on(here, table)
    engine.dispose()


def count_on(connection: Connection, table: Table) -> None:
    """Let PostgreSQL number the next row of a table, which holds some, after those whose numbers were given to them."""
    column, quoted = table.autoincrement_column, connection.dialect.identifier_preparer.format_table
    if column is not None:
        sequence = func.pg_get_serial_sequence(quoted(table), column.name)
        connection.execute(select(func.setval(sequence, select(func.max(column)).scalar_subquery())))
