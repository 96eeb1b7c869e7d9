"""Runs of before the step that keeps inputs are still there, and say that they keep none."""

from __future__ import annotations

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Engine

from tests.factories import make_assignment, make_host, make_vio, make_volunteer
from webapp.db import own_session
from webapp.models import Match, MatchRun
from webapp.services import ranking
from webapp.services.replay import replaying


def test_runs_and_matches_outlive_the_step_down_and_up(history: AlembicConfig, own_engine: Engine) -> None:
    with own_session() as session:
        vio = make_vio(session)
        make_assignment(session, make_host(session, vio))
        ranking.rank_volunteer(session, make_volunteer(session, vio))
    own_engine.dispose()
    command.downgrade(history, "0027")
    command.upgrade(history, "head")
    with own_session() as session:
        (run,) = session.query(MatchRun)
        assert session.query(Match).count() == 1
        found = replaying.replay(session, run)
        assert found.code == replaying.CANNOT and "before inputs were kept" in found.said[0]
