"""The one who changes a store: people added, replaced and taken away, all of it built anew, small files joined.

Everything is written into new files first; then one new manifest names them. Killed before that, a writer leaves files
that nobody names, which the next one removes. Building takes long and keeps nobody from saving: what others change
meanwhile is changed again in what was built, before it counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np

from matching.engine.folder import BUILDER, BUILT, WRITER, alone, sweep
from matching.engine.manifest import Manifest, SegmentEntry, publish, read_manifest
from matching.engine.numbering import Numbering
from matching.engine.pack import open_pack, write_pack
from matching.engine.segment import MOST, LinkedPeople, write_segment
from matching.engine.statements import write_block
from matching.engine.store import Snapshot, StoreError, fingerprint_of
from matching.records import Volunteer
from matching.reference import Reference
from matching.text import SkillLinker

Item = TypeVar("Item")
# A segment of fewer people than this is joined with others; so is one of which more than that share is gone.
SMALL, GONE = 65_536, 1 / 4


class Writer:
    """Changes the store in a folder; others in other processes may do so too, one after the other."""

    def __init__(self, folder: Path, reference: Reference, linker: SkillLinker, patience: float = 0.0) -> None:
        """`patience`: seconds that files which no state names stay, for readers on other machines."""
        self._folder, self._reference, self._linker, self._patience = folder, reference, linker, patience
        self._fingerprint = fingerprint_of(reference)
        folder.mkdir(parents=True, exist_ok=True)
        self._numbering = Numbering(linker)

    def put(self, people: Sequence[Volunteer]) -> Manifest:
        """Add people, each in the place of whoever has the same id; readers see all of it or nothing."""
        return self._changed(people, [one.id for one in people])

    def remove(self, ids: Iterable[str]) -> Manifest:
        """Take people away; an id that nobody has is passed over."""
        return self._changed([], ids)

    def rebuild(
        self, people: Iterable[Volunteer], most: int = MOST, tell: Callable[[int], None] = lambda _: None
    ) -> Manifest:
        """Replace the whole store; `people` are read once, and held `most` at a time.

        `tell` hears after each of these portions how many are stored.
        """
        with alone(self._folder, BUILDER):
            before = read_manifest(self._folder) or Manifest(self._fingerprint)
            return self._rebuilt(Snapshot.of(self._folder, before), people, most, tell)

    def renew(self) -> Manifest:
        """Build the store anew from itself: who counts no more, and what nobody says any more, leaves the disk.

        Where nothing was changed since it was built, it stays.
        """
        with alone(self._folder, BUILDER):
            old = Snapshot.of(self._folder, self._current())
            if _is_as_built(old.manifest):
                return old.manifest
            return self._rebuilt(old, (one for one, _ in old.people()), MOST, lambda _: None)

    def compact(self) -> Manifest:
        """Join small segments, and leave out for good who counts no more."""
        with alone(self._folder, BUILDER):
            before = self._current()
            worn = tuple(entry for entry in before.segments if _is_worn(entry))
            if len(worn) < 2 and not any(entry.gone for entry in worn):
                return before
            old = Snapshot.of(self._folder, before)
            built = replace(before, segments=())
            places = [place for place, entry in enumerate(before.segments) if entry in worn]
            for number, part in enumerate(_portions(_linked(old, places), MOST)):
                built = self._with_segment(built, part, f"{BUILT}{before.generation}-{number}")
            with alone(self._folder, WRITER):
                return self._published(self._joined(old, {entry.file for entry in worn}, built), by_builder=True)

    def sweep(self) -> None:
        """Remove what no state names any more, as each change does."""
        with alone(self._folder, WRITER):
            manifest = read_manifest(self._folder)
            if manifest is not None:
                sweep(self._folder, manifest, patience=self._patience)

    def _rebuilt(self, old: Snapshot, people: Iterable[Volunteer], most: int, tell: Callable[[int], None]) -> Manifest:
        built, stored = Manifest(self._fingerprint), 0
        for number, part in enumerate(_portions(people, most)):
            built = self._appended(built, part, f"{BUILT}{old.manifest.generation}-{number}")
            stored += len(part)
            tell(stored)
        with alone(self._folder, WRITER):
            return self._published(self._with_what_was_saved(old, built), by_builder=True)

    def _with_what_was_saved(self, old: Snapshot, built: Manifest) -> Manifest:
        """Change in what was built what others changed since an older state."""
        now = read_manifest(self._folder) or Manifest(self._fingerprint)
        before = {entry.file for entry in old.manifest.segments}
        new = replace(now, segments=tuple(entry for entry in now.segments if entry.file not in before))
        saved = [one for one, _ in Snapshot.of(self._folder, new).people()]
        lost = [*_gone_since(old, now, self._folder, before), *(one.id for one in saved)]
        manifest = replace(built, generation=now.generation + 1)
        manifest = self._without(manifest, lost, manifest.generation)
        return self._appended(manifest, saved, str(manifest.generation)) if saved else manifest

    def _joined(self, old: Snapshot, files: set[str], built: Manifest) -> Manifest:
        """Let what was built stand for some files of an older state; statements keep their numbers."""
        now = self._current()
        kept = tuple(entry for entry in now.segments if entry.file not in files)
        manifest = replace(now, generation=now.generation + 1, segments=built.segments)
        manifest = self._without(manifest, _gone_since(old, now, self._folder, files), manifest.generation)
        return replace(manifest, segments=(*kept, *manifest.segments))

    def _changed(self, people: Sequence[Volunteer], ids: Iterable[str]) -> Manifest:
        with alone(self._folder, WRITER):
            manifest = self._current()
            generation = manifest.generation + 1
            manifest = replace(self._without(manifest, ids, generation), generation=generation)
            return self._published(self._appended(manifest, people, str(generation)) if people else manifest)

    def _current(self) -> Manifest:
        manifest = read_manifest(self._folder) or Manifest(self._fingerprint)
        if manifest.fingerprint != self._fingerprint:
            raise StoreError(f"the store in {self._folder} was built for another version or other reference data")
        return manifest

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
            all_gone = np.union1d(_gone(self._folder, entry), np.array(rows, np.uint32)).astype(np.uint32)
            name = f"gone-{generation}-{place}"
            write_pack(self._folder / name, {}, {"rows": all_gone})
            entries[place] = replace(entry, gone=name, left=entry.people - len(all_gone))
        return replace(manifest, segments=tuple(entry for entry in entries if entry.left))

    def _appended(self, manifest: Manifest, people: Sequence[Volunteer], name: str) -> Manifest:
        """Read the texts of people, and write them and what they say that nobody said before."""
        links = self._linker.link_all([one.experience for one in people])
        with self._numbering.of(self._folder, manifest) as numbers:
            places = [numbers.of_person(one) for one in people]
            if numbers.new:
                block = f"statements{name}" if name.startswith(BUILT) else f"statements-{name}"
                write_block(self._folder / block, numbers.new, self._linker)
                numbers.block = block
                manifest = replace(manifest, blocks=(*manifest.blocks, block))
        return self._with_segment(manifest, list(zip(people, links, places, strict=True)), name)

    def _with_segment(self, manifest: Manifest, people: LinkedPeople, name: str) -> Manifest:
        file = f"people{name}" if name.startswith(BUILT) else f"people-{name}"
        write_segment(self._folder / file, people, self._reference)
        return replace(manifest, segments=(*manifest.segments, SegmentEntry(file, len(people), "", len(people))))

    def _published(self, manifest: Manifest, by_builder: bool = False) -> Manifest:
        publish(self._folder, manifest)
        sweep(self._folder, manifest, by_builder, self._patience)
        return manifest


def _gone(folder: Path, entry: SegmentEntry) -> np.ndarray:
    return np.asarray(open_pack(folder / entry.gone)["rows"]) if entry.gone else np.zeros(0, np.uint32)


def _gone_since(old: Snapshot, now: Manifest, folder: Path, files: set[str]) -> list[str]:
    """Return the ids of those who counted in some files of an old state, and count there no more."""
    entries = {entry.file: entry for entry in now.segments}
    found = []
    for segment, rows, entry in zip(old.segments, (rows for _, rows in old.places), old.manifest.segments, strict=True):
        if entry.file in files:
            still = entries.get(entry.file)
            lost = np.intersect1d(rows, _gone(folder, still)) if still else rows
            found += [segment.id_of(number) for number in lost.tolist()]
    return found


def _is_as_built(manifest: Manifest) -> bool:
    # Every change counts the generation on, and what was built bears the one before it.
    return all(f"{BUILT}{manifest.generation - 1}-" in name for name in manifest.files())


def _is_worn(entry: SegmentEntry) -> bool:
    return entry.left < SMALL or entry.left < (1 - GONE) * entry.people


def _linked(snapshot: Snapshot, places: Sequence[int]) -> Iterator[tuple]:
    """Yield people with the links and the numbers of their statements, as they are stored."""
    for place in places:
        segment, rows = snapshot.places[place]
        starts, said = segment.pack["said.starts"], segment.pack["said.places"]
        for number in rows.tolist():
            yield (*segment.person(number), said[starts[number] : starts[number + 1]])


def _portions(items: Iterable[Item], most: int) -> Iterator[list[Item]]:
    """Yield items in lists of at most so many."""
    part: list[Item] = []
    for item in items:
        part.append(item)
        if len(part) == most:
            yield part
            part = []
    if part:
        yield part
