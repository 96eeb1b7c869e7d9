"""Counts of who could do an assignment are those of everybody as they are, through the store too."""

from __future__ import annotations

import gc
import random
import weakref
from datetime import timedelta
from pathlib import Path

import pytest

from matching import Matcher, Supply
from tests.factories import make_volunteer
from tests.services.stored.conftest import StoredWorld
from webapp import clock
from webapp.db import SESSION_FACTORY, own_session
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
            supply_pool.read_now(session)  # after ten minutes


def test_nobody_is_read_plainly_whom_the_store_has(world: StoredWorld) -> None:
    with own_session() as session:
        (part,) = supply_pool.pool_of(session).parts
        assert sorted(part.numbers.tolist()) == sorted(world.people)
        assert supply_pool.pool_of(session).parts[0] is part, "made once for a state"
    assert not supply_pool._kept


def test_whoever_takes_consent_back_counts_no_more_at_once(
    world: StoredWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
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


def test_where_the_store_is_far_behind_or_not_there_yet_it_says_that_people_are_being_read(
    world: StoredWorld, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    begun: list[str] = []
    monkeypatch.setattr(supply_pool, "_read_beside", begun.append)
    monkeypatch.setattr(supply_pool, "MOST_BESIDE", 0)
    monkeypatch.setattr(supply_pool, "KEPT_FOR", timedelta(0))
    with own_session() as session:
        before = supply_pool.pool_of(session)
    _change(world, random.Random(5))
    with own_session() as session:
        assert supply_pool.pool_of(session) is before, "better than nothing"
    del supply_pool._state(session).made[supply_pool.MADE]
    with own_session() as session, pytest.raises(supply_pool.StillReading):
        supply_pool.pool_of(session)
    monkeypatch.setitem(SESSION_FACTORY.kw["info"], "columns", tmp_path / "elsewhere")
    with own_session() as session, pytest.raises(supply_pool.StillReading):
        supply_pool.pool_of(session)
    assert not begun, "very many are not read beside the pages"
    refreshing.refresh(own_session, tmp_path / "elsewhere")
    with own_session() as session:
        assert supply_pool.pool_of(session).parts
