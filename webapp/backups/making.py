"""Makes a backup while the service runs: one moment of the database, and every file that a row of it names."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, text

from webapp.backups.archive import Writer, pieces_of
from webapp.backups.rows import lines_of
from webapp.config import Config
from webapp.whole_files import put_in_place

# Folders of DATA_DIR whose files rows name. The queue is made again from rows; letters lie in a table.
FOLDERS = ("documents", "imports")
TABLES = "tables/"
FILES = "files/"
REVISIONS = "alembic_version"


class NotReady(ValueError):
    """There is no database to back up yet; the text says what to do."""


def make(config: Config, engine: Engine, path: Path, now: datetime, version: str) -> dict[str, int]:
    """Write a backup to `path` and return the rows per table. Nothing lies at `path` before it is whole."""
    part = path.with_name(f".{path.name}.part")
    part.parent.mkdir(parents=True, exist_ok=True)
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    writer = Writer(part)
    try:
        # Files before and after: whatever a row of that moment names was there at one of both times.
        _add_files(writer, config.data_dir)
        with _one_moment(engine) as connection:
            tables = tables_of(connection)
            revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
            rows = {
                name: writer.add(f"{TABLES}{name}", lines_of(connection, table))
                for name, table in sorted(tables.items())
            }
            columns = {name: [one.name for one in table.columns] for name, table in tables.items()}
        _add_files(writer, config.data_dir)
        facts: dict[str, Any] = {"made_at": now.isoformat(), "version": version, "revision": revision}
        writer.finish({**facts, "key": key_mark(config), "rows": rows, "columns": columns})
    except BaseException:
        writer.give_up()
        part.unlink(missing_ok=True)
        raise
    put_in_place(part, path)
    return rows


def tables_of(connection: Connection) -> dict[str, Any]:
    """Return the service's tables as they are in this database, without Alembic's; NotReady where there are none."""
    found = MetaData()
    found.reflect(connection)
    if REVISIONS not in found.tables:
        raise NotReady("This database is empty: run `./run manage migrate` first.")
    return {name: table for name, table in found.tables.items() if name != REVISIONS and not _is_of_queue(name)}


def key_mark(config: Config) -> str:
    """Return by what a restore knows that DATA_KEY is the one whose passwords and documents are in the backup."""
    return hmac.new(config.data_key.encode(), b"backup", hashlib.sha256).hexdigest()


def _is_of_queue(name: str) -> bool:
    """Whether a table belongs to huey, which lays its own into PostgreSQL: what is due stands in ours."""
    return name.startswith("huey_")


@contextmanager
def _one_moment(engine: Engine) -> Iterator[Connection]:
    """Yield a connection that sees one moment throughout, and keeps no writer waiting."""
    level = {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    with engine.connect().execution_options(will_write=False, **level) as connection:
        yield connection


def _add_files(writer: Writer, data_dir: Path) -> None:
    for path in sorted(path for folder in FOLDERS for path in (data_dir / folder).rglob("*")):
        name = f"{FILES}{path.relative_to(data_dir).as_posix()}"
        if name in writer or not path.is_file():
            continue
        try:
            with path.open("rb") as file:
                writer.add(name, pieces_of(file))
        except FileNotFoundError:  # taken back meanwhile, and so is its row
            continue
