"""Counts of who could do an assignment are those of everybody as they are, through the store too."""

from __future__ import annotations

import gc
import random
import weakref
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from time import sleep
from typing import Any

import pytest
import time_machine

from matching import Matcher, Supply
from tests.factories import make_volunteer
from tests.services.stored.conftest import StoredWorld
from webapp import clock
from webapp.db import SESSION_FACTORY, begin_reading, own_session
from webapp.models import Assignment, Vio, Volunteer
from webapp.models.consents import MATCHING
from webapp.services import consents, reach, supply, supply_pool
from webapp.services.frames import assignments_frame
from webapp.services.person_relations import consents_to
from webapp.services.stored import opened, refreshing


@pytest.fixture(autouse=True)
def nobody_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin as a process that has counted nothing yet, and let small worlds be large."""
    monkeypatch.setattr(supply_pool, "_kept", {})
    monkeypatch.setattr(supply_pool, "QUICKLY_READ", 1)


def _through(work_id: int) -> Supply:
    """Return the exact counts as the service comes by them, of everybody."""
    with own_session() as session:
        frame = assignments_frame([session.get_one(Assignment, work_id)], clock.today(), {})
        pool = supply_pool.pool_of(session)
        numbers = [number for part in pool.parts for number in part.numbers.tolist()]
        assert len(numbers) == len(set(numbers))
        return pool.supply(frame, numbers[1:])


def _plain(work_id: int) -> Supply:
    with own_session() as session:
        frame = assignments_frame([session.get_one(Assignment, work_id)], clock.today(), {})
        pool = supply_pool.pool_of(session)
        first = str(pool.parts[0].numbers[0])
        people = reach.people_frame(session, consents_to(MATCHING))
        return Matcher().fit(people).supply(frame, only=[one for one in people["id"] if one != first])


def _change(world: StoredWorld, draw: random.Random) -> None:
    """Let some people be others than the store has, and add one."""
    with own_session() as session:
        for number in draw.sample(world.people, 2):
            person = session.get_one(Volunteer, number)
            person.anywhere, person.residence = True, "KE"
        vio = session.get_one(Vio, person.vio_id)
        world.people.append(make_volunteer(session, vio, languages={"fr": draw.choice(["A1", "C2"])}).id)


def test_counts_through_the_store_are_those_of_a_plain_matcher(world: StoredWorld) -> None:
    draw = random.Random(3)
    for turn in range(4):
        for work_id in world.works:
            assert _through(work_id) == _plain(work_id)
        _change(world, draw)
        if turn % 2:
            world.refresh()
        with own_session() as session:
            supply_pool._state(session).made.clear()  # as after ten minutes


def test_nobody_is_read_plainly_whom_the_store_has(world: StoredWorld) -> None:
    with own_session() as session:
        (part,) = supply_pool.pool_of(session).parts
        assert sorted(part.numbers.tolist()) == sorted(world.people)
        assert supply_pool.pool_of(session).parts[0] is part, "made once for a state"
    assert not supply_pool._kept


def test_whoever_takes_consent_back_counts_no_more_at_once(world: StoredWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supply, "about", lambda exact: exact)
    with own_session() as session:
        work = session.get_one(Assignment, world.works[0])
        before = supply.count(session, work, clock.today())
        gone = next(one for one in world.people if session.get_one(Volunteer, one).vio_id == work.vio_id)
        consents.withdraw(session, None, session.get_one(Volunteer, gone), MATCHING)
        after = supply.count(session, work, clock.today())
        assert before and after and after.people == (before.people or 0) - 1


def test_what_was_made_of_a_state_goes_with_it(world: StoredWorld) -> None:
    with own_session() as session:
        old = weakref.ref(supply_pool.pool_of(session))
    _change(world, random.Random(4))
    world.refresh(whole=True)
    opened.let_go()
    gc.collect()
    assert old() is None


def test_it_is_read_again_after_ten_minutes(world: StoredWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    with own_session() as session:
        old = supply_pool.pool_of(session)
        monkeypatch.setattr(supply_pool, "KEPT_FOR", timedelta(0))
        assert supply_pool.pool_of(session) is not old


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list that grows when somebody begins to read everybody beside the pages."""
    begun: list[str] = []
    monkeypatch.setattr(supply_pool, "_read_beside", begun.append)
    monkeypatch.setattr(supply_pool, "_late_since", {})
    return begun


def _pool() -> supply_pool.Pool:
    with own_session() as session:
        return supply_pool.pool_of(session)


def test_where_the_store_is_far_behind_what_was_read_before_counts(
    world: StoredWorld, monkeypatch: pytest.MonkeyPatch, begun: list[str]
) -> None:
    monkeypatch.setattr(supply_pool, "MOST_BESIDE", 0)
    before = _pool()
    _change(world, random.Random(5))
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        assert _pool() is before
    with own_session() as session:
        del supply_pool._state(session).made[supply_pool.MADE]
    with pytest.raises(supply_pool.StillReading):
        _pool()
    world.refresh()
    assert _pool().parts and not supply_pool._late_since
    assert not begun, "very many are not read beside the pages"


def test_where_nobody_makes_a_store_everybody_is_read_beside_the_pages_after_all(
    world: StoredWorld, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, begun: list[str]
) -> None:
    monkeypatch.setitem(SESSION_FACTORY.kw["info"], "columns", tmp_path / "elsewhere")
    with pytest.raises(supply_pool.StillReading):
        _pool()
    assert not begun
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        with pytest.raises(supply_pool.StillReading):
            _pool()
        assert len(begun) == 1
        with own_session() as session:
            read = supply_pool._read_pool(session, begun[0])
        assert _pool() is read
    refreshing.refresh(own_session, tmp_path / "elsewhere")
    assert _pool() is not read and not supply_pool._kept


def test_several_who_count_at_once_make_the_pool_once(world: StoredWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    real = supply_pool.stored_now

    def slowly(*args: Any) -> Any:
        asked.append(args)
        sleep(0.2)
        return real(*args)

    monkeypatch.setattr(supply_pool, "stored_now", slowly)
    with ThreadPoolExecutor(4) as threads:
        pools = {id(found.result()) for found in [threads.submit(_pool) for _ in range(4)]}
    assert len(asked) == len(pools) == 1


def test_who_took_consent_back_while_the_pool_was_read_counts_no_more(
    world: StoredWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page began before, and still sees the consent (SQLite)."""
    monkeypatch.setattr(supply, "about", lambda exact: exact)
    with own_session() as session:
        work = session.get_one(Assignment, world.works[0])
        gone = next(one for one in world.people if session.get_one(Volunteer, one).vio_id == work.vio_id)
    with SESSION_FACTORY() as page:
        begin_reading(page)
        before = page.get_one(Assignment, work.id)
        with own_session() as session:
            consents.withdraw(session, None, session.get_one(Volunteer, gone), MATCHING)
        told = supply.count(page, before, clock.today())
    with own_session() as session:
        now = supply.count(session, session.get_one(Assignment, work.id), clock.today())
        plain = len(reach.people_for(session, session.get_one(Assignment, work.id)))
    assert told and now and now.people == plain
