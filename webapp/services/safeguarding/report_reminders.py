"""A report that nobody has begun to work on is called to mind, every few days until somebody has."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.models import AuditEvent, Report, User
from webapp.services import audit
from webapp.services.locks import hold
from webapp.services.safeguarding import safety_letters

EVERY = timedelta(days=3)
TOLD = ("report_received", "report_handed_on", "report_handed_over", "report_words_added", "report_reminded")


def remind_due(session: Session, now: datetime) -> int:
    """Write to the handlers of new reports that have rested for three days, and again; return how many."""
    query = select(Report).join(User, User.id == Report.handler_id).where(Report.state == "received", User.active)
    done = 0
    for report in session.scalars(query.order_by(Report.id)).all():
        hold(session, report)
        if report.state == "received" and report.handler is not None and now - _last_told(session, report) >= EVERY:
            audit.record(session, None, "report_reminded", report)
            safety_letters.something_waits(session, report.handler)
            done += 1
    return done


def _last_told(session: Session, report: Report) -> datetime:
    """Return when its handler was last written to."""
    mine = (AuditEvent.subject_kind == report.__tablename__, AuditEvent.subject_id == report.id)
    told = session.scalar(select(func.max(AuditEvent.at)).where(*mine, AuditEvent.action.in_(TOLD)))
    return told or report.created_at
