"""Puts a backup in the place of what is there: all of it or nothing, also when it is killed on the way."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path, PurePosixPath

from alembic.config import Config as AlembicConfig
from sqlalchemy import Connection, Engine, make_url, text
from sqlalchemy.exc import OperationalError

from webapp.backups.archive import BadBackup, Reader
from webapp.backups.loading import load
from webapp.backups.making import FILES, FOLDERS, key_mark
from webapp.config import Config
from webapp.db import make_engine

ASIDE = "restoring"  # where a backup is loaded before it takes the place of what is there
PATIENCE = 10.0  # seconds to wait for others to let go of the database

Settings = Callable[[str], AlembicConfig]  # the settings of Alembic for the database at an address
Settle = Callable[[Engine], object]  # changes the rows of a backup before they take their place


class StillServing(RuntimeError):
    """Somebody still works with the database."""


def _leave_as_it_is(_engine: Engine) -> None:
    """Change nothing."""


def restore(config: Config, reader: Reader, settings: Settings, settle: Settle = _leave_as_it_is) -> None:
    """Put the files and rows of a backup in their places, once `settle` has changed what must not come back.

    BadBackup where it is not whole or belongs to another DATA_KEY, StillServing where the database is in use.
    """
    if reader.manifest["key"] != key_mark(config):
        raise BadBackup("This backup belongs to another DATA_KEY. Set the one it was made with, then run this again.")
    # Files first: they have names of their own and disturb nobody, should the rest fail.
    _put_files(reader, config.data_dir)
    if config.database_url.startswith("sqlite"):
        _into_sqlite(config.database_url, reader, settings, settle)
    else:
        _into_postgresql(config.database_url, reader, settings, settle)


def verify(reader: Reader, folder: Path, settings: Settings) -> None:
    """Load a backup into a database of its own and read every file in it; BadBackup where it would not restore."""
    with _loaded_aside(folder, reader, settings):
        for name in reader.names(FILES):
            for _chunk in reader.chunks(name):
                pass


def _put_files(reader: Reader, data_dir: Path) -> None:
    for name in reader.names(FILES):
        inside = PurePosixPath(name.removeprefix(FILES))
        if inside.parts[0] not in FOLDERS or ".." in inside.parts:
            raise BadBackup(f"{name} in the backup has no place in DATA_DIR.")
        target = data_dir / inside
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f".{target.name}.part")
        part.touch(mode=0o600)
        with part.open("wb") as file:
            for chunk in reader.chunks(name):
                file.write(chunk)
        part.replace(target)


@contextmanager
def _loaded_aside(folder: Path, reader: Reader, settings: Settings, settle: Settle = _leave_as_it_is) -> Iterator[Path]:
    """Yield a new SQLite file in `folder` with the backup in it."""
    aside = folder / f".{ASIDE}.db"
    _remove(aside)
    try:
        url = f"sqlite:///{aside}"
        engine = make_engine(url)
        load(reader, engine, settings(url))
        settle(engine)
        engine.dispose()
        with closing(sqlite3.connect(aside)) as connection:
            (said,) = connection.execute("PRAGMA integrity_check").fetchone()
            if said != "ok":
                raise BadBackup(f"What comes out of the backup is no sound database: {said}.")
        yield aside
    finally:
        _remove(aside)


def _remove(database: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        database.with_name(database.name + ending).unlink(missing_ok=True)


def _into_sqlite(url: str, reader: Reader, settings: Settings, settle: Settle) -> None:
    """Copy the loaded file over the old one in one transaction of SQLite's own, which a kill undoes."""
    target = Path(str(make_url(url).database))
    target.parent.mkdir(parents=True, exist_ok=True)
    with (
        _loaded_aside(target.parent, reader, settings, settle) as aside,
        closing(sqlite3.connect(aside)) as source,
        closing(sqlite3.connect(target)) as there,
    ):
        source.backup(there, progress=_until(time.monotonic() + PATIENCE))


def _until(deadline: float) -> Callable[[int, int, int], None]:
    """Return what gives up waiting for a lock; where pages move, it lets them."""

    def look(status: int, _remaining: int, _total: int) -> None:
        is_waiting = status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
        if is_waiting and time.monotonic() > deadline:
            raise StillServing("The database is in use: stop the service, then run this again.")

    return look


def _into_postgresql(url: str, reader: Reader, settings: Settings, settle: Settle) -> None:
    """Load into a schema beside the old tables, then change places in one transaction."""
    aside = make_url(url).update_query_dict({"options": f"-csearch_path={ASIDE}"}).render_as_string(hide_password=False)
    engine, engine_aside = make_engine(url), make_engine(aside)
    try:
        with engine.begin() as connection:
            connection.execute(text(f"DROP SCHEMA IF EXISTS {ASIDE} CASCADE"))
            connection.execute(text(f"CREATE SCHEMA {ASIDE}"))
        load(reader, engine_aside, settings(aside))
        settle(engine_aside)
        _change_places(engine)
    finally:
        engine_aside.dispose()
        engine.dispose()


def _change_places(engine: Engine) -> None:
    try:
        with engine.begin() as connection:
            connection.execute(text(f"SET LOCAL lock_timeout = {round(PATIENCE * 1000)}"))
            here = connection.execute(text("SELECT quote_ident(current_schema())")).scalar_one()
            for kind, name in _things_in(connection, ASIDE):
                connection.execute(text(f"DROP {kind} IF EXISTS {here}.{name} CASCADE"))
                connection.execute(text(f"ALTER {kind} {ASIDE}.{name} SET SCHEMA {here}"))
            connection.execute(text(f"DROP SCHEMA {ASIDE}"))
    except OperationalError as error:
        raise StillServing("The database is in use: stop the service, then run this again.") from error


def _things_in(connection: Connection, schema: str) -> list[tuple[str, str]]:
    """Return what migrations made in a schema, as (kind, name): tables with what belongs to them, then functions."""
    tables = connection.execute(
        text("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = :schema ORDER BY 1"), {"schema": schema}
    )
    functions = connection.execute(
        text(
            "SELECT quote_ident(proname) || '(' || pg_get_function_identity_arguments(oid) || ')'"
            " FROM pg_proc WHERE pronamespace = (:schema)::regnamespace ORDER BY 1"
        ),
        {"schema": schema},
    )
    return [*(("TABLE", name) for (name,) in tables), *(("FUNCTION", name) for (name,) in functions)]
