"""A folder of stored volunteers: opened by readers, who keep the state that they opened, changed by one writer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matching import text
from matching.criteria import country, skills
from matching.engine import steps
from matching.engine.manifest import Manifest, SegmentEntry, read_manifest
from matching.engine.pack import open_pack
from matching.engine.people import FIELDS
from matching.engine.segment import Segment
from matching.engine.statements import Statements
from matching.records import Volunteer
from matching.reference import Reference
from matching.text import Link

FORMAT = 5


class StoreError(Exception):
    """There is no store here, or it was built for another version or other data: build it anew."""


def fingerprint_of(reference: Reference) -> str:
    """Return what stored numbers rest on: the format, reference data, constants and the reading of texts.

    Weights, models and neutral values are none of it: they count when somebody ranks.
    """
    facts = {
        "format": FORMAT,
        "people": FIELDS,
        "reference": reference.fingerprint,
        "country": country.CountryCriterion(reference).constants(),
        "skills": skills.SkillsCriterion(reference).constants(),
        "text": text.CONSTANTS,
    }
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, eq=False)
class Snapshot:
    """One state of a store, for good: whatever is written afterwards, this stays what it is."""

    manifest: Manifest
    segments: tuple[Segment, ...]
    statements: Statements

    @staticmethod
    def open(folder: Path, reference: Reference, loops: bool = True) -> Snapshot:
        """Map the current state. StoreError where there is none that fits this reference and version.

        `loops`: compiled loops are loaded first, where the extra `fast` is installed, once a process; whoever cannot
        wait for that has `steps.load` done in the background.
        """
        if loops:
            steps.load()
        while True:
            manifest = read_manifest(folder)
            if manifest is None:
                raise StoreError(f"there is no store in {folder}")
            if manifest.fingerprint != fingerprint_of(reference):
                raise StoreError(f"the store in {folder} was built for another version or other reference data")
            try:
                return Snapshot.of(folder, manifest)
            except FileNotFoundError:
                if read_manifest(folder) == manifest:
                    raise  # else a writer replaced the files between two of our steps: open the new ones

    @staticmethod
    def of(folder: Path, manifest: Manifest) -> Snapshot:
        """Map the files of a manifest."""
        segments = tuple(_open(folder, entry) for entry in manifest.segments)
        return Snapshot(manifest, segments, Statements.open([folder / name for name in manifest.blocks]))

    @property
    def size(self) -> int:
        """How many people count."""
        return sum(one.size if one.alive is None else int(one.alive.sum()) for one in self.segments)

    @cached_property
    def places(self) -> list[tuple[Segment, np.ndarray]]:
        """Everybody who counts: the segments with the numbers of their people."""
        return [(one, np.arange(one.size) if one.alive is None else np.flatnonzero(one.alive)) for one in self.segments]

    def among(self, chosen: Sequence[NDArray[np.bool_]]) -> Snapshot:
        """Return the same state in which only some count: for each segment where its people do."""
        limited = [
            (one, some if one.alive is None else some & one.alive)
            for one, some in zip(self.segments, chosen, strict=True)
        ]
        segments = tuple(Segment(one.pack, alive) for one, alive in limited if alive.any())
        return Snapshot(self.manifest, segments, self.statements)

    def find(self, volunteer_id: str) -> tuple[int, int] | None:
        """Return the number of the segment, and of the person in it; None where there is nobody of this id."""
        # From the newest: who was just saved is asked for most.
        for place in range(len(self.segments) - 1, -1, -1):
            number = self.segments[place].find(volunteer_id)
            if number is not None:
                return place, number
        return None

    def people(self) -> Iterator[tuple[Volunteer, dict[str, Link]]]:
        """Yield everybody who counts, in the order of the store."""
        for segment, rows in self.places:
            for number in rows.tolist():
                yield segment.person(number)


def _open(folder: Path, entry: SegmentEntry) -> Segment:
    alive = None
    if entry.gone:
        alive = np.ones(entry.people, bool)
        alive[open_pack(folder / entry.gone)["rows"]] = False
    return Segment.open(folder / entry.file, alive)
