"""Changes of stored volunteers: seen as a whole or not at all, whoever reads meanwhile, and whenever a writer dies."""

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from matching import Matcher, Reference, Volunteer, linker_for, parse_volunteers
from matching.engine import Snapshot, StoredMatcher, StoreError, Writer
from matching.engine import folder as engine_folder
from matching.engine import store as engine_store
from matching.engine import writer as engine_writer
from tests.matching.engine.test_ranking import assert_same
from tests.matching.frames import frame, volunteer
from tests.matching.test_matcher import PEOPLE, WORK

REFERENCE = Reference.load()
# Changes draw these texts and skills: some bring statements that nobody made before.
TEXTS = ("", "I dug wells", "I drilled boreholes and repaired hand pumps", "Teaching mathematics to children")
FORK = multiprocessing.get_context("fork")


def records(rows: Iterable[dict[str, str]]) -> list[Volunteer]:
    return parse_volunteers(frame(*rows), REFERENCE)


def opened(folder: Path) -> Snapshot:
    return Snapshot.open(folder, REFERENCE)


def writer_in(folder: Path) -> Writer:
    return Writer(folder, REFERENCE, linker_for(REFERENCE))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    writer_in(tmp_path / "store").rebuild(records(PEOPLE), most=25)
    return tmp_path / "store"


def assert_holds(folder: Path, rows: dict[str, dict[str, str]]) -> None:
    """Assert that the store ranks as a plain matcher over these rows does."""
    plain, found = Matcher().fit(frame(*rows.values())), StoredMatcher(opened(folder))
    assert opened(folder).size == len(rows)
    assert_same(plain.rank(frame(*WORK), top=9), found.rank(frame(*WORK), top=9))


def test_changes_of_every_kind_leave_what_a_new_store_would_hold(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_writer, "MOST", 30)
    monkeypatch.setattr(engine_writer, "SMALL", 15)
    chance, rows, writer = random.Random(5), {row["id"]: row for row in PEOPLE}, writer_in(folder)
    for step in range(12):
        ids = [f"v{chance.randrange(70):03}" for _ in range(chance.choice((1, 3)))]
        if step % 5 == 4:
            writer.compact()
        elif step % 3 == 2:
            writer.remove([*ids, "nobody"])
            rows = {name: row for name, row in rows.items() if name not in ids}
        else:
            changed = {name: volunteer(id=name, experience=chance.choice(TEXTS), causes="6") for name in ids}
            writer = chance.choice((writer, writer_in(folder)))  # one that knows, or one that has to read
            writer.put(records(changed.values()))
            rows |= changed
    assert_holds(folder, rows)
    files = len(opened(folder).manifest.segments)
    writer.compact()
    assert_holds(folder, rows)
    assert len(opened(folder).manifest.segments) < files


def test_who_holds_a_state_keeps_it_whatever_is_written(folder: Path) -> None:
    before = StoredMatcher(opened(folder))
    first = before.rank(frame(WORK[0]), top=5)
    writer_in(folder).remove(first["volunteer_id"])
    writer_in(folder).rebuild(records(PEOPLE[:3]))
    assert_same(first, before.rank(frame(WORK[0]), top=5))
    assert opened(folder).size == 3


def test_what_is_saved_while_everything_is_built_anew_is_not_lost(folder: Path) -> None:
    def slowly() -> Iterable[Volunteer]:
        yield from records(PEOPLE[:40])
        other = writer_in(folder)
        other.put(records([volunteer(id="v005", countries="CN"), volunteer(id="new", experience=TEXTS[1])]))
        other.remove(["v006"])
        yield from records(PEOPLE[40:])
        yield from records([volunteer(id="new", countries="BR")])  # read before it was saved: the older state

    rows = {row["id"]: row for row in PEOPLE} | {"v005": volunteer(id="v005", countries="CN")}
    rows["new"] = volunteer(id="new", experience=TEXTS[1])
    del rows["v006"]
    writer_in(folder).rebuild(slowly(), most=20)
    assert_holds(folder, rows)


