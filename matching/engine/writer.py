"""The one who changes a store: people added, replaced and taken away, and many small files made few.

Everything is written into new files first; then one new manifest names them. Killed before that, a writer leaves files
that nobody names, which the next one removes.
"""

from __future__ import annotations

import fcntl
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matching.engine.manifest import NAME, Manifest, SegmentEntry, publish, read_manifest
from matching.engine.pack import open_pack, write_pack
from matching.engine.segment import MOST, LinkedPeople, write_segment
from matching.engine.statements import key_of, write_block
from matching.engine.store import Snapshot, fingerprint_of
from matching.records import Volunteer
from matching.reference import Reference
from matching.text import SkillLinker
from matching.text.likeness import Statement, statements

LOCK = "writer.lock"
# A segment below this share of a full one is joined with others; so is one of which more than this share is gone.
SMALL, GONE = 1 / 2, 1 / 4
TEXTS_KEPT = 100_000


class Writer:
    """Changes the store in a folder; only one at a time, the others wait."""

    def __init__(self, folder: Path, reference: Reference, linker: SkillLinker) -> None:
        self._folder, self._reference, self._linker = folder, reference, linker
        folder.mkdir(parents=True, exist_ok=True)
        self._numbers: dict[bytes, int] = {}
        self._numbered = ""  # the last block whose statements stand in `_numbers`
        self._texts: OrderedDict[str, tuple[Statement, ...]] = OrderedDict()

    def rebuild(self, people: Iterable[Volunteer], most: int = MOST) -> Manifest:
        """Replace the whole store; `people` are read once, and held `most` at a time."""
        with self._alone():
            before = read_manifest(self._folder)
            generation = before.generation + 1 if before else 1
            manifest = Manifest(fingerprint_of(self._reference), generation)
            self._numbers, self._numbered = {}, ""
            for number, part in enumerate(_parts(people, most)):
                manifest = self._appended(manifest, part, f"{generation}-{number}")
            return self._published(manifest)

    def put(self, people: Sequence[Volunteer]) -> Manifest:
        """Add people, each in the place of whoever has the same id; readers see all of it or nothing."""
        return self._changed(people, [one.id for one in people])

    def remove(self, ids: Iterable[str]) -> Manifest:
        """Take people away; an id that nobody has is passed over."""
        return self._changed([], ids)

    def compact(self) -> Manifest:
        """Join small segments, and leave out for good who counts no more; nobody's numbers change for readers."""
        with self._alone():
            manifest = self._current()
            snapshot = Snapshot.of(self._folder, manifest)
            joined = [place for place, entry in enumerate(manifest.segments) if _is_worn(entry)]
            if len(joined) < 2 and not any(manifest.segments[place].gone for place in joined):
                return manifest
            kept = tuple(entry for place, entry in enumerate(manifest.segments) if place not in joined)
            generation = manifest.generation + 1
            manifest = replace(manifest, generation=generation, segments=kept)
            for number, part in enumerate(_portions(_stored(snapshot, joined), MOST)):
                manifest = self._with_segment(manifest, part, f"{generation}-{number}")
            return self._published(manifest)

    def _changed(self, people: Sequence[Volunteer], ids: Iterable[str]) -> Manifest:
        with self._alone():
            manifest = self._current()
            generation = manifest.generation + 1
            manifest = replace(self._without(manifest, ids, generation), generation=generation)
            if people:
                manifest = self._appended(manifest, people, str(generation))
            return self._published(manifest)

    def _current(self) -> Manifest:
        manifest, fingerprint = read_manifest(self._folder), fingerprint_of(self._reference)
        # What was stored under other rules cannot be added to.
        return manifest if manifest and manifest.fingerprint == fingerprint else Manifest(fingerprint)

    def _without(self, manifest: Manifest, ids: Iterable[str], generation: int) -> Manifest:
        snapshot = Snapshot.of(self._folder, manifest)
        gone: dict[int, list[int]] = {}
        for volunteer_id in dict.fromkeys(ids):
            found = snapshot.find(volunteer_id)
            if found:
                gone.setdefault(found[0], []).append(found[1])
        entries = list(manifest.segments)
        for place, rows in gone.items():
            entry = entries[place]
            before = open_pack(self._folder / entry.gone)["rows"] if entry.gone else np.zeros(0, np.uint32)
            all_gone = np.union1d(before, np.array(rows, np.uint32)).astype(np.uint32)
            name = f"gone-{generation}-{place}"
            write_pack(self._folder / name, {}, {"rows": all_gone})
            entries[place] = replace(entry, gone=name, left=entry.people - len(all_gone))
        return replace(manifest, segments=tuple(entry for entry in entries if entry.left))

    def _appended(self, manifest: Manifest, people: Sequence[Volunteer], name: str) -> Manifest:
        """Read the texts of people, and write them and what they say that nobody said before."""
        self._know(manifest)
        links = self._linker.link_all([one.experience for one in people])
        new: dict[Statement, int] = {}
        places = [self._places(one, new) for one in people]
        if new:
            block = f"statements-{name}"
            write_block(self._folder / block, list(new), self._linker)
            manifest = replace(manifest, blocks=(*manifest.blocks, block))
            self._numbered = block
        return self._with_segment(manifest, list(zip(people, links, places, strict=True)), name)

    def _with_segment(self, manifest: Manifest, people: LinkedPeople, name: str) -> Manifest:
        file = f"people-{name}"
        write_segment(self._folder / file, people, self._reference)
        return replace(
            manifest, segments=(*manifest.segments, SegmentEntry(file, len(people), "", len(people)))
        )

    def _know(self, manifest: Manifest) -> None:
        """Number the statements that are stored already."""
        if self._numbered != (manifest.blocks[-1] if manifest.blocks else ""):
            stored = Snapshot.of(self._folder, replace(manifest, segments=())).statements
            self._numbers = {key: number for number, key in enumerate(stored.keys())}
            self._numbered = manifest.blocks[-1] if manifest.blocks else ""

    def _places(self, one: Volunteer, new: dict[Statement, int]) -> NDArray[np.uint32]:
        told = self._texts.get(one.experience)
        if told is None:
            told = tuple(statements(one.experience, (), self._linker))
            self._texts[one.experience] = told
            if len(self._texts) > TEXTS_KEPT:
                self._texts.popitem(last=False)
        mine: dict[int, None] = {}
        for said in (*told, *statements("", [skill.code for skill in one.skills], self._linker)):
            key = key_of(said)
            if key not in self._numbers:
                self._numbers[key] = len(self._numbers)
                new[said] = self._numbers[key]
            mine[self._numbers[key]] = None
        return np.array(list(mine), np.uint32)

    def _published(self, manifest: Manifest) -> Manifest:
        publish(self._folder, manifest)
        self._sweep(manifest)
        return manifest

    def _sweep(self, manifest: Manifest) -> None:
        """Remove the files that no state names any more; readers that hold them keep them."""
        named = {*manifest.files(), NAME, LOCK}
        for path in self._folder.iterdir():
            if path.name not in named:
                path.unlink(missing_ok=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with (self._folder / LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # a dead process holds none
            yield


def _is_worn(entry: SegmentEntry) -> bool:
    return entry.left < SMALL * MOST or entry.left < (1 - GONE) * entry.people


def _stored(snapshot: Snapshot, places: Sequence[int]) -> Iterator[tuple]:
    for place in places:
        segment, rows = snapshot.places[place]
        starts, said = segment.pack["said.starts"], segment.pack["said.places"]
        for number in rows.tolist():
            yield (*segment.person(number), said[starts[number] : starts[number + 1]])


def _parts(people: Iterable[Volunteer], most: int) -> Iterator[list[Volunteer]]:
    return _portions(people, most)


def _portions(items: Iterable, most: int) -> Iterator[list]:
    """Yield items in lists of at most so many."""
    part: list = []
    for item in items:
        part.append(item)
        if len(part) == most:
            yield part
            part = []
    if part:
        yield part
