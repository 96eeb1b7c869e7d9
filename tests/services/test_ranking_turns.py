"""On PostgreSQL rankings at the same moment end neither in two matches of a pair nor in a standstill."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, event, func, select
from sqlalchemy.orm import Session

from tests.databases import DATA_KEY
from tests.match_runs import fill, finish, request
from webapp.db import SESSION_FACTORY, own_session
from webapp.models import Assignment, Match, Volunteer
from webapp.services import ranking, ranking_turns

SLOWLY = 0.5  # seconds


@pytest.fixture
def world(own_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Return the engine of a small world that was ranked."""
    monkeypatch.setitem(SESSION_FACTORY.kw, "info", {"data_key": DATA_KEY})
    fill()
    request()
    finish()
    return own_engine


def _check_once(people: int, works: int) -> None:
    """Fail unless each of these pairs has one match that is shown."""
    with own_session() as session:
        pairs = select(func.count()).where(Match.is_current).group_by(Match.assignment_id, Match.volunteer_id)
        assert list(session.scalars(pairs)) == [1] * people * works


def _rank_person(number: int) -> None:
    with own_session() as session:
        ranking.rank_volunteer(session, session.get_one(Volunteer, number))


def _rank_work(number: int) -> None:
    with own_session() as session:
        ranking.rank_assignment(session, session.get_one(Assignment, number))


def _first(table: type[Volunteer] | type[Assignment]) -> int:
    with own_session() as session:
        return session.scalar(select(func.min(table.id))) or 0


@pytest.mark.parametrize("act", [lambda: _rank_person(_first(Volunteer)), lambda: _rank_work(_first(Assignment))])
def test_what_is_ranked_while_a_run_is_shown_is_there_once(world: Engine, act: Callable[[], None]) -> None:
    """Of the two statements that show a run, let the ranking come in between."""
    request()
    beside = threading.Thread(target=act)

    def after(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        is_ours = threading.current_thread() is threading.main_thread()
        if is_ours and not beside.ident and " SET is_current" in statement:
            beside.start()
            time.sleep(SLOWLY)

    event.listen(world, "after_cursor_execute", after)
    finish()
    event.remove(world, "after_cursor_execute", after)
    beside.join()
    _check_once(3, 3)


def test_the_same_person_is_ranked_once_at_a_time(world: Engine) -> None:
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(_rank_person, [_first(Volunteer)] * 6))
    _check_once(3, 3)


def test_a_person_and_an_assignment_at_the_same_moment_wait_for_one_another(
    world: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The office has retired the person's match and is at work; the person comes, before the office refers to them."""
    retired, retire = threading.Event(), ranking.retire

    def slowly(session: Session, which: object) -> None:
        retire(session, which)
        if threading.current_thread().name == "office":
            retired.set()
            time.sleep(SLOWLY + 1)  # longer than PostgreSQL waits before it looks for a standstill

    monkeypatch.setattr(ranking, "retire", slowly)
    work, person = _first(Assignment), _first(Volunteer)
    failed: list[BaseException] = []
    monkeypatch.setattr(threading, "excepthook", lambda told: failed.append(told.exc_value))
    office = threading.Thread(target=_rank_work, args=(work,), name="office")
    office.start()
    retired.wait(10)
    _rank_person(person)
    office.join()
    assert not failed
    _check_once(3, 3)


def test_two_rankings_of_an_assignment_leave_each_match_once(world: Engine) -> None:
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(_rank_work, [_first(Assignment)] * 6))
    _check_once(3, 3)


def test_whoever_hangs_holds_nobody_up_for_long(world: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that is gone in the middle of a ranking: others go on without their turn."""
    if world.dialect.name == "sqlite":
        pytest.skip("SQLite's one writer is let go of when its process ends")
    monkeypatch.setattr(ranking_turns, "PATIENCE", 0.2)
    with own_session() as gone:
        ranking_turns.of_assignment(gone)
        ranking_turns.of_person(gone, _first(Volunteer))
        began = time.monotonic()
        _rank_person(_first(Volunteer))
        _rank_work(_first(Assignment))
        request()
        finish()
        assert time.monotonic() - began < 20, "each waits no longer than it has patience"
