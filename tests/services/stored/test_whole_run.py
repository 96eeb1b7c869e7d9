"""A ranking of everything through the store finds what a plain one finds, and goes on through it after a kill."""

from __future__ import annotations

import shutil

import pytest

from tests.services.replay.conftest import rank_everything, verdict
from tests.services.stored.conftest import StoredWorld
from tests.services.whole_run.test_going_on import KilledError, stop_at
from webapp.db import own_session
from webapp.models import Volunteer, VolunteerLanguage
from webapp.services import ranking, reach, runs
from webapp.services.replay import replaying
from webapp.services.stored import refreshing
from webapp.services.whole_run import people, reading
from webapp.services.whole_run import ranking as whole_run


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return who was read from the database as cells."""
    numbers: list[int] = []
    frame = reach.people_frame

    def noted(*given: object) -> object:
        found = frame(*given)
        numbers.extend(map(int, found.get("id", ())))
        return found

    monkeypatch.setattr(reading.reach, "people_frame", noted)
    return numbers


def test_it_finds_what_a_plain_one_finds(world: StoredWorld, read: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    through = rank_everything()
    assert read == [], "somebody who is stored was read"
    with monkeypatch.context() as patched:
        patched.setattr(people, "stored_now", lambda *_: None)
        patched.setattr(reading, "stored_now", lambda *_: None)
        plain = rank_everything()
    assert len(read) == 8
    assert world.found(through)[:3] == world.found(plain)[:3]  # type: ignore[index]
    assert verdict(through).code == verdict(plain).code == replaying.SAME


def test_who_changed_while_the_store_was_brought_up_to_date_is_read_beside(
    world: StoredWorld, read: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refreshing, "refresh_first", lambda *_: None)
    with own_session() as session:
        changed = session.get_one(Volunteer, world.people[2])
        changed.languages = [VolunteerLanguage(language="en", level="C2", known_by="own")]
    through = rank_everything()
    assert read == [world.people[2]]
    with monkeypatch.context() as patched:
        patched.setattr(people, "stored_now", lambda *_: None)
        patched.setattr(reading, "stored_now", lambda *_: None)
        plain = rank_everything()
    assert world.found(through)[:3] == world.found(plain)[:3]  # type: ignore[index]
    assert verdict(through).code == replaying.SAME


@pytest.mark.parametrize("is_lost", [False, True])
def test_it_goes_on_through_the_store_or_without_it_as_it_was_read(
    world: StoredWorld, is_lost: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    undisturbed = world.found(rank_everything())
    with own_session() as session:
        run_id = ranking.request_everything(session, None, 7).id
    stop_at(monkeypatch, whole_run, "rank_in_parts", 2, KilledError())
    with own_session() as session:
        for number in world.people[:3]:
            session.get_one(Volunteer, number).languages = []
    world.refresh()
    if is_lost:
        shutil.rmtree(world.folder)
    assert runs.carry_out_next(own_session, ranking.rank_queued)
    found = world.found(run_id)
    assert found[:1] + found[2:3] == undisturbed[:1] + undisturbed[2:3]  # type: ignore[index]
    assert verdict(run_id).code == replaying.SAME
