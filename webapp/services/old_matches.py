"""Matches that are shown no more, a year after the run that found them, unless a decision rests on them.

Each run over everything adds a row for every match, and each saved profile some hundreds. After the same year what a
run was made from goes (replay/forgetting), so that nothing can be made again beside which these would be missing.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session, aliased

from webapp.models import Application, KeptRun, Match, MatchRun, Review
from webapp.services.replay.standing import KEPT_FOR

AT_ONCE = 20_000  # within a second of SQLite's one writer


def forget(session: Session, now: datetime) -> int:
    """Delete the oldest of them, AT_ONCE at most; return how many.

    A list on which somebody said a word stays whole: what stood above it tells how the word was come by. So does the
    match of everybody who applied.
    """
    session.execute(delete(KeptRun).where(KeptRun.kept_at < now - KEPT_FOR))  # also where that rule failed tonight
    judged = aliased(Match)
    decided = exists().where(
        Review.match_id == judged.id, judged.run_id == Match.run_id, judged.assignment_id == Match.assignment_id
    )
    applied = exists().where(
        Application.assignment_id == Match.assignment_id, Application.volunteer_id == Match.volunteer_id
    )
    over = select(MatchRun.id).where(MatchRun.finished_at < now - KEPT_FOR)
    old = select(Match.id).where(Match.run_id.in_(over), Match.is_current.is_(False), ~decided, ~applied)
    gone = delete(Match).where(Match.id.in_(old.order_by(Match.run_id).limit(AT_ONCE)))
    return int(session.execute(gone).rowcount)  # type: ignore[attr-defined]


def are_over(run: MatchRun, now: datetime) -> bool:
    """Whether matches of a run may be gone, so that their number says nothing any more."""
    return run.finished_at is not None and run.finished_at < now - KEPT_FOR
