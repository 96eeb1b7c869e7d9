"""The list of files that a store consists of: replaced as a whole, so a reader has the old state or the new one.

A manifest names segments, the file that says who of a segment counts no more, and blocks of statements. Files are never
changed once they are named. A reader that holds files keeps them, even after their names are gone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

NAME = "manifest.json"


@dataclass(frozen=True)
class SegmentEntry:
    """A segment's file, how many people it holds, and the file of those who count no more (blank: none)."""

    file: str
    people: int
    gone: str
    left: int  # how many of them count


@dataclass(frozen=True)
class Manifest:
    """The state of a store: `generation` grows by one each time, `fingerprint` names what its numbers rest on."""

    fingerprint: str
    generation: int = 0
    segments: tuple[SegmentEntry, ...] = ()
    blocks: tuple[str, ...] = ()

    def files(self) -> Iterator[str]:
        """Yield the names of all files that it needs."""
        yield from self.blocks
        for entry in self.segments:
            yield from (name for name in (entry.file, entry.gone) if name)


def read_manifest(folder: Path) -> Manifest | None:
    """Return the state of a store; None where there is none."""
    try:
        data = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    data["segments"] = tuple(SegmentEntry(**entry) for entry in data["segments"])
    return Manifest(**{**data, "blocks": tuple(data["blocks"])})


def publish(folder: Path, manifest: Manifest) -> None:
    """Make a state the current one, in one step that a dying process makes wholly or not at all."""
    scratch = folder / f".{NAME}.{os.getpid()}"
    with scratch.open("w", encoding="utf-8") as file:
        json.dump(asdict(manifest), file)
        file.flush()
        os.fsync(file.fileno())
    scratch.replace(folder / NAME)
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)  # the new names outlive a power cut, and with them the files that they stand for
    finally:
        os.close(handle)
