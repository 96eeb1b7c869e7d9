"""What takes room beside the database: each folder of the installation, and what is left on its disk, in bytes."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

LITTLE = 2 * 1024**3  # less than this left on the disk is said as a warning
FOLDERS = ("documents", "imports", "backups", "mail")


@dataclass(frozen=True)
class Storage:
    """Bytes by folder (those that there are), and free on the disk."""

    folders: dict[str, int]
    free: int

    @property
    def is_short(self) -> bool:
        """Whether the disk will soon be full."""
        return self.free < LITTLE


def storage(folder: Path) -> Storage:
    """Measure; files that go meanwhile count nothing."""
    sizes = {name: _size(folder / name) for name in FOLDERS if (folder / name).is_dir()}
    return Storage(sizes, shutil.disk_usage(folder).free)


def _size(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except OSError:
            continue
    return total
