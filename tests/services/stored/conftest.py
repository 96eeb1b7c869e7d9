"""A world in which two people are many, so that rankings go through the store."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from tests.databases import DATA_KEY
from tests.services.replay.conftest import fill
from webapp.db import SESSION_FACTORY, own_session
from webapp.models import Assignment, Exclusion, KeptRun, Match, MatchRun
from webapp.services import ranking, reach
from webapp.services.replay import standing
from webapp.services.stored import refreshing


@dataclass
class StoredWorld:
    """The ids of its people and assignments, and where they lie in columns."""

    people: list[int]
    works: list[int]
    folder: Path

    def refresh(self, whole: bool = False) -> None:
        """Do what the background does each minute, or each night."""
        refreshing.refresh(own_session, self.folder, whole)

    def rank(self, work_id: int) -> int:
        """Rank as a request does, and return the run."""
        with own_session() as session:
            return ranking.rank_assignment(session, session.get_one(Assignment, work_id)).id

    def found(self, run_id: int) -> object:
        """Return all that a run has found and was made from, in the order in which it was written."""
        with own_session() as session:
            run = session.get_one(MatchRun, run_id)
            assert run.state == "finished"
            matches = session.scalars(select(Match).where(Match.run_id == run_id).order_by(Match.id))
            counts = session.scalars(select(Exclusion).where(Exclusion.run_id == run_id).order_by(Exclusion.id))
            record = standing.record_in(session, session.get_one(KeptRun, run_id))
            return (
                run.result,
                [(one.volunteer_id, one.status, one.score, one.lot, one.reasons, one.missing) for one in matches],
                [(one.code, one.people) for one in counts],
                record,
            )

    def assert_same(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Assert that each assignment is ranked through the store, and as by a plain matcher."""
        for work_id in self.works:
            through = self.found(self.rank(work_id))
            with monkeypatch.context() as patched:
                patched.setattr(reach, "MOST_IN_A_REQUEST", 10_000)
                plain = self.found(self.rank(work_id))
            assert through == plain


@pytest.fixture
def world(own_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StoredWorld:
    """Return a world whose people are stored."""
    monkeypatch.setattr(reach, "MOST_IN_A_REQUEST", 2)
    monkeypatch.setattr(refreshing, "PATIENCE", 0.0)  # no other machine reads
    monkeypatch.setitem(SESSION_FACTORY.kw, "info", {"data_key": DATA_KEY, "columns": tmp_path / "columns"})
    with own_session() as session:
        filled = fill(session)
    world = StoredWorld(filled.people, filled.works, tmp_path / "columns")
    world.refresh()
    return world
