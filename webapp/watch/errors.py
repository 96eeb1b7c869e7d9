"""The last errors, kept in a file: they must be readable when the database is what failed.

Of an error its kind and its place in the code are kept, never its words: these may hold what somebody wrote.
"""

from __future__ import annotations

import json
import logging
import os
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType

from flask import has_request_context, request

from webapp import clock
from webapp.config import ROOT

NAME = "errors.jsonl"
SHOWN = 10
MOST_BYTES = 256 * 1024


@dataclass(frozen=True)
class Noted:
    """One error: what answered or worked (`where`), its kind, and the innermost line of our own code."""

    at: datetime
    where: str
    kind: str
    line: str


class ErrorNotes(logging.Handler):
    """Writes each record of level ERROR down in the folder; what cannot be written is left out."""

    def __init__(self, folder: Path) -> None:
        super().__init__(logging.ERROR)
        self.path = folder / NAME

    def emit(self, record: logging.LogRecord) -> None:
        """Add one line, in one write, so that several processes may add at once."""
        trace = record.exc_info[2] if record.exc_info else None
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else str(record.msg)
        where = request.endpoint if has_request_context() and request.endpoint else record.name
        note = {
            "at": clock.now().isoformat(),
            "where": where,
            "kind": kind,
            "line": _own_line(trace) or _said_by(record),
        }
        try:
            _make_room(self.path)
            with self.path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(note) + "\n")
        except OSError:  # the disk may be what failed; the log on standard error has it all the same
            return


def note_errors(folder: Path) -> None:
    """Keep what this process logs as an error in `folder` from now on, and nowhere else that was named before."""
    root = logging.getLogger()
    for handler in [one for one in root.handlers if isinstance(one, ErrorNotes)]:
        root.removeHandler(handler)
    root.addHandler(ErrorNotes(folder))


def last(folder: Path) -> list[Noted]:
    """Return the newest errors, newest first."""
    return list(_read(folder / NAME))[::-1][:SHOWN]


def _read(path: Path) -> Iterator[Noted]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return
    for line in lines:
        try:
            note = json.loads(line)
            yield Noted(**{**note, "at": datetime.fromisoformat(note["at"])})
        except (ValueError, TypeError, KeyError):  # half a line, where a disk was full
            continue


def _make_room(path: Path) -> None:
    """Keep the newer half of a file that has grown large."""
    if not path.exists() or path.stat().st_size < MOST_BYTES:
        return
    lines = path.read_bytes().splitlines(keepends=True)
    part = path.with_suffix(".part")
    part.write_bytes(b"".join(lines[len(lines) // 2 :]))
    os.replace(part, path)


def _own_line(trace: TracebackType | None) -> str:
    ours = [frame for frame in traceback.extract_tb(trace) if _is_ours(Path(frame.filename))]
    return f"{Path(ours[-1].filename).relative_to(ROOT)}:{ours[-1].lineno}" if ours else ""


def _is_ours(path: Path) -> bool:
    return path.is_relative_to(ROOT) and ".venv" not in path.parts


def _said_by(record: logging.LogRecord) -> str:
    path = Path(record.pathname)
    return f"{path.relative_to(ROOT) if _is_ours(path) else path.name}:{record.lineno}"
