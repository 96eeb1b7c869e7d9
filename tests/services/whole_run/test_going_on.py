"""A ranking of everything that is stopped goes on where it was, from what it read when it began."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
import time_machine
from sqlalchemy import Engine, select
from sqlalchemy.exc import OperationalError

from tests.databases import DATA_KEY
from tests.factories import AnySession
from tests.match_runs import request, state
from tests.services.replay.conftest import World, fill, rank_everything, verdict
from webapp import clock
from webapp.db import SESSION_FACTORY, own_session
from webapp.models import Assignment, Exclusion, KeptRun, Match, MatchRun, Volunteer
from webapp.services import left_runs, ranking, runs
from webapp.services.replay import made_with, replaying
from webapp.services.whole_run import ending
from webapp.services.whole_run import ranking as whole_run


class KilledError(BaseException):
    """Ends a worker as a kill does: nobody notes why."""


@pytest.fixture
def world(own_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> World:
    """Return a world of eight people and three assignments that nobody has ranked."""
    monkeypatch.setitem(SESSION_FACTORY.kw, "info", {"data_key": DATA_KEY})
    with own_session() as session:
        return fill(session)


@pytest.fixture
def ranked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the assignments whose matches were written, one after the other."""
    written: list[int] = []
    keep = whole_run.keep_ranked

    def noted(session: object, run: object, number: int, *more: object) -> None:
        keep(session, run, number, *more)
        written.append(number)

    monkeypatch.setattr(whole_run, "keep_ranked", noted)
    return written


def stop_at(monkeypatch: pytest.MonkeyPatch, module: object, name: str, call: int, error: BaseException) -> None:
    """Carry out the next run, and end its worker at a call of a function; then let the jobs start again."""
    calls = 0
    whole = getattr(module, name)

    def stops(*given: object) -> object:
        nonlocal calls
        calls += 1
        if calls == call:
            raise error
        return whole(*given)

    with monkeypatch.context() as patched:
        patched.setattr(module, name, stops)
        with suppress(KilledError):
            runs.carry_out_next(own_session, ranking.rank_queued)
    assert calls >= call
    with own_session() as session:
        left_runs.take_up(session, runs.KIND)


def _stopped(monkeypatch: pytest.MonkeyPatch, call: int) -> int:
    """Ask for everything to be ranked, and kill its worker at an assignment; return the run."""
    run_id = request()
    stop_at(monkeypatch, whole_run, "rank_in_parts", call, KilledError())
    return run_id


def _go_on() -> None:
    assert runs.carry_out_next(own_session, ranking.rank_queued)


def _result(run_id: int) -> tuple[str, dict[str, object]]:
    with own_session() as session:
        run = session.get_one(MatchRun, run_id)
        return run.result, run.spread


