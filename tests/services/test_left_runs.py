"""What a worker left in the background is put back by the same rule, whichever kind of run it is."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from tests.factories import AnySession, make_vio
from tests.match_runs import fill, request
from webapp import clock
from webapp.db import Sessions, own_session
from webapp.models import LearningRun, MatchRun
from webapp.services import learning_runs, left_runs, runs

KINDS = [runs.KIND, learning_runs.KIND]


def _running(session: AnySession, kind: Any, silent: timedelta, attempts: int = 1) -> MatchRun | LearningRun:
    own = {"scope": "everything", "seed": 1} if kind.table is MatchRun else {"vio_id": make_vio(session).id}
    run = kind.table(state="running", created_at=clock.now(), attempts=attempts, **own)
    setattr(run, kind.sign_of_life.key, clock.now() - silent)
    session.add(run)
    session.flush()
    found: MatchRun | LearningRun = run
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_who_is_silent_too_long_is_put_back_and_at_a_start_everybody(session: AnySession, kind: Any) -> None:
    second = timedelta(seconds=1)
    silent = _running(session, kind, kind.stale_after + second)
    alive = _running(session, kind, kind.stale_after - 30 * second)
    assert left_runs.requeue_stale(session, kind) == 1
    assert (silent.state, alive.state) == ("queued", "running")
    assert left_runs.take_up(session, kind) == 1
    assert alive.state == "queued"


@pytest.mark.parametrize("kind", KINDS)
def test_after_the_last_attempt_it_says_why_it_is_given_up(session: AnySession, kind: Any) -> None:
    last = _running(session, kind, timedelta(), kind.most_attempts)
    one_more = _running(session, kind, timedelta(), kind.most_attempts - 1)
    one_more.error = "The database was away"
    assert left_runs.take_up(session, kind) == 2
    assert (last.state, last.error) == ("failed", f"Given up after {kind.most_attempts} attempts")
    assert (one_more.state, one_more.error) == ("queued", "")


@pytest.mark.parametrize("kind", KINDS)
def test_what_this_process_carries_out_is_neither_left_nor_silent(session: AnySession, kind: Any) -> None:
    ours, left = (_running(session, kind, kind.stale_after * 2) for _ in range(2))
    kind.ours.add(ours.id)
    try:
        assert left_runs.requeue_stale(session, kind) == 1
        assert (ours.state, left.state) == ("running", "queued")
        assert left_runs.take_up(session, kind) == 0
    finally:
        kind.ours.discard(ours.id)
    assert left_runs.take_up(session, kind) == 1


def test_a_run_is_ours_until_it_ends_however_it_ends(own_engine: Engine) -> None:
    fill()
    for error in (None, ValueError("out of luck"), KeyboardInterrupt()):
        run_id, seen = request(), []

        def work(_sessions: Sessions, _run: MatchRun, error: BaseException | None = error) -> None:
            seen.append(set(runs.KIND.ours))  # noqa: B023 (called at once)
            if error is not None:
                raise error

        with suppress(KeyboardInterrupt):
            runs.carry_out_next(own_session, work)
        assert seen == [{run_id}] and not runs.KIND.ours
