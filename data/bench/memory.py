"""What a process and all that it started hold: memory and open files, from /proc (Linux)."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True)
class Held:
    """Megabytes of memory, each shared page in equal parts (PSS), and open files."""

    memory: float
    files: int


def held(processes: Iterable[int]) -> Held:
    """Add up what these processes and their children hold; one that ends meanwhile counts for nothing."""
    memory = files = 0
    for pid in family(processes):
        with suppress(OSError):
            lines = (PROC / str(pid) / "smaps_rollup").read_text(encoding="ascii").splitlines()
            memory += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
            files += len(os.listdir(PROC / str(pid) / "fd"))
    return Held(memory / 1024, files)


def family(processes: Iterable[int]) -> Iterator[int]:
    """Yield these processes and all that they started."""
    for pid in processes:
        yield pid
        with suppress(OSError):
            children = (PROC / str(pid) / "task" / str(pid) / "children").read_text(encoding="ascii").split()
            yield from family(map(int, children))
