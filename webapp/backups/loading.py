"""Loads a backup's rows into an empty database, under the schema they were written with, then brings it up to date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, Table, func, select, text

from webapp.backups.archive import BadBackup, Reader
from webapp.backups.making import TABLES, tables_of
from webapp.backups.rows import insert_lines


def load(reader: Reader, engine: Engine, settings: AlembicConfig) -> None:
    """Fill the empty database of `engine`; BadBackup where what comes out is not what went in."""
    revision = str(reader.manifest["revision"])
    if not _is_known(settings, revision):
        raise BadBackup("This backup was made by a newer version of Caravanserai. Update this one first.")
    command.upgrade(settings, revision)
    with engine.begin() as connection:
        tables = tables_of(connection)
        unknown = set(reader.manifest["rows"]) ^ set(tables)
        if unknown:
            raise BadBackup(f"The backup and its schema differ in: {', '.join(sorted(unknown)[:3])}.")
        with _without_references(connection), _without_triggers(connection, tables):
            _fill(reader, connection, tables)
        _number_on(connection, tables)
        _count_again(reader, connection, tables)
    command.upgrade(settings, "head")


def _is_known(settings: AlembicConfig, revision: str) -> bool:
    try:
        return ScriptDirectory.from_config(settings).get_revision(revision) is not None
    except CommandError:
        return False


def _fill(reader: Reader, connection: Connection, tables: dict[str, Table]) -> None:
    for name, table in tables.items():
        connection.execute(table.delete())  # what a step of the schema put there comes from the backup too
        insert_lines(connection, table, reader.manifest["columns"][name], reader.lines(f"{TABLES}{name}"))


@contextmanager
def _without_references(connection: Connection) -> Iterator[None]:
    """Let rows come in any order: references are checked at the end, all at once."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        yield
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken:
            raise BadBackup(f"A row of {broken[0]} names one of {broken[2]} that is not in the backup.")
        return
    rules = connection.execute(
        text(
            "SELECT conrelid::regclass::text AS belongs, quote_ident(conname) AS name,"
            " pg_get_constraintdef(oid) AS rule"
            " FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1, 2"
        )
    ).all()
    for rule in rules:
        connection.execute(text(f"ALTER TABLE {rule.belongs} DROP CONSTRAINT {rule.name}"))
    yield
    for rule in rules:
        connection.execute(text(f"ALTER TABLE {rule.belongs} ADD CONSTRAINT {rule.name} {rule.rule}"))


@contextmanager
def _without_triggers(connection: Connection, tables: dict[str, Table]) -> Iterator[None]:
    """Let rows in that triggers keep as they are once they are there: the audit trail, and where it ends."""
    if connection.dialect.name == "sqlite":
        triggers = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
        before = [f'DROP TRIGGER "{one.name}"' for one in triggers]
        after = [one.sql for one in triggers]
    else:
        before, after = (
            [f'ALTER TABLE "{name}" {verb} TRIGGER USER' for name in tables] for verb in ("DISABLE", "ENABLE")
        )
    for statement in before:
        connection.exec_driver_sql(statement)
    yield
    for statement in after:
        connection.exec_driver_sql(statement)


def _number_on(connection: Connection, tables: dict[str, Table]) -> None:
    """Let PostgreSQL count new rows from where the old ones ended; SQLite does so by itself."""
    if connection.dialect.name == "sqlite":
        return
    for table in tables.values():
        for column in table.primary_key.columns:
            counter = connection.scalar(select(func.pg_get_serial_sequence(f'"{table.name}"', column.name)))
            if counter:
                last = connection.scalar(select(func.max(column)))
                connection.execute(select(func.setval(counter, last or 1, last is not None)))


def _count_again(reader: Reader, connection: Connection, tables: dict[str, Table]) -> None:
    for name, table in tables.items():
        there = connection.scalar(select(func.count()).select_from(table))
        if there != reader.manifest["rows"][name]:
            raise BadBackup(f"{name}: {there} rows arrived of {reader.manifest['rows'][name]}.")
