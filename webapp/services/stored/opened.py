"""The store as this process has it open: opened again when somebody has changed it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matching import Reference
from matching.engine import Snapshot, StoreError
from webapp.services.stored import notes
from webapp.services.stored.notes import Notes, Whole

MANIFEST = "manifest.json"


@dataclass(frozen=True, eq=False)
class Opened:
    """A state of the store, and by rising number of the person what is noted, and where the person stands in it."""

    snapshot: Snapshot
    notes: Notes
    segments: Whole
    rows: Whole

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


# By folder, with what tells that its manifest was replaced.
_kept: dict[Path, tuple[tuple[int, int], Opened]] = {}


def open_store(folder: Path) -> Opened | None:
    """Return the current state; None where there is none that this version can read."""
    try:
        found = (folder / MANIFEST).stat()
        mark = found.st_ino, found.st_mtime_ns
        kept = _kept.get(folder)
        if kept is None or kept[0] != mark:
            kept = _kept[folder] = mark, _opened(Snapshot.open(folder, Reference.load()))
    except (OSError, StoreError, ValueError, KeyError, TypeError):
        _kept.pop(folder, None)
        return None
    return kept[1]


def _opened(snapshot: Snapshot) -> Opened:
    none = np.zeros((0, notes.WIDTH), np.uint8)
    parts = [segment.pack["noted"][rows] for segment, rows in snapshot.places]
    told = notes.read(np.concatenate([none, *parts]))
    order = np.argsort(told.numbers)
    segments = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    rows = np.concatenate([np.zeros(0, np.int64), *(rows for _, rows in snapshot.places)])
    sorted_ = Notes(told.numbers[order], told.stamps[order], told.contents[order])
    return Opened(snapshot, sorted_, segments[order], rows[order])
