"""Files that go with a row: only once the row's end is stored, so that a failure leaves both to try again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from webapp.db import once_stored

STRAY = timedelta(days=1)  # after which a file that no row names is left over from something that failed


def remove_once_stored(session: Session, path: Path) -> None:
    """Remove a file when the session's transaction is stored, and not before."""
    once_stored(session, lambda: path.unlink(missing_ok=True))


def remove_strays(folder: Path, named: Collection[str], now: datetime) -> int:
    """Remove old files whose names no row has: a request failed, or a process died; return how many."""
    old = (now - STRAY).timestamp()
    found = [path for path in folder.glob("*") if path.name not in named and path.stat().st_mtime < old]
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)
