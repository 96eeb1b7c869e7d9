"""All of an installation's processes are killed at any moment of a match run, and are at work again within seconds."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.bench import served
from data.bench.visitor import Visitor
from tests.databases import DATA_KEY, settings
from tests.kills import QUICKLY, check_whole, kill_all, moments
from tests.match_runs import fill, request_anew, state
from webapp.db import keep_key, own_session
from webapp.models import MatchRun
from webapp.services import ranking, runs

PEOPLE, WORKS = 30, 25
LONGEST = 120  # seconds that a busy machine may take


def _let_it_be_tried_again(run_id: int) -> None:
    """Forget how often it was tried: a run that ends its worker again and again is given up."""
    with own_session() as session:
        session.get_one(MatchRun, run_id).attempts = 0


@contextmanager
def _started(environment: Mapping[str, str], run_id: int) -> Iterator[float]:
    """Start the jobs and the service; yield the seconds until pages answer and the run is taken up; then kill all."""
    began = time.monotonic()
    with served.jobs(environment) as jobs, served.service(environment) as service:
        visitor = Visitor(service.port)
        while {visitor.get(path).status for path in ("/healthz", "/login")} != {200} or not state(run_id)[2]:
            assert time.monotonic() < began + LONGEST, "it is not at work again"
            time.sleep(0.02)
        yield time.monotonic() - began
        kill_all(jobs.pid, service.process.pid)


def _ranked() -> float:
    """Rank everything once in this process; return the seconds."""
    request_anew()
    began = time.monotonic()
    assert runs.carry_out_next(own_session, ranking.rank_queued)
    return time.monotonic() - began


def _until_finished(run_id: int) -> None:
    end = time.monotonic() + LONGEST
    while state(run_id)[0] != "finished":
        assert time.monotonic() < end, "the run does not end"
        time.sleep(0.02)


def _prove(engine: Engine, folder: Path, kills: int) -> list[float]:
    """Kill so often; return the seconds of each start."""
    keep_key(DATA_KEY)  # the marks in the audit trail are made with it
    fill(PEOPLE, WORKS)
    environment = served.environment(settings("demo", folder, engine.url.render_as_string(hide_password=False)))
    whole, run_id, starts = _ranked(), request_anew(), list[float]()
    for moment in moments(kills, whole):
        with _started(environment, run_id) as seconds:
            time.sleep(moment)
        starts.append(seconds)
        standing, shown, _ = state(run_id)
        assert shown == (PEOPLE * WORKS if standing == "finished" else 0), "half a result is seen"
        check_whole(engine)
        if standing == "finished":
            run_id = request_anew()
        else:
            _let_it_be_tried_again(run_id)
    with _started(environment, run_id) as seconds:
        _until_finished(run_id)
    assert state(run_id)[1] == PEOPLE * WORKS
    return [*starts, seconds]


def test_after_a_kill_everything_is_at_work_again(own_engine: Engine, tmp_path: Path) -> None:
    _prove(own_engine, tmp_path, kills=1)


@pytest.mark.long
def test_after_many_kills_everything_is_at_work_again_within_seconds(
    own_engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    starts = sorted(_prove(own_engine, tmp_path, kills=50))
    with capsys.disabled():
        sys.stdout.write(f"\nstarts: {starts[len(starts) // 2]:.1f} s, at most {starts[-1]:.1f} s\n")
    assert starts[-1] < QUICKLY
