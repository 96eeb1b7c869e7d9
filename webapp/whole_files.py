"""Files that are there whole or not at all, and outlive a power cut: for what a row or a letter is to name."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that only the service may read; once this returns, it and its name are on the disk."""
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    keep_names(path.parent)


def keep_names(folder: Path) -> None:
    """Let the disk keep the folder's list of files: a new name could be lost with the power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
