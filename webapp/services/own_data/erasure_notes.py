"""Who was erased when, by numbers alone, in files beside the backups: an older backup brings these people back.

A file for each day, so that nothing has to be taken out of one: old files go as a whole, with the backups.
"""

from __future__ import annotations

import json
import logging
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from webapp import clock
from webapp.db import once_stored

BEGINNING = "erased"  # of the files' names; then the day, which webapp/backups/nightly.py reads

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Erased:
    """A volunteer who went; `account_id` is None where it was a profile that nobody had taken over."""

    account_id: int | None
    volunteer_id: int
    at: datetime


def note_once_stored(session: Session, folder: Path, account_id: int | None, volunteer_id: int) -> None:
    """Write down that somebody was erased when the session's transaction is stored, and not before.

    The moment is that of the writing: a backup made before it may still hold the person.
    """
    once_stored(session, lambda: _note(folder, account_id, volunteer_id))


def noted(folder: Path) -> set[Erased]:
    """Return all that is written down in a folder. A line that a power cut left half written says nothing."""
    lines = (line for path in folder.glob(f"{BEGINNING}-*.jsonl") for line in path.read_text("utf-8").splitlines())
    return {found for line in lines if (found := _read(line)) is not None}


def _note(folder: Path, account_id: int | None, volunteer_id: int) -> None:
    now = clock.now()
    told = json.dumps({"account": account_id, "volunteer": volunteer_id, "at": now.isoformat()})
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{BEGINNING}-{now:%Y-%m-%d}.jsonl"
        is_new = not path.exists()
        _append(path, f"\n{told}\n".encode())  # on a line of its own, also behind half of one
        if is_new:
            _keep_name(folder)
    except OSError:  # the person is erased all the same; the administrator's page shows the error
        log.exception("an erasure could not be noted beside the backups")


def _append(path: Path, line: bytes) -> None:
    """Add to a file in one piece, on the disk: several processes may write at once."""
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, line)
        os.fsync(handle)
    finally:
        os.close(handle)


def _keep_name(folder: Path) -> None:
    """Bring a folder's list of files to the disk: a new name could be lost with the power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _read(line: str) -> Erased | None:
    try:
        told = json.loads(line)
        return Erased(told["account"], told["volunteer"], datetime.fromisoformat(told["at"]))
    except (ValueError, KeyError, TypeError):
        return None
