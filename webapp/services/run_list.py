"""The newest match runs that concern a VIO."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from webapp.models import MatchRun, User

MOST = 30


def newest(session: Session, account: User) -> list[MatchRun]:
    """Return runs over everything and runs of the own VIO, newest first, but for looks: they change nothing."""
    mine = or_(MatchRun.scope == "everything", MatchRun.vio_id == account.vio_id)
    query = select(MatchRun).where(mine, MatchRun.is_look.is_(False))
    return list(session.scalars(query.order_by(MatchRun.id.desc()).limit(MOST)))
