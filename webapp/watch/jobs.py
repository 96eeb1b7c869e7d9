"""Which job ran when, how long it took, and whether it failed: a small file each, for the administrator's page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from webapp import state_files

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
    path = _path(folder, name)
    before = state_files.kept(path, JobNote)
    state_files.keep(path, replace(before, began_at=now, seconds=None) if before else JobNote(name, now))


def ended(folder: Path, name: str, now: datetime, error: BaseException | None = None) -> None:
    """Write down that a job is done, or what kind of error ended it."""
    path = _path(folder, name)
    note = state_files.kept(path, JobNote)
    if note is None:
        return
    note = replace(note, seconds=(now - note.began_at).total_seconds())
    state_files.keep(path, replace(note, failed_at=now, error=type(error).__name__) if error else note)


def notes(folder: Path) -> list[JobNote]:
    """Return every job that ran since the installation began, by name."""
    found = (state_files.kept(path, JobNote) for path in sorted((folder / FOLDER).glob("*.json")))
    return [note for note in found if note]


def _path(folder: Path, name: str) -> Path:
    return folder / FOLDER / f"{name}.json"
