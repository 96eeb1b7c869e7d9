"""Asking volunteer and host how it was: in the last week, and once more after the end."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Placement
from webapp.models.placements import SERVED_STATES, UNDER_WAY_STATES
from webapp.services import audit
from webapp.services.debriefs import OPEN_DAYS
from webapp.services.placement_letters import HOST, VOLUNTEER, tell

REMINDER_DAYS = 14  # after the end
LATEST_DAYS = 90  # after the end; whoever ended before that is not surprised by a letter


def ask_due(session: Session, today: date) -> int:
    """Tell both sides of placements in their last week that they can say how it was; return how many placements."""
    due = list(
        session.scalars(
            select(Placement)
            .where(
                Placement.state.in_(UNDER_WAY_STATES),
                Placement.ends_on <= today + timedelta(days=OPEN_DAYS),
                Placement.debrief_asked_at.is_(None),
            )
            .order_by(Placement.id)
        )
    )
    for placement in due:
        placement.debrief_asked_at = clock.now()
        audit.record(session, None, "debrief_asked", placement, placement.receiving_vio_id)
        tell(session, None, "debrief_open", placement)
    return len(due)


def remind_due(session: Session, now: datetime) -> int:
    """Remind, once, who has not said how it was two weeks after the end; return how many placements."""
    query = select(Placement).where(
        Placement.state.in_(SERVED_STATES),
        Placement.ended_at <= now - timedelta(days=REMINDER_DAYS),
        Placement.ended_at >= now - timedelta(days=LATEST_DAYS),
        Placement.debrief_reminded_at.is_(None),
    )
    reminded = 0
    for placement in session.scalars(query.order_by(Placement.id)).all():
        missing = {VOLUNTEER, HOST} - {one.side for one in placement.debriefs}
        if missing:
            placement.debrief_reminded_at = clock.now()
            audit.record(session, None, "debrief_reminded", placement, placement.receiving_vio_id, to=sorted(missing))
            tell(session, None, "debrief_reminder", placement, to=missing)
            reminded += 1
    return reminded
