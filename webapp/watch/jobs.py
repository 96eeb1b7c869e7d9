"""Which job ran when, how long it took, and whether it failed: a small file each, for the administrator's page."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

FOLDER = "jobs"


@dataclass(frozen=True)
class JobNote:
    """How a job went the last time; `failed_at` and `error` (its kind) tell of the last failure, however old."""

    name: str
    began_at: datetime
    seconds: float | None = None  # None while it works, or where its worker died
    failed_at: datetime | None = None
    error: str = ""

    @property
    def has_failed(self) -> bool:
        """Whether the last time was a failure."""
        return self.failed_at is not None and self.failed_at >= self.began_at


def began(folder: Path, name: str, now: datetime) -> None:
    """Write down that a job begins."""
    before = _read(_path(folder, name))
    _write(folder, replace(before, began_at=now, seconds=None) if before else JobNote(name, now))


def ended(folder: Path, name: str, now: datetime, error: BaseException | None = None) -> None:
    """Write down that a job is done, or what kind of error ended it."""
    note = _read(_path(folder, name))
    if note is None:
        return
    note = replace(note, seconds=(now - note.began_at).total_seconds())
    _write(folder, replace(note, failed_at=now, error=type(error).__name__) if error else note)


def notes(folder: Path) -> list[JobNote]:
    """Return every job that ran since the installation began, by name."""
    found = (_read(path) for path in sorted((folder / FOLDER).glob("*.json")))
    return [note for note in found if note]


def _path(folder: Path, name: str) -> Path:
    return folder / FOLDER / f"{name}.json"


def _read(path: Path) -> JobNote | None:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        times = {name: datetime.fromisoformat(told[name]) for name in ("began_at", "failed_at") if told[name]}
        return JobNote(**{**told, **times})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _write(folder: Path, note: JobNote) -> None:
    path = _path(folder, note.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    times = {name: value.isoformat() for name, value in asdict(note).items() if isinstance(value, datetime)}
    part = path.with_suffix(".part")
    part.write_text(json.dumps({**asdict(note), **times}), encoding="utf-8")
    os.replace(part, path)