def test_what_is_saved_while_files_are_joined_is_not_lost(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = {row["id"]: row for row in PEOPLE} | {"v005": volunteer(id="v005", experience=TEXTS[2])}
    del rows["v006"]
    write, once = engine_writer.write_segment, iter([True])

    def meanwhile(path: Path, people: object, reference: Reference) -> None:
        if next(once, False):
            other = writer_in(folder)
            other.put(records([rows["v005"]]))
            other.remove(["v006"])
        write(path, people, reference)

    monkeypatch.setattr(engine_writer, "write_segment", meanwhile)
    writer_in(folder).compact()
    assert_holds(folder, rows)


def test_built_anew_from_itself_it_holds_nothing_of_who_is_gone(folder: Path) -> None:
    writer, rows = writer_in(folder), {row["id"]: row for row in PEOPLE}
    writer.put(records([volunteer(id="gone", experience=TEXTS[2])]))
    writer.put(records([volunteer(id="v005", experience=TEXTS[1])]))
    rows["v005"] = volunteer(id="v005", experience=TEXTS[1])
    writer.remove(["gone"])
    state = writer.renew()
    assert_holds(folder, rows)
    assert not any(TEXTS[2].encode() in path.read_bytes() for path in folder.iterdir())
    assert writer.renew() == state  # nothing has changed since


def test_who_was_there_when_it_was_built_leaves_the_disk_as_soon_as_it_is_built_anew(folder: Path) -> None:
    writer = writer_in(folder)
    writer.rebuild(records([*PEOPLE, volunteer(id="gone", experience=TEXTS[2])]))
    writer.remove(["gone"])
    writer.renew()
    assert not any(TEXTS[2].encode() in path.read_bytes() for path in folder.iterdir())


def test_what_is_noted_with_a_person_stays_with_them(folder: Path) -> None:
    noted = [replace(one, noted=f"{number:08x}") for number, one in enumerate(records(PEOPLE))]
    writer = writer_in(folder)
    writer.rebuild(noted, most=25)
    writer.put(noted[:3])
    writer.compact()
    snapshot = opened(folder)
    assert {one.id: one.noted for one, _ in snapshot.people()} == {one.id: one.noted for one in noted}
    told = [row.tobytes().hex() for segment, rows in snapshot.places for row in segment.pack["noted"][rows]]
    assert told == [one.noted for one, _ in snapshot.people()]


def test_among_some_only_these_are_ranked_and_counted(folder: Path) -> None:
    snapshot, some = opened(folder), [row for number, row in enumerate(PEOPLE) if number % 3 == 0]
    ids = {row["id"] for row in some}
    masks = [np.array([segment.id_of(row) in ids for row in range(segment.size)]) for segment in snapshot.segments]
    plain, found = Matcher().fit(frame(*some)), StoredMatcher(snapshot.among(masks))
    assert_same(plain.rank(frame(*WORK), top=9), found.rank(frame(*WORK), top=9))
    assert all(plain.why_not(frame(work)) == found.why_not(frame(work)) for work in WORK[:5])
    assert snapshot.among(masks).size == len(some)
    nobody = StoredMatcher(snapshot.among([np.zeros_like(mask) for mask in masks]))
    assert nobody.rank(frame(WORK[0]), top=9).empty


def test_a_store_of_another_version_is_neither_read_nor_changed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StoreError, match="there is no store"):
        opened(folder / "elsewhere")
    monkeypatch.setattr(engine_store, "FORMAT", engine_store.FORMAT + 1)
    with pytest.raises(StoreError, match="another version"):
        opened(folder)
    with pytest.raises(StoreError, match="another version"):
        writer_in(folder).put(records(PEOPLE[:1]))
    writer_in(folder).rebuild(records(PEOPLE[:2]))
    assert opened(folder).size == 2


@pytest.mark.parametrize(
    ("change", "step"),
    [
        *(("put", step) for step in ("write_block", "write_segment", "write_pack", "publish", "sweep")),
        *(("rebuild", step) for step in ("write_block", "write_segment", "publish", "sweep")),
    ],
)
def test_a_change_that_breaks_off_leaves_the_old_state_and_hinders_nobody(
    folder: Path, monkeypatch: pytest.MonkeyPatch, step: str, change: str
) -> None:
    rows = {row["id"]: row for row in PEOPLE} | {"v005": volunteer(id="v005", experience=TEXTS[2])}
    writer = writer_in(folder)

    def fails(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(engine_writer, step, fails)
    with pytest.raises(OSError, match="the disk is full"):
        writer.put(records([rows["v005"]])) if change == "put" else writer.rebuild(records(rows.values()), most=25)
    monkeypatch.undo()
    if step != "sweep":
        assert_holds(folder, {row["id"]: row for row in PEOPLE})
    writer.put(records([rows["v005"]]))
    assert_holds(folder, rows)
    named = {*opened(folder).manifest.files(), "manifest.json", "writer.lock", "builder.lock"}
    assert {path.name for path in folder.iterdir()} == named


def test_files_that_were_replaced_stay_a_while_for_readers_on_other_machines(folder: Path) -> None:
    def left() -> list[str]:
        return sorted(path.name for path in folder.iterdir() if path.name.startswith(engine_folder.LEFT))

    writer = Writer(folder, REFERENCE, linker_for(REFERENCE), patience=60)
    inodes = {path.stat().st_ino for path in folder.glob("people*")}
    writer.rebuild(records(PEOPLE[:5]))
    assert len(left()) >= 2 and inodes <= {(folder / name).stat().st_ino for name in left()}
    assert_holds(folder, {row["id"]: row for row in PEOPLE[:5]})
    first = left()
    for person in PEOPLE[:2]:
        writer.put(records([person]))
    writer.sweep()
    assert set(first) < set(left()), "they went too soon, or none was left by the second change"
    for name in left():
        os.utime(folder / name, (time.time() - 61,) * 2)
    writer.sweep()
    assert left() == []
    assert opened(folder).size == 5


def _saves_pairs(folder: Path) -> None:
    """Save two people again and again, both in the same words, and join files now and then: until killed."""
    writer, number = writer_in(folder), 0
    while True:
        number += 1
        served = ("KE", "TZ", "CN", "BR")[number % 4]
        writer.put(records([volunteer(id=name, served=served) for name in ("v010", "v050")]))
        if number % 7 == 0:
            writer.compact()


def _states(folder: Path) -> tuple[str, ...]:
    snapshot = opened(folder)
    assert snapshot.size == len(PEOPLE)
    places = [snapshot.find(name) for name in ("v010", "v050")]
    return tuple("".join(snapshot.segments[place[0]].person(place[1])[0].served) for place in places if place)


def test_no_reader_sees_half_a_change_and_a_killed_writer_breaks_nothing(folder: Path) -> None:
    seen = set()
    for life in range(3):
        child = FORK.Process(target=_saves_pairs, args=(folder,))
        child.start()
        try:
            end = time.monotonic() + 1.0 + 0.13 * life
            while time.monotonic() < end:
                both = _states(folder)
                assert len(both) == 2
                assert both[0] == both[1]
                seen.add(both[0])
        finally:
            os.kill(child.pid, signal.SIGKILL)
            child.join()
        first, second = _states(folder)
        assert first == second
    writer_in(folder).put(records([volunteer(id="v010", served="KE")]))  # no lock outlives its holder
    assert len(seen) > 1
