"""A ranking of one assignment that too many people are within reach of for a request: it waits for the background."""

from __future__ import annotations

import textwrap
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import Engine, func, select

from tests.databases import DATA_KEY
from tests.factories import make_assignment, make_host, make_vio, make_volunteer
from tests.scripts import Script
from tests.services.replay.conftest import verdict
from webapp import clock
from webapp.db import SESSION_FACTORY, Sessions, own_session
from webapp.models import Assignment, Match, MatchRun, Volunteer
from webapp.services import left_runs, ranking, reach, runs
from webapp.services.replay import replaying


@pytest.fixture
def work_id(own_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> int:
    """Return an assignment with three people within reach, which is more than a request ranks here."""
    monkeypatch.setattr(reach, "MOST_IN_A_REQUEST", 2)
    monkeypatch.setitem(SESSION_FACTORY.kw, "info", {"data_key": DATA_KEY})
    with own_session() as session:
        vio = make_vio(session)
        work = make_assignment(session, make_host(session, vio))
        for _ in range(3):
            make_volunteer(session, vio)
        return work.id


def _rank(work_id: int) -> int:
    with own_session() as session:
        return ranking.rank_assignment(session, session.get_one(Assignment, work_id)).id


def _carry_out() -> bool:
    return runs.carry_out_next(own_session, ranking.rank_queued)


def _state(run_id: int) -> str:
    with own_session() as session:
        return session.get_one(MatchRun, run_id).state


def _shown() -> dict[int, int]:
    """Return by volunteer the run whose match is shown."""
    with own_session() as session:
        return {one.volunteer_id: one.run_id for one in session.scalars(select(Match).where(Match.is_current))}


def test_what_was_found_before_stays_until_the_run_is_done(work_id: int) -> None:
    first = _rank(work_id)
    assert _shown() == {} and _carry_out()
    assert set(_shown().values()) == {first} and len(_shown()) == 3
    second = _rank(work_id)
    assert (_state(second), set(_shown().values())) == ("queued", {first})
    assert _carry_out() and set(_shown().values()) == {second}
    assert not _carry_out()


def test_it_finds_the_same_bytes_as_a_request_and_replays(work_id: int, monkeypatch: pytest.MonkeyPatch) -> None:
    beside = _rank(work_id)
    _carry_out()
    monkeypatch.setattr(reach, "MOST_IN_A_REQUEST", 3)
    at_once = _rank(work_id)
    with own_session() as session:
        found = [session.get_one(MatchRun, number) for number in (beside, at_once)]
        assert len({(run.state, run.result, run.seed, run.fingerprint) for run in found}) == 1
    for number in (beside, at_once):
        assert verdict(number).code == replaying.SAME, verdict(number).said


def test_asked_for_again_it_waits_once_and_as_the_newest(work_id: int) -> None:
    with own_session() as session:
        other = make_assignment(session, session.get_one(Assignment, work_id).host).id
    first, elsewhere = _rank(work_id), _rank(other)
    second = _rank(work_id)
    with own_session() as session:
        assert list(session.scalars(select(MatchRun.id).order_by(MatchRun.id))) == [elsewhere, second]
        assert first not in (elsewhere, second)
        assert runs.going_for(session, session.get_one(Assignment, work_id)).id == second


def test_other_assignments_and_profiles_saved_meanwhile_keep_what_they_have(work_id: int) -> None:
    with own_session() as session:
        ranking.request_everything(session, None, 7)
        make_assignment(session, session.get_one(Assignment, work_id).host)
        saved_id = session.scalars(select(Volunteer.id).order_by(Volunteer.id)).first()
    _carry_out()
    run_id = _rank(work_id)

    def meanwhile(sessions: Sessions, run: MatchRun) -> None:
        ranking.rank_queued(sessions, run)
        with sessions() as session:
            ranking.rank_volunteer(session, session.get_one(Volunteer, saved_id))

    runs.carry_out_next(own_session, meanwhile)
    with own_session() as session:
        shown = list(session.scalars(select(Match).where(Match.is_current)))
        mine = {one.volunteer_id for one in shown if one.run_id == run_id}
        assert len(shown) == 6 and len(mine) == 2 and saved_id not in mine
        assert {one.run.seed for one in shown} == {7}


def test_an_assignment_that_closed_meanwhile_shows_nobody(work_id: int) -> None:
    _rank(work_id)
    _carry_out()
    run_id = _rank(work_id)
    with own_session() as session:
        session.get_one(Assignment, work_id).state = "closed"
    _carry_out()
    assert (_state(run_id), _shown()) == ("finished", {})
    assert verdict(run_id).code == replaying.SAME


WORKER = textwrap.dedent(
    """
    import sys
    from webapp.db import bind, keep_key, make_engine, own_session
    from webapp.services import ranking, runs
    bind(make_engine(sys.argv[1]))
    keep_key(sys.argv[2])
    def until_killed(sessions, run):
        ranking.rank_queued(sessions, run)
        print("written", flush=True)
        sys.stdin.read()
    runs.carry_out_next(own_session, until_killed)
    """
)


def test_a_worker_killed_before_the_end_leaves_nothing_to_be_seen(work_id: int, own_engine: Engine) -> None:
    first = _rank(work_id)
    _carry_out()
    run_id = _rank(work_id)
    url = own_engine.url.render_as_string(hide_password=False)
    with Script(WORKER, url, DATA_KEY) as worker:
        assert worker.stdout.readline() == "written\n"
        worker.kill()
    assert (_state(run_id), set(_shown().values())) == ("running", {first})
    with time_machine.travel(clock.now() + runs.STALE_AFTER + timedelta(seconds=1)), own_session() as session:
        assert left_runs.requeue_stale(session, runs.KIND) == 1
        assert session.scalar(select(func.count()).where(Match.run_id == run_id)) == 0
    assert _carry_out() and set(_shown().values()) == {run_id}


def test_a_worker_that_computes_for_long_gives_signs_of_life(work_id: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "SIGN_EVERY", timedelta(milliseconds=20))
    run_id = _rank(work_id)
    signs: set[object] = set()

    def slow(sessions: Sessions, run: MatchRun) -> None:
        before = clock.now()
        while len(signs) < 3 and clock.now() < before + timedelta(seconds=20):
            with sessions() as session:
                signs.add(session.get_one(MatchRun, run_id).heartbeat_at)
        ranking.rank_queued(sessions, run)

    runs.carry_out_next(own_session, slow)
    assert len(signs) == 3 and _state(run_id) == "finished"
