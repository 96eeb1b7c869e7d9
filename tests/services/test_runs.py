"""A background ranking: progress, death and new start."""

from __future__ import annotations

import textwrap
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import Engine, func, select

from tests.databases import DATA_KEY
from tests.factories import make_assignment, make_host, make_vio, make_volunteer
from tests.kills import Worker, check_whole
from tests.match_runs import fill, finish, request, request_anew, state
from webapp import clock
from webapp.db import Sessions, keep_key, own_session
from webapp.models import Assignment, CountryWish, Match, MatchRun, Volunteer
from webapp.services import left_runs, ranking, runs, visibility


def test_everything_is_ranked_and_shown_at_the_end(own_engine: Engine) -> None:
    fill()
    run_id = request()
    assert state(run_id)[:2] == ("queued", 0)
    assert runs.carry_out_next(own_session, ranking.rank_queued)
    assert state(run_id) == ("finished", 9, 1)
    assert not runs.carry_out_next(own_session, ranking.rank_queued)


def test_a_second_request_waits_with_the_first(own_engine: Engine) -> None:
    assert request() == request()


def test_a_run_that_breaks_shows_nothing_of_what_it_wrote(own_engine: Engine) -> None:
    fill()
    run_id = request()

    def breaks(sessions: Sessions, run: MatchRun) -> None:
        ranking.rank_queued(sessions, run)
        raise RuntimeError("the machine is out of luck")

    runs.carry_out_next(own_session, breaks)
    assert state(run_id)[:2] == ("failed", 0)
    with own_session() as session:
        assert session.scalar(select(func.count()).select_from(Match)) == 0


def test_a_worker_that_breaks_late_leaves_alone_whoever_goes_on(own_engine: Engine) -> None:
    fill()
    run_id = request()

    def breaks(_sessions: Sessions, _run: MatchRun) -> None:
        runs.KIND.ours.clear()  # as another process sees it
        with own_session() as session:
            left_runs.take_up(session, runs.KIND)
        assert runs.carry_out_next(own_session, ranking.rank_queued)
        raise RuntimeError("the line to the database broke")

    runs.carry_out_next(own_session, breaks)
    assert state(run_id) == ("finished", 9, 2)


def test_who_saves_a_profile_meanwhile_keeps_the_newer_matches(own_engine: Engine) -> None:
    fill(people=1, works=1)
    request()

    def slow(sessions: Sessions, run: MatchRun) -> None:
        ranking.rank_queued(sessions, run)
        with sessions() as session:
            volunteer = session.scalars(select(Volunteer)).one()
            volunteer.skills = []  # the profile is saved while the run goes on
            ranking.rank_volunteer(session, volunteer)

    runs.carry_out_next(own_session, slow)
    with own_session() as session:
        (match,) = session.scalars(select(Match).where(Match.is_current)).all()
        codes = {reason["code"] for reason in match.reasons}
        assert "SKILL_NOT_KNOWN" in codes


@pytest.mark.parametrize("scope", ["everything", "assignment"])
def test_a_run_that_ends_late_shows_nothing_older_than_what_stands(own_engine: Engine, scope: str) -> None:
    fill(people=2, works=2)
    with own_session() as session:
        work = session.scalars(select(Assignment).order_by(Assignment.id)).first()
        assert work is not None
        old = (
            ranking.request_everything(session, None) if scope == "everything" else runs.queue_assignment(session, work)
        )
        old_id = old.id
    newer: list[int] = []

    def overtaken(sessions: Sessions, run: MatchRun) -> None:
        ranking.rank_queued(sessions, run)
        newer.append(request())
        assert runs.carry_out_next(own_session, ranking.rank_queued)
        with sessions() as session:
            host = session.scalars(select(Assignment)).first().host
            ranking.rank_assignment(session, make_assignment(session, host))

    runs.carry_out_next(own_session, overtaken)
    assert (state(old_id)[0], state(newer[0])[0]) == ("finished", "finished")
    with own_session() as session:
        shown = session.scalars(select(Match.run_id).where(Match.is_current)).all()
    assert len(shown) == 6
    assert old_id not in shown
    assert shown.count(newer[0]) == 4


