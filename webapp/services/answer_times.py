"""How long a host usually takes to answer an applicant."""

from __future__ import annotations

from math import ceil
from statistics import median

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from webapp.models import Application, Assignment, AuditEvent, Host, User

LAST = 10  # answers that count: a host may get better
LEAST = 3  # answers below which nothing is said
ANSWERS = ("application_shortlisted", "application_declined")
SECONDS_A_DAY = 86_400


def usual_days(session: Session, host: Host) -> int | None:
    """Return the median of days, begun ones counted whole, of the host's last ten answers; None below three.

    An answer is the host's own first word: the shortlist or a no. What an office said in its place is none.
    """
    is_by_link = AuditEvent.detail["link"].as_integer().is_not(None)
    query = (
        select(AuditEvent.at, Application.submitted_at)
        .join(Application, Application.id == AuditEvent.subject_id)
        .join(Assignment, Assignment.id == Application.assignment_id)
        .outerjoin(User, User.id == AuditEvent.actor_id)
        .where(AuditEvent.subject_kind == Application.__tablename__, AuditEvent.action.in_(ANSWERS))
        .where(Assignment.host_id == host.id, or_(User.host_id == host.id, is_by_link))
        .where(AuditEvent.detail["before"].as_string() == "submitted")
        .order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
        .limit(LAST)
    )
    times = [(answered - sent).total_seconds() / SECONDS_A_DAY for answered, sent in session.execute(query)]
    return max(1, ceil(median(times))) if len(times) >= LEAST else None