def test_it_goes_on_behind_the_last_assignment_that_is_done(
    world: World, ranked: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    undisturbed = _result(rank_everything(seed=5))
    ranked.clear()
    with own_session() as session:
        run_id = ranking.request_everything(session, None, 5).id
    stop_at(monkeypatch, whole_run, "rank_in_parts", 3, KilledError())
    assert state(run_id)[0] == "queued" and len(ranked) == 2
    with own_session() as session:
        kept = session.get_one(MatchRun, run_id)
        assert (kept.done, kept.total) == (2, 3), "the page forgets what is done"
    _go_on()
    assert sorted(ranked) == sorted(world.works), "something is ranked twice"
    assert _result(run_id) == undisturbed
    assert verdict(run_id).code == replaying.SAME


def test_what_changed_meanwhile_is_not_read_by_half(
    world: World, ranked: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    undisturbed = _result(rank_everything(seed=5))
    with own_session() as session:
        run_id = ranking.request_everything(session, None, 5).id
    stop_at(monkeypatch, whole_run, "rank_in_parts", 2, KilledError())
    with own_session() as session:
        for number in world.people:
            session.get_one(Volunteer, number).languages = []
        for number in world.works:
            session.get_one(Assignment, number).weeks = 3
    with time_machine.travel(clock.now() + timedelta(days=40)):
        _go_on()
    assert _result(run_id) == undisturbed
    found = verdict(run_id)
    assert found.code == replaying.SAME, found.said


@pytest.mark.parametrize("call", [1, 2, 3])
def test_a_kill_while_it_is_put_in_order_changes_nothing(
    world: World, ranked: list[int], monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    monkeypatch.setattr(ending, "AT_ONCE", 5)
    undisturbed = _result(rank_everything(seed=5))
    ranked.clear()
    with own_session() as session:
        run_id = ranking.request_everything(session, None, 5).id
    stop_at(monkeypatch, ending, "_drawn", call, KilledError())
    _go_on()
    assert len(ranked) == 3 and _result(run_id) == undisturbed


def test_a_database_that_was_away_costs_time_and_nothing_else(
    world: World, ranked: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = request()
    away = OperationalError("SELECT 1", None, Exception("server closed the connection unexpectedly"))
    stop_at(monkeypatch, whole_run, "rank_in_parts", 2, away)
    assert state(run_id)[0] == "queued"
    _go_on()
    assert state(run_id)[0] == "finished" and sorted(ranked) == sorted(world.works)


def test_what_other_code_has_begun_is_begun_anew(
    world: World, ranked: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = _stopped(monkeypatch, 3)
    with monkeypatch.context() as patched:
        patched.setattr(whole_run, "made_with", lambda: made_with.made_with() | {"code": "newer"})
        _go_on()
    assert len(ranked) == 2 + 3 and state(run_id)[0] == "finished"
    assert verdict(run_id).code == replaying.SAME


def test_what_cannot_be_read_any_more_is_begun_anew(
    world: World, ranked: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = _stopped(monkeypatch, 3)
    with own_session() as session:
        session.get_one(KeptRun, run_id).sealed = "changed"
    _go_on()
    assert len(ranked) == 2 + 3 and state(run_id)[0] == "finished"


def test_who_is_erased_before_it_goes_on_is_in_none_of_it(
    world: World, ranked: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = _stopped(monkeypatch, 2)
    with own_session() as session:
        session.get_one(Volunteer, world.people[0]).erased_at = clock.now()
    _go_on()
    with own_session() as session:
        found = select(Match).where(Match.run_id == run_id, Match.volunteer_id == world.people[0])
        assert session.scalars(found).first() is None
    assert state(run_id)[0] == "finished"


def test_given_up_it_leaves_nothing_behind(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    run_id = request()
    for _ in range(runs.MOST_ATTEMPTS):
        stop_at(monkeypatch, whole_run, "rank_in_parts", 1, KilledError())
    assert state(run_id)[0] == "failed"
    with own_session() as session:
        for table in (Match, Exclusion, KeptRun):
            assert session.query(table).count() == 0


def test_it_says_how_long_it_will_take(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    run_id = request()
    seen: list[tuple[int, int | None]] = []
    beat = runs.beat

    def noted(session: AnySession, run: MatchRun, done: int) -> MatchRun:
        kept = beat(session, run, done)
        seen.append((kept.done, kept.seconds_left))
        return kept

    monkeypatch.setattr(runs, "beat", noted)
    _go_on()
    assert state(run_id)[0] == "finished"
    told = [left for done, left in seen if done in (1, 2) and left is not None]
    assert len(told) == 2 and all(0 <= left < 60 for left in told)
    assert [left for done, left in seen if done == 0] == [None] * sum(done == 0 for done, _ in seen)
    assert seen[-1] == (3, None)


def test_whoever_asks_again_gets_what_stands_now_and_not_what_a_stopped_run_has_read(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = _stopped(monkeypatch, 2)
    with own_session() as session:
        for number in world.people:
            session.get_one(Volunteer, number).languages = []
    asked = request()
    assert asked != stopped and request() == asked
    _go_on()
    _go_on()
    assert (state(stopped)[0], state(asked)[0]) == ("finished", "finished")
    with own_session() as session:
        assert set(session.scalars(select(Match.run_id).where(Match.is_current))) == {asked}
    assert verdict(asked).code == replaying.SAME


def _meanwhile(monkeypatch: pytest.MonkeyPatch, module: object, name: str, act: Callable[[], None]) -> None:
    """Do something in a session of its own before the second call of a function."""
    whole, calls = getattr(module, name), count()

    def after_it(*given: object) -> object:
        if next(calls) == 1:
            act()
        return whole(*given)

    monkeypatch.setattr(module, name, after_it)


def test_who_is_deleted_while_it_goes_on_stops_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    run_id = request()

    def delete() -> None:
        with own_session() as session:
            for number in world.people[:5]:
                session.delete(session.get_one(Volunteer, number))
            session.delete(session.get_one(Assignment, world.works[2]))

    _meanwhile(monkeypatch, whole_run, "rank_in_parts", delete)
    _go_on()
    assert state(run_id)[0] == "finished"
    with own_session() as session:
        found = list(session.scalars(select(Match).where(Match.run_id == run_id)))
    assert found and {one.volunteer_id for one in found} <= set(world.people[5:])
    assert {one.assignment_id for one in found} <= set(world.works[:2])
    found_again = verdict(run_id)
    assert found_again.code == replaying.SAME, found_again.said


def test_who_is_deleted_while_lots_are_drawn_stops_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ending, "AT_ONCE", 5)
    run_id = request()
    drawn = ending._drawn

    def then_deleted(*given: Any) -> object:
        told = drawn(*given)
        with own_session() as session:
            for person in session.scalars(select(Volunteer).where(Volunteer.id.in_(world.people[:2]))):
                session.delete(person)
        return told

    monkeypatch.setattr(ending, "_drawn", then_deleted)
    _go_on()
    assert state(run_id)[0] == "finished"
    found = verdict(run_id)
    assert found.code == replaying.SAME, found.said


def test_nobody_waits_while_it_reads_what_it_had_begun(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _stopped(monkeypatch, 2)
    opened, saved = whole_run.everybody, []

    def while_it_reads(*given: Any) -> object:
        with own_session() as session:
            session.get_one(Volunteer, world.people[0]).experience = "Saved meanwhile"
        saved.append(True)
        return opened(*given)

    monkeypatch.setattr(whole_run, "everybody", while_it_reads)
    _go_on()
    assert saved
