"""The backup of each night: made, tried out, and the oldest thrown away, so that what was deleted ends there too."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from webapp import state_files
from webapp.backups.archive import Reader
from webapp.backups.making import make
from webapp.backups.restoring import Settings, verify
from webapp.config import Config
from webapp.services.own_data import erasure_notes
from webapp.whole_files import put_in_place

KEPT = 14  # days
STATE = "state.json"
TRIED, BEFORE_RESTORE = "caravanserai", "before-restore"  # how files begin: of nights that were tried out, of restores
UNTRIED = "untried"  # of a night, as long as nobody knows whether it would come back
NOTES = re.compile(rf"{erasure_notes.BEGINNING}-(?P<day>\d{{4}}-\d\d-\d\d)\.jsonl")
# With what a kill left half written.
OURS = re.compile(rf"\.?(?P<kind>{TRIED}|{BEFORE_RESTORE}|{UNTRIED})-(?P<day>\d{{4}}-\d\d-\d\d).*\.zip(\.part)?")

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
    path, untried = (folder / f"{kind}-{now:%Y-%m-%d}.zip" for kind in (TRIED, UNTRIED))
    try:
        rows = sum(make(config, engine, untried, now, version).values())
        _read(untried, lambda reader: verify(reader, folder, settings))
        put_in_place(untried, path)
    except Exception as error:
        _keep(folder, LastBackup(path.name, now, 0, 0, f"{type(error).__name__}: {error}"[:300]))
        raise
    finally:
        prune(folder, now.date())
    return _keep(folder, LastBackup(path.name, now, rows, path.stat().st_size, ""))


def prune(folder: Path, today: date) -> None:
    """Throw away what is KEPT days old, also where nights fail, but never the newest backup that was tried out.

    Where none was, the newest of all stays. Notes of who was erased stay as long as a backup that is older.
    """
    found = {path: ours for path in folder.glob("*") if (ours := OURS.fullmatch(path.name))}
    whole = [path for path in found if path.suffix == ".zip" and not path.name.startswith(".")]
    tried = [path for path in whole if found[path]["kind"] == TRIED]
    newest = max(tried or whole, key=lambda path: found[path]["day"], default=None)
    old = (today - timedelta(days=KEPT)).isoformat()
    for path, ours in found.items():
        if ours["day"] <= old and path != newest:
            path.unlink(missing_ok=True)
    oldest = min((old, *(found[path]["day"] for path in found if path.exists())))
    for path in folder.glob("*"):
        if (note := NOTES.fullmatch(path.name)) and note["day"] < oldest:
            path.unlink(missing_ok=True)


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
