"""The store as this process has it open: opened again when somebody has changed it, and let go of when it is old.

What is mapped stays on the disk after its name is gone, with people who were erased meanwhile: a process that waits for
its next request must not keep it.
"""

from __future__ import annotations

import gc
import logging
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread
from time import sleep
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching import Reference
from matching.engine import Snapshot, StoreError, steps
from webapp.services.stored import notes
from webapp.services.stored.notes import Notes, Whole

log = logging.getLogger(__name__)

MANIFEST = "manifest.json"


@dataclass(frozen=True, eq=False)
class Opened:
    """A state of the store, and by rising number of the person what is noted, and where the person stands in it."""

    snapshot: Snapshot
    notes: Notes
    segments: Whole
    rows: Whole
    made: dict[str, Any] = field(default_factory=dict)  # what others made of it, under their names: it goes with it

    def find(self, numbers: Whole, stamps: Whole) -> Whole:
        """Return the place in the notes of each person who is stored under this stamp; -1 for all others."""
        known = self.notes.numbers
        if not len(known):
            return np.full(len(numbers), -1)
        at = np.minimum(np.searchsorted(known, numbers), len(known) - 1)
        return np.where((known[at] == numbers) & (self.notes.stamps[at] == stamps), at, -1)

    def among(self, places: Whole) -> Snapshot:
        """Return the same state in which only the people of these places count."""
        return self.snapshot.among([self._chosen(number, places) for number in range(len(self.snapshot.segments))])

    def _chosen(self, number: int, places: Whole) -> NDArray[np.bool_]:
        chosen = np.zeros(self.snapshot.segments[number].size, bool)
        chosen[self.rows[places[self.segments[places] == number]]] = True
        return chosen


Mark = tuple[int, int]  # tells that a manifest was replaced

LOOK_EVERY = 60.0  # seconds

_kept: dict[Path, tuple[Mark, Opened]] = {}
_given_up = Event()  # set from when an older state is kept no more until circles of objects were looked through
_watching = Lock()  # taken once, by whoever begins to look


def open_store(folder: Path) -> Opened | None:
    """Return the current state; None where there is none that this version can read."""
    try:
        mark = _mark(folder)
        kept = _kept.get(folder)
        if kept is None or kept[0] != mark:
            _given_up.set()
            kept = _kept[folder] = mark, _opened(Snapshot.open(folder, Reference.load(), loops=False))
    except (OSError, StoreError, ValueError, KeyError, TypeError):
        _kept.pop(folder, None)
        _given_up.set()
        return None
    if _watching.acquire(blocking=False):
        Thread(target=_watch, daemon=True).start()
    return kept[1]


def let_go() -> None:
    """Let go of what is the current state no more; a ranking under way keeps it to its end."""
    for folder, kept in list(_kept.items()):
        try:
            is_current = _mark(folder) == kept[0]
        except OSError:
            is_current = False
        if not is_current and _kept.get(folder) is kept:
            _kept.pop(folder, None)
            _given_up.set()
    if _given_up.is_set():
        _given_up.clear()
        gc.collect()  # what a ranking made of it refers to itself, and an idle process collects nothing


def _watch() -> None:
    """Look each minute, from the first store that this process opens to its end."""
    try:
        steps.load()  # here no request waits for it
    except Exception:  # such as a disk on which machine code finds no room: whole arrays do the same
        log.exception("compiled loops cannot be loaded")
    while True:
        sleep(LOOK_EVERY)
        let_go()


def _mark(folder: Path) -> Mark:
    found = (folder / MANIFEST).stat()
    return found.st_ino, found.st_mtime_ns


def _opened(snapshot: Snapshot) -> Opened:
    none = np.zeros((0, notes.WIDTH), np.uint8)
    parts = [segment.pack["noted"][rows] for segment, rows in snapshot.places]
    told = notes.read(np.concatenate([none, *parts]))
    order = np.argsort(told.numbers)
    segments = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    rows = np.concatenate([np.zeros(0, np.int64), *(rows for _, rows in snapshot.places)])
    sorted_ = Notes(told.numbers[order], told.stamps[order], told.contents[order])
    return Opened(snapshot, sorted_, segments[order], rows[order])
