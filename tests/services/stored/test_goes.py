"""What leaves the store: people who are gone, at once for rankings and by the next night from the disk."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Lock
from typing import Any

import pytest
from sqlalchemy import select

from tests.factories import make_volunteer
from tests.services.stored.conftest import StoredWorld
from tests.waiting_threads import let_threads_wait
from webapp.db import SESSION_FACTORY, own_session
from webapp.models import KeptInput, Match, ProfileStamp, User, Vio, Volunteer
from webapp.services import reach
from webapp.services.own_data.erasure import Folders, erase
from webapp.services.stored import refreshing
from webapp.services.stored.opened import open_store
from webapp.vault import Vault

WORDS = "Planted: I repaired the pumps of Kiboko village"


def _holds(folder: Path, words: str) -> bool:
    return any(words.encode() in path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def planted(world: StoredWorld, tmp_path: Path) -> int:
    """Return somebody whose words lie in the store."""
    with own_session() as session:
        vio = session.scalars(select(Vio).order_by(Vio.id)).first()
        number = make_volunteer(session, vio, experience=WORDS).id
    world.refresh()
    assert _holds(world.folder, WORDS)
    return number


def test_who_is_erased_is_ranked_no_more_and_leaves_the_disk_in_the_night(
    world: StoredWorld, planted: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with own_session() as session:
        person = session.get_one(Volunteer, planted)
        erase(
            session,
            session.get_one(User, person.user_id),
            person,
            Folders(tmp_path / "documents", tmp_path / "mail", Vault(tmp_path / "imports", "a key"), tmp_path),
        )
    run_id = world.rank(world.works[0])
    with own_session() as session:
        assert planted not in set(session.scalars(select(Match.volunteer_id).where(Match.run_id == run_id)))
        assert session.get(ProfileStamp, planted) is None
        assert session.query(KeptInput).filter_by(volunteer_id=planted).count() == 0
    world.refresh(whole=True)
    assert not _holds(world.folder, WORDS)
    world.assert_same(monkeypatch)


def test_words_that_were_changed_leave_the_disk_too(world: StoredWorld, planted: int) -> None:
    with own_session() as session:
        session.get_one(Volunteer, planted).experience = "Something else"
    world.refresh(whole=True)
    assert _holds(world.folder, "Something else") and not _holds(world.folder, WORDS)


def test_nobody_else_on_the_machine_reads_the_folder(world: StoredWorld) -> None:
    assert world.folder.stat().st_mode & 0o777 == 0o700


def test_the_background_brings_it_up_to_date_beside_its_other_work(
    world: StoredWorld, planted: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    done, refresh = Event(), refreshing.refresh

    def told(*words: Any) -> None:
        refresh(*words)
        done.set()

    monkeypatch.setattr(refreshing, "refresh", told)
    with own_session() as session:
        session.get_one(Volunteer, planted).experience = "Something else"
    refreshing.refresh_beside(own_session, world.folder)
    assert done.wait(60)
    assert _holds(world.folder, "Something else")


def test_where_people_are_few_nothing_is_stored(world: StoredWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reach, "MOST_IN_A_REQUEST", 10_000)
    refreshing.refresh_beside(own_session, world.folder)
    assert not world.folder.exists()


def test_without_a_folder_nothing_is_stored(world: StoredWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SESSION_FACTORY.kw["info"], "columns", None)
    with own_session() as session:
        assert session.info["columns"] is None
    run_id = world.rank(world.works[0])
    with own_session() as session:
        assert session.query(Match).filter_by(run_id=run_id).count() == 0  # it waits


def test_many_small_pieces_become_one_and_rank_as_before(world: StoredWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refreshing, "MOST_SEGMENTS", 1)
    for text in ("One", "Two"):
        with own_session() as session:
            session.get_one(Volunteer, world.people[0]).experience = text
        world.refresh()
    opened = open_store(world.folder)
    assert opened is not None and len(opened.snapshot.segments) == 1
    world.assert_same(monkeypatch)


def test_one_stores_at_a_time(world: StoredWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = let_threads_wait(monkeypatch, refreshing)
    monkeypatch.setattr(refreshing, "_at_work", Lock())
    for _minute in range(2):
        refreshing.refresh_beside(own_session, world.folder)
    assert begun == [(own_session, world.folder, False)]
