"""Who may write into a store's folder, and which of its files nobody needs any more."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from matching.engine.manifest import NAME, Manifest

WRITER, BUILDER = "writer.lock", "builder.lock"
# Part of the names of files that a builder writes while others go on changing the store.
BUILT = ".built-"


@contextmanager
def alone(folder: Path, name: str) -> Iterator[None]:
    """Wait for one of the two locks, and hold it; a dead process holds none."""
    with (folder / name).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def sweep(folder: Path, manifest: Manifest, by_builder: bool = False) -> None:
    """Remove files that the state names no more, but not what a builder is about to name; readers keep theirs.

    `by_builder`: whoever calls is the builder, and has named all that it built.
    """
    named = {*manifest.files(), NAME, WRITER, BUILDER}
    is_building = not by_builder and _is_held(folder / BUILDER)
    for path in folder.iterdir():
        if path.name not in named and not (is_building and BUILT in path.name):
            path.unlink(missing_ok=True)


def _is_held(path: Path) -> bool:
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
