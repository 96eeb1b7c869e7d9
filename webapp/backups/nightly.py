"""The backup of each night: made, tried out, and the oldest thrown away, so that what was deleted ends there too."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from webapp import state_files
from webapp.backups.archive import Reader
from webapp.backups.making import make
from webapp.backups.restoring import Settings, verify
from webapp.config import Config

KEPT = 14  # nights
STATE = "state.json"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class LastBackup:
    """How the last night went; `error` is empty where the backup was made, and restored for a trial."""

    name: str
    at: datetime
    rows: int
    size: int
    error: str


def folder_of(config: Config) -> Path:
    """Return where the backups of the nights lie."""
    return config.data_dir / "backups"


def back_up(config: Config, engine: Engine, settings: Settings, now: datetime, version: str) -> LastBackup:
    """Make tonight's backup and try it out; what goes wrong is written down for the administrator, and raised."""
    folder = folder_of(config)
    path = folder / f"caravanserai-{now:%Y-%m-%d}.zip"
    try:
        rows = sum(make(config, engine, path, now, version).values())
        _read(path, lambda reader: verify(reader, folder, settings))
    except Exception as error:
        _keep(folder, LastBackup(path.name, now, 0, 0, f"{type(error).__name__}: {error}"[:300]))
        raise
    for old in sorted(folder.glob("caravanserai-*.zip"))[:-KEPT]:
        old.unlink(missing_ok=True)
    return _keep(folder, LastBackup(path.name, now, rows, path.stat().st_size, ""))


def last(config: Config) -> LastBackup | None:
    """Return how the last night went, None where there was none yet."""
    return state_files.kept(folder_of(config) / STATE, LastBackup)


def _read(path: Path, use: Callable[[Reader], None]) -> None:
    reader = Reader(path)
    try:
        use(reader)
    finally:
        reader.close()


def _keep(folder: Path, state: LastBackup) -> LastBackup:
    state_files.keep(folder / STATE, state)
    return state
