"""How long decisions about people are kept when they are over."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from webapp.models import Bar

KEPT_DAYS = 366


def forget(session: Session, now: datetime) -> int:
    """Delete bars that ended or were dropped a year ago, with their appeals; return how many."""
    old = delete(Bar).where(Bar.over_at < now - timedelta(days=KEPT_DAYS))
    return int(session.execute(old).rowcount)  # type: ignore[attr-defined]
