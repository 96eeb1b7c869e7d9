"""The commands for backups: `./run manage backup`, `check-backup` and `restore`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

import click
from sqlalchemy import create_engine, inspect
from sqlalchemy.exc import SQLAlchemyError

from webapp import clock
from webapp.backups import making, nightly, restoring, settling
from webapp.backups.archive import BadBackup, Reader
from webapp.config import Config, config_from_environment
from webapp.db import keep_key, make_engine
from webapp.schema_steps import alembic_config
from webapp.services.installation import own_version
from webapp.services.restored import ErasedAgain

FILE = click.Path(dir_okay=False, path_type=Path)
GIVEN = click.Path(exists=True, dir_okay=False, path_type=Path)


def add_to(group: click.Group) -> None:
    """Add the commands to those of the service."""
    for one in (backup, check_backup, restore):
        group.add_command(one)


@click.command()
@click.argument("file", type=FILE)
def backup(file: Path) -> None:
    """Write everything (rows and documents, no keys) into FILE; the service may go on meanwhile."""
    config = config_from_environment()
    with _told():
        rows = _make(config, file.resolve())
    click.echo(f"Kept {sum(rows.values())} rows of {len(rows)} tables in {file}. Keep DATA_KEY in another place.")


@click.command("check-backup")
@click.argument("file", type=GIVEN)
def check_backup(file: Path) -> None:
    """Load FILE into a database of its own, for a trial, and say whether all of it came back."""
    config = config_from_environment()
    with _told(), _opened(file) as reader:
        restoring.verify(reader, config.data_dir, _settings(config))
        said = "" if reader.manifest["key"] == making.key_mark(config) else " It belongs to another DATA_KEY, though."
        click.echo(f"This backup of {reader.manifest['made_at'][:16]} UTC is whole.{said}")


@click.command()
@click.argument("file", type=GIVEN)
@click.option("--without-keeping", is_flag=True, help="Let go of what is there, where it is too damaged to be kept.")
def restore(file: Path, without_keeping: bool) -> None:
    """Put FILE in the place of all that is there, which is kept in a backup first. Stop the service before."""
    config = config_from_environment()
    with _told(), _opened(file) as reader:
        kept = None if without_keeping else _keep_what_is_there(config)
        again = _restore(config, reader, file.resolve())
        rows = sum(reader.manifest["rows"].values())
    click.echo(f"Restored {rows} rows of {reader.manifest['made_at'][:16]} UTC.")
    click.echo(
        f"People who had themselves erased since then and went again, as noted beside the backups: {again.people}."
    )
    if again.under_way:
        click.echo(
            "In this backup a placement or a call for help of theirs is still under way; let their offices end it."
            f" Accounts: {', '.join(str(one) for one in again.under_way)}."
        )
    click.echo("Everybody is signed out. Open invitations and links in letters to hosts have ended: send them again.")
    if kept:
        click.echo(f"What was there before lies in {kept}.")


def _restore(config: Config, reader: Reader, file: Path) -> ErasedAgain:
    """Put a backup in its place without those who were erased since it was made, and with all doors shut."""
    keep_key(config.data_key, config.hash_key)
    erased = settling.erased_since(config, file, datetime.fromisoformat(reader.manifest["made_at"]))
    done: list[ErasedAgain] = []
    restoring.restore(
        config, reader, _settings(config), lambda engine: done.append(settling.settle(config, engine, erased))
    )
    return done[-1]


def _settings(config: Config) -> restoring.Settings:
    return partial(alembic_config, data_key=config.data_key)


def _make(config: Config, path: Path) -> dict[str, int]:
    engine = make_engine(config.database_url)
    try:
        return making.make(config, engine, path, clock.now(), own_version())
    finally:
        engine.dispose()


def _keep_what_is_there(config: Config) -> Path | None:
    """Back up what a restore is about to replace; None where there is nothing yet."""
    engine = create_engine(config.database_url)
    try:
        if not inspect(engine).has_table(making.REVISIONS):
            return None
    finally:
        engine.dispose()
    path = nightly.folder_of(config) / f"{nightly.BEFORE_RESTORE}-{clock.now():%Y-%m-%d-%H%M%S}.zip"
    try:
        _make(config, path)
    except SQLAlchemyError as error:
        raise click.ClickException(
            f"What is there cannot be kept ({error.__class__.__name__}), so nothing was changed. If it is damaged"
            " beyond use, copy its files away by hand and run this with --without-keeping."
        ) from None
    return path


@contextmanager
def _opened(file: Path) -> Iterator[Reader]:
    reader = Reader(file)
    try:
        yield reader
    finally:
        reader.close()


@contextmanager
def _told() -> Iterator[None]:
    """Say what went wrong in a sentence; no traceback around what somebody can mend."""
    try:
        yield
    except (BadBackup, making.NotReady, restoring.StillServing) as wrong:
        raise click.ClickException(str(wrong)) from None
    except SQLAlchemyError as error:
        raise click.ClickException(
            f"The database does not answer: {error.__class__.__name__}. Nothing changed."
        ) from None
    except OSError as error:
        raise click.ClickException(f"{error.strerror or error}: {error.filename or ''}") from None
