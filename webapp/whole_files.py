"""Files that are there whole or not at all, and outlive a power cut: for what a row or a letter is to name."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that only the service may read; once this returns, it and its name are on the disk."""
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    part.write_bytes(data)
    put_in_place(part, path)


def put_in_place(part: Path, path: Path) -> None:
    """Give a file that was written beside it its name, on the disk and not only in memory."""
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.replace(path)
    # The folder's list of files too: a new name could be lost with the power.
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
