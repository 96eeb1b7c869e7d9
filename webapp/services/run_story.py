"""What one match run was made from, as far as a coordinator may know: sums of the own VIO alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from webapp.models import Assignment, Match, MatchRun, User
from webapp.services.errors import NotFound
from webapp.services.replay import standing
from webapp.services.replay.record import Record


@dataclass(frozen=True)
class RunShown:
    """A run with what it found for the own VIO; `day`, `works`, `people` and `version` only while inputs are kept."""

    run: MatchRun
    standing: str
    matches: int
    works: int = 0
    people: int = 0
    day: date | None = None
    version: str = ""
    own_score: int | None = None


def shown(session: Session, account: User, run_id: int) -> RunShown:
    """Return a run over everything, or one of the account's VIO."""
    mine = or_(MatchRun.scope == "everything", MatchRun.vio_id == account.vio_id)
    run = session.scalar(select(MatchRun).where(MatchRun.id == run_id, mine))
    if run is None:
        raise NotFound
    found = select(func.count()).select_from(Match).join(Assignment, Assignment.id == Match.assignment_id)
    number = session.scalar(found.where(Match.run_id == run.id, Assignment.vio_id == account.vio_id)) or 0
    code, record = standing.standing_of(session, run)
    return _of_record(account, run, record, code, number) if record else RunShown(run, code, number)


def _of_record(account: User, run: MatchRun, record: Record, code: str, matches: int) -> RunShown:
    own = [work for work in record.works.values() if work.vio_id == account.vio_id]
    return RunShown(
        run=run,
        standing=code,
        matches=matches,
        works=len(own),
        people=len({one for work in own for one in work.reach}),
        day=date.fromisoformat(record.day),
        version=record.made_with.get("version", ""),
        own_score=record.models.get(str(account.vio_id)),
    )
