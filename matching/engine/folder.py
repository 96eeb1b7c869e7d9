"""Who may write into a store's folder, and which of its files nobody needs any more."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from matching.engine.manifest import NAME, Manifest

WRITER, BUILDER = "writer.lock", "builder.lock"
# Part of the names of files that a builder writes while others go on changing the store.
BUILT = ".built-"
# Begins the names of files that nobody names any more, and that readers may have open yet.
LEFT = "left-"


@contextmanager
def alone(folder: Path, name: str) -> Iterator[None]:
    """Wait for one of the two locks, and hold it; a dead process holds none."""
    with (folder / name).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def sweep(folder: Path, manifest: Manifest, by_builder: bool = False, patience: float = 0.0) -> None:
    """Remove files that the state names no more, but not what a builder is about to name.

    `by_builder`: whoever calls is the builder, and has named all that it built. `patience`: seconds that files stay
    after they were first found so. On this machine readers keep what they have open; on another one, over a network
    (NFS), it would be taken from under their hands.
    """
    os.utime(folder / WRITER)  # tells the time, by the clock that the files have
    now = (folder / WRITER).stat().st_mtime
    named = {*manifest.files(), NAME, WRITER, BUILDER}
    is_building = not by_builder and _is_held(folder / BUILDER)
    for path in folder.iterdir():
        if path.name not in named and not (is_building and BUILT in path.name):
            _let_go(path, patience, now)


def _let_go(path: Path, patience: float, now: float) -> None:
    is_marked = path.name.startswith(LEFT)
    if patience <= 0 or (is_marked and abs(now - path.stat().st_mtime) > patience):
        path.unlink(missing_ok=True)
    elif not is_marked:
        os.utime(path)
        path.rename(path.with_name(LEFT + path.name))


def _is_held(path: Path) -> bool:
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