def test_a_silent_run_is_put_back_and_its_old_worker_stops(own_engine: Engine) -> None:
    fill()
    run_id = request()
    seen: list[str] = []

    def is_put_back(sessions: Sessions, run: MatchRun) -> None:
        runs.KIND.ours.clear()  # as another process sees it
        with time_machine.travel(clock.now() + runs.STALE_AFTER + timedelta(seconds=1)), sessions() as session:
            left_runs.requeue_stale(session, runs.KIND)
        seen.append(state(run_id)[0])
        ranking.rank_queued(sessions, run)

    runs.carry_out_next(own_session, is_put_back)
    assert seen == ["queued"]
    assert state(run_id)[:2] == ("queued", 0)
    runs.carry_out_next(own_session, ranking.rank_queued)
    assert state(run_id) == ("finished", 9, 2)


WORKER = textwrap.dedent(
    """
    import sys
    from webapp.db import bind, keep_key, make_engine, own_session
    from webapp.services import ranking, runs
    keep_key("only-for-tests-too")
    bind(make_engine(sys.argv[1]))
    print("ready", flush=True)
    runs.carry_out_next(own_session, ranking.rank_queued)
    print("done", flush=True)
    """
)


def _prove_kills(engine: Engine, kills: int) -> None:
    keep_key(DATA_KEY)  # the marks in the audit trail are made with it
    fill(people=30, works=25)
    url = engine.url.render_as_string(hide_password=False)
    run_id = request()
    for number in range(kills):
        finished = Worker(WORKER, url).kill(0.01 + (number * 0.037) % 0.6)
        standing, shown, _ = state(run_id)
        assert (standing == "finished") == (shown > 0), "half a result is seen"
        check_whole(engine)
        if finished or standing == "finished":
            assert shown == 30 * 25
            run_id = request_anew()
        else:
            with own_session() as session:
                left_runs.take_up(session, runs.KIND)  # as the jobs do when they start again
                session.get_one(MatchRun, run_id).attempts = 0
            assert state(run_id)[:2] == ("queued", 0)
    finish()
    assert state(run_id)[:2] == ("finished", 750)


def test_a_killed_run_leaves_no_half_result(own_engine: Engine) -> None:
    _prove_kills(own_engine, kills=2)


@pytest.mark.long
def test_a_hundred_kills_leave_no_half_result(own_engine: Engine) -> None:
    _prove_kills(own_engine, kills=100)


def test_the_lot_does_not_change_when_a_profile_is_saved_again(own_engine: Engine) -> None:
    fill()
    request()
    runs.carry_out_next(own_session, ranking.rank_queued)
    with own_session() as session:
        match = session.scalars(select(Match).where(Match.is_current)).first()
        assert match is not None
        before = match.lot
        ranking.rank_volunteer(session, match.volunteer)
        again = next(
            one
            for one in visibility.matches_of_volunteer(session, match.volunteer)
            if one.assignment_id == match.assignment_id
        )
        assert again.lot == before


def test_a_run_over_everything_spreads_first_places_and_later_rankings_keep_its_weights(own_engine: Engine) -> None:
    elsewhere = ("TZ", "UG", "RW", "ET")
    with own_session() as session:
        vio = make_vio(session)
        popular, *others = [make_assignment(session, make_host(session, vio)) for _ in range(5)]
        people = [make_volunteer(session, vio) for _ in range(12)]
        for work, country in zip(others, elsewhere, strict=True):
            work.country = country
        for number, person in enumerate(people):  # each may go to the popular one and to one other
            shut = [code for place, code in enumerate(elsewhere) if place != number % 4]
            person.anywhere = True
            person.wishes = [CountryWish(kind="excluded", code=code) for code in shut]
        popular_id, person_id = popular.id, people[0].id
    request()
    runs.carry_out_next(own_session, ranking.rank_queued)
    with own_session() as session:
        run = session.scalars(select(MatchRun).where(MatchRun.scope == "everything")).one()
        weights = run.spread["assignments"]
        assert weights[str(popular_id)] < 0.5 < min(w for one, w in weights.items() if one != str(popular_id))
        person = session.get_one(Volunteer, person_id)
        before = {match.assignment_id: match.lot for match in visibility.matches_of_volunteer(session, person)}
        ranking.rank_volunteer(session, person)
        after = {match.assignment_id: match.lot for match in visibility.matches_of_volunteer(session, person)}
        assert before and after == before
        work = session.get_one(Assignment, popular_id)
        lots = {match.volunteer_id: match.lot for match in visibility.current_matches(session, work)}
        ranking.rank_assignment(session, work)
        assert {match.volunteer_id: match.lot for match in visibility.current_matches(session, work)} == lots
