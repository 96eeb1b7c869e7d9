"""Every look at a report, a call for help or an incident is kept, and shown on that page alone."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.db import Sessions
from webapp.models import HelpCall, Incident, Report, SafeguardingLook, User


def note(sessions: Sessions, account: User, subject: Report | HelpCall | Incident) -> None:
    """Keep that the account opened it, in a session of its own: pages that are only read change nothing else."""
    with sessions() as session:
        session.add(
            SafeguardingLook(
                subject_kind=subject.__tablename__, subject_id=subject.id, user_id=account.id, at=clock.now()
            )
        )


def looks_at(session: Session, subject: Report | HelpCall | Incident) -> list[SafeguardingLook]:
    """Return who opened it and when, the newest first; the caller may see the subject."""
    query = select(SafeguardingLook).where(
        SafeguardingLook.subject_kind == subject.__tablename__, SafeguardingLook.subject_id == subject.id
    )
    return list(session.scalars(query.order_by(SafeguardingLook.id.desc())))
