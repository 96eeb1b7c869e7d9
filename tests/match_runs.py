"""A small world to rank, a run over all of it, and how that run stands."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select, update

from tests.factories import make_assignment, make_host, make_vio, make_volunteer
from webapp.db import own_session
from webapp.models import Match, MatchRun
from webapp.services import found_matches, ranking, runs
from webapp.services.replay import again
from webapp.services.whole_run import ranking as whole_run


def fill(people: int = 3, works: int = 3) -> None:
    """Store an office with so many volunteers, and a host with so many assignments."""
    with own_session() as session:
        vio = make_vio(session)
        host = make_host(session, vio)
        for _ in range(works):
            make_assignment(session, host)
        for _ in range(people):
            make_volunteer(session, vio)


def request() -> int:
    """Ask for everything to be ranked; return the number of the run."""
    with own_session() as session:
        return ranking.request_everything(session, None).id


def request_anew() -> int:
    """Ask again, and forget what an earlier run showed."""
    with own_session() as session:
        session.execute(update(Match).values(is_current=False))
    return request()


def finish() -> None:
    """Do every ranking that waits, as the background does."""
    while runs.carry_out_next(own_session, ranking.rank_queued):
        pass


def keep_only(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """Let a run keep so many people of each state of an assignment."""
    for module in (found_matches, ranking, whole_run, again):
        monkeypatch.setattr(module, "KEPT_FOR_ASSIGNMENT", most)


def state(run_id: int) -> tuple[str, int, int]:
    """Return the run's state, how many matches are shown, and how often somebody took it up."""
    with own_session() as session:
        run = session.get_one(MatchRun, run_id)
        shown = session.scalar(select(func.count()).where(Match.is_current)) or 0
        return run.state, shown, run.attempts
