"""That somebody may not be well is called to mind each day, until a coordinator has written down what was done."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import CheckIn, CheckInAnswer
from webapp.services import audit, drift
from webapp.services.correspondence import write_to_coordinators
from webapp.services.letter_kinds import SAFETY
from webapp.services.locks import hold
from webapp.words import Words, lazy

EVERY = timedelta(days=1)
REMINDED = "check_in_not_well_reminded"
SUBJECT = lazy("Somebody may still not be well: %(title)s")
BODY = lazy(
    "An answer about %(title)s at %(host)s says that somebody is not safe and well, and nobody has written down yet "
    "what was done. Sign in now, get in touch today, and say beside the check-in what you did. Until then this letter "
    "comes each day."
)


def remind_due(session: Session, now: datetime) -> int:
    """Write to the receiving office of each such answer that is not settled, once a day; return of how many."""
    not_well = select(CheckInAnswer.check_in_id).where(CheckInAnswer.well <= drift.LOW)
    waits = CheckIn.flagged_at <= now - EVERY, CheckIn.settled_at.is_(None), CheckIn.id.in_(not_well)
    return sum(
        _remind(session, one, now) for one in session.scalars(select(CheckIn).where(*waits).order_by(CheckIn.id))
    )


def _remind(session: Session, one: CheckIn, now: datetime) -> bool:
    hold(session, one.placement)
    session.refresh(one, ["settled_at"])
    told = [event.at for event in audit.history_of(session, one) if event.action == REMINDED]
    if one.settled_at is not None or (told and told[-1] > now - EVERY):
        return False
    audit.record(session, None, REMINDED, one, one.placement.receiving_vio_id)
    work = one.placement.assignment
    values = {"title": work.title, "host": work.host.name}
    subject, body = Words(SUBJECT.text, values), Words(BODY.text, values)
    write_to_coordinators(session, one.placement.receiving_vio_id, SAFETY, subject, body, about=work)
    return True
