"""Matches that are shown no more, a year after the run that found them, unless a decision rests on them.

Each run over everything adds a row for every match, and each saved profile some hundreds. After the same year what a
run was made from goes (replay/forgetting), so that nothing can be made again beside which these would be missing.
"""

from __future__ import annotations

from datetime import datetime
from time import monotonic, sleep

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, select
from sqlalchemy.orm import Session, aliased

from webapp.db import Sessions
from webapp.models import Application, Match, MatchRun, Review
from webapp.services.replay.forgetting import forget_records
from webapp.services.replay.standing import KEPT_FOR

AT_ONCE = 5_000  # tenths of a second of SQLite's one writer


def forget(sessions: Sessions, now: datetime) -> int:
    """Delete them, run by run, AT_ONCE in a transaction and with as long a rest after each; return how many.

    A list on which somebody said a word stays whole: what stood above it tells how the word was come by. So does the
    match of everybody who applied.
    """
    with sessions() as session:
        # Where that rule failed tonight: nothing is left to be made again without its rows.
        forget_records(session, now)
        found = list(session.scalars(_runs(now).where(exists().where(Match.run_id == MatchRun.id, _may_go()))))
    return sum(_forget_of(sessions, number) for number in found)


def number(session: Session, now: datetime) -> int:
    """Return how many would go on `now`."""
    rows = select(func.count()).select_from(Match).where(Match.run_id.in_(_runs(now)), _may_go())
    return session.scalar(rows) or 0


def _forget_of(sessions: Sessions, run_id: int) -> int:
    some = select(Match.id).where(Match.run_id == run_id, _may_go()).limit(AT_ONCE)
    total, gone = 0, AT_ONCE
    while gone >= AT_ONCE:
        began = monotonic()
        with sessions() as session:
            gone = int(session.execute(delete(Match).where(Match.id.in_(some))).rowcount)  # type: ignore[attr-defined]
        total += gone
        sleep(monotonic() - began)  # whoever wants to write has their turn
    return total


def _runs(now: datetime) -> Select[int]:
    return select(MatchRun.id).where(MatchRun.finished_at < now - KEPT_FOR).order_by(MatchRun.id)


def _may_go() -> ColumnElement[bool]:
    judged = aliased(Match)
    decided = exists().where(
        Review.match_id == judged.id, judged.run_id == Match.run_id, judged.assignment_id == Match.assignment_id
    )
    applied = exists().where(
        Application.assignment_id == Match.assignment_id, Application.volunteer_id == Match.volunteer_id
    )
    return and_(Match.is_current.is_(False), ~decided, ~applied)


def are_over(run: MatchRun, now: datetime) -> bool:
    """Whether matches of a run may be gone, so that their number says nothing any more."""
    return run.finished_at is not None and run.finished_at < now - KEPT_FOR
