"""Whoever a run leaves out for want of room is ranked when somebody looks at them."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from sqlalchemy import Engine, func, select, update
from sqlalchemy.exc import OperationalError

from tests.databases import DATA_KEY
from tests.factories import (
    AnySession,
    make_application,
    make_assignment,
    make_host,
    make_user,
    make_vio,
    make_volunteer,
)
from tests.match_runs import fill, finish, keep_only, request
from tests.services.replay.conftest import verdict
from webapp import clock
from webapp.db import SESSION_FACTORY, Sessions, begin_reading, own_session
from webapp.models import Assignment, Match, MatchRun, User, Vio, Volunteer
from webapp.services import (
    consents,
    judgements,
    openings,
    ranking,
    ranking_turns,
    run_list,
    whole_lists,
)
from webapp.services.judgements import Word
from webapp.services.replay import replaying
from webapp.services.replay.standing import OVER, standing_of
from webapp.services.story import stories
from webapp.services.story.cutting import Cut

LATER = whole_lists.RESTS + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a run keep the best two of each assignment."""
    keep_only(monkeypatch, 2)


@pytest.fixture
def crowd(own_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return three volunteers for three assignments, after a run over everything that has room for two of them."""
    monkeypatch.setitem(SESSION_FACTORY.kw, "info", {"data_key": DATA_KEY})
    fill()
    _rank_everything()
    with own_session() as session:
        return list(session.scalars(select(Volunteer.id).order_by(Volunteer.id)))


def _rank_everything() -> int:
    number = request()
    finish()
    return number


def _shown(volunteer_id: int) -> list[int]:
    """Return the assignments of which matches are shown to a person, of each row one."""
    with own_session() as session:
        mine = select(Match.assignment_id).where(Match.volunteer_id == volunteer_id, Match.is_current)
        return sorted(session.scalars(mine))


def _look(volunteer_id: int, sessions: Sessions = own_session) -> int:
    """Look at a person as a page does; return how many openings it shows as fitting."""
    with SESSION_FACTORY() as session:
        begin_reading(session)
        volunteer = session.get_one(Volunteer, volunteer_id)
        whole_lists.make_whole(session, sessions, volunteer)
        return len(openings.find(session, volunteer).fitting)


def _runs_of(volunteer_id: int) -> int:
    with own_session() as session:
        mine = select(func.count()).where(MatchRun.scope == "volunteer", MatchRun.subject_id == volunteer_id)
        return session.scalar(mine) or 0


def test_everybody_has_all_that_fits_once_looked_at(crowd: list[int]) -> None:
    with own_session() as session:
        works = sorted(session.scalars(select(Assignment.id)))
    assert sum(len(_shown(one)) for one in crowd) == 6, "the run has room for two of each"
    for one in crowd:
        assert _look(one) == 3
        assert _shown(one) == works
        _look(one)
        assert _runs_of(one) == 1, "nothing has changed since"


def test_what_was_found_after_a_run_over_everything_is_found_again_after_the_next(crowd: list[int]) -> None:
    for one in crowd:
        _look(one)
    _rank_everything()
    assert sum(len(_shown(one)) for one in crowd) == 6
    for one in crowd:
        _look(one)
        assert len(_shown(one)) == 3


def test_the_ranking_of_who_is_looked_at_can_be_made_again(crowd: list[int]) -> None:
    _look(crowd[0])
    with own_session() as session:
        number = session.scalar(select(func.max(MatchRun.id)).where(MatchRun.scope == "volunteer"))
    assert verdict(number).code == replaying.SAME


def test_two_processes_that_look_at_the_same_moment_rank_once(crowd: list[int]) -> None:
    met = Barrier(2)

    def rank(number: int) -> None:
        with own_session() as session:
            begin_reading(session)
            assert whole_lists.is_behind(session, number)
        met.wait(10)
        with own_session() as session:
            whole_lists.rank_where_behind(session, number)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(rank, [crowd[0]] * 2))
    assert _runs_of(crowd[0]) == 1
    assert len(_shown(crowd[0])) == 3


def test_whoever_gets_no_turn_sees_what_stands_and_the_rest_with_the_next_look(
    crowd: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole_lists, "PATIENCE", 0.01)
    behind = next(one for one in crowd if len(_shown(one)) < 3)
    with whole_lists.TURN:
        assert _look(behind) == len(_shown(behind)) < 3
    assert _look(behind) == 3


@pytest.mark.parametrize("error", [OperationalError("insert", None, Exception("disk is full")), ValueError("a fault")])
def test_what_stands_is_shown_whatever_comes_in_between(crowd: list[int], error: Exception) -> None:
    @contextmanager
    def failing() -> Iterator[AnySession]:
        with own_session() as session:
            yield session
            raise error

    before = _shown(crowd[0])
    assert _look(crowd[0], failing) == len(before)
    assert _shown(crowd[0]) == before
    assert _runs_of(crowd[0]) == 0


def test_a_look_waits_for_no_writer(crowd: list[int], own_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole_lists, "PATIENCE", 0.05)
    behind = next(one for one in crowd if len(_shown(one)) < 3)
    with own_session() as session:
        ranking_turns.to_show(session)  # on SQLite every transaction that may write keeps others from it
        session.connection()
        assert _look(behind) < 3
    assert _look(behind) == 3


def test_the_next_look_takes_the_place_of_the_last_but_for_what_somebody_judged(crowd: list[int]) -> None:
    first, second = crowd[:2]
    for one in (first, second):
        _look(one)
    with own_session() as session:
        work = session.scalars(select(Assignment).limit(1)).one()
        looked = select(Match).join(MatchRun).where(MatchRun.is_look, Match.volunteer_id == second)
        judged = session.scalars(looked.where(Match.assignment_id == work.id)).one()
        who = make_user(session, "coordinator", work.vio)
        judgements.judge(session, who, work, [judged], Word("endorse", "skills_fit"))
    _rank_everything()
    with own_session() as session:
        session.execute(update(MatchRun).where(MatchRun.is_look).values(finished_at=clock.now() - LATER))
    for one in (first, second):
        _look(one)
        assert len(_shown(one)) == 3
    assert (_runs_of(first), _runs_of(second)) == (1, 2)
    with own_session() as session:
        assert session.scalars(looked.where(~Match.is_current)).one().id == judged.id
        assert standing_of(session, session.get_one(MatchRun, judged.run_id)) == (OVER, None)


def test_when_somebody_looked_is_in_no_list_of_runs_and_in_no_story(crowd: list[int]) -> None:
    with own_session() as session:
        person = session.get_one(Volunteer, crowd[0])
        who = make_user(session, "coordinator", session.get_one(Vio, person.vio_id))
        before = [one.id for one in run_list.newest(session, who)]
    _look(crowd[0])
    with own_session() as session:
        person, who = session.get_one(Volunteer, crowd[0]), session.get_one(User, who.id)
        assert [one.id for one in run_list.newest(session, who)] == before
        told = stories.of_person(session, who, person, "matching", Cut()).lines
        assert [one.about.id for one in told if isinstance(one.about, MatchRun)] == before


def test_a_run_with_room_for_everybody_leaves_nobody_behind(
    own_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SESSION_FACTORY.kw, "info", {"data_key": DATA_KEY})
    fill(people=2)
    _rank_everything()
    with own_session() as session:
        assert not any(whole_lists.is_behind(session, one) for one in session.scalars(select(Volunteer.id)))


def _office(session: AnySession, people: int = 3) -> tuple[Vio, Assignment, list[Volunteer]]:
    vio = make_vio(session)
    work = make_assignment(session, make_host(session, vio))
    return vio, work, [make_volunteer(session, vio) for _ in range(people)]


def test_for_a_single_assignment_nobody_is_ranked_twice_a_day(session: AnySession) -> None:
    _, work, people = _office(session)
    with time_machine.travel(clock.now(), tick=False) as traveller:
        for one in people:
            ranking.rank_volunteer(session, one)
        traveller.shift(timedelta(hours=1))
        ranking.rank_assignment(session, work)
        assert not any(whole_lists.is_behind(session, one.id) for one in people)
        traveller.shift(LATER)
        assert all(whole_lists.is_behind(session, one.id) for one in people)


def test_a_single_assignment_leaves_behind_only_who_may_be_matched_with_it(session: AnySession) -> None:
    vio, work, people = _office(session)
    stranger, guest = (make_volunteer(session, make_vio(session), open_to_all=is_open) for is_open in (False, True))
    unwilling = make_volunteer(session, vio)
    consents.withdraw(session, make_user(session, "coordinator", vio), unwilling, "matching")
    ranking.rank_assignment(session, work)
    everybody = (*people, stranger, guest, unwilling)
    make_application(session, people[0], work)  # brings nobody else within reach
    behind = [one.id for one in everybody if whole_lists.is_behind(session, one.id)]
    assert behind == [*(one.id for one in people), guest.id]
    make_application(session, stranger, work)
    assert whole_lists.is_behind(session, stranger.id)
    work.state = "closed"
    session.flush()
    assert not any(whole_lists.is_behind(session, one.id) for one in people)


def test_a_run_that_is_not_over_leaves_nobody_behind(crowd: list[int]) -> None:
    for one in crowd:
        _look(one)
    with own_session() as session:
        session.get_one(MatchRun, request()).is_cut = True
    with own_session() as session:
        assert not any(whole_lists.is_behind(session, one) for one in crowd)
