"""The letter that offers a volunteer to join the alumni, once, some weeks after a completed placement."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from webapp.models import Consent, Placement, Volunteer
from webapp.models.consents import ALUMNI
from webapp.services import letter_kinds
from webapp.services.correspondence import write_to_volunteer
from webapp.services.reminders.sent import first_time
from webapp.words import Words, lazy

AFTER_DAYS = 28  # the end: the letters about the debrief come before
LATEST_DAYS = 120
SUBJECT = lazy("Stay in touch: the alumni")
BODY = lazy(
    "Some weeks ago you completed your placement at %(host)s. If you like, join the alumni: mentor newcomers, be asked "
    "what it was like, or hear of openings that fit you. You choose each by itself, and can leave at any time.\n\n"
    "Sign in and open “Alumni”. We do not write about this again."
)


def offer_due(session: Session, now: datetime) -> int:
    """Write to who completed a placement, is not barred, and has neither joined nor left; return how many letters."""
    ever = exists().where(Consent.volunteer_id == Placement.volunteer_id, Consent.purpose == ALUMNI)
    query = select(Placement).join(Volunteer, Volunteer.id == Placement.volunteer_id)
    query = query.where(
        Volunteer.barred_at.is_(None),
        Placement.state == "completed",
        Placement.ended_at <= now - timedelta(days=AFTER_DAYS),
        Placement.ended_at >= now - timedelta(days=LATEST_DAYS),
        ~ever,
    )
    done = 0
    for placement in session.scalars(query.order_by(Placement.id)).all():
        if first_time(session, "alumni_offered", placement, _ended_on(placement)):
            values = {"host": placement.assignment.host.name}
            write_to_volunteer(session, placement.volunteer, letter_kinds.ALUMNI, SUBJECT, Words(BODY.text, values))
            done += 1
    return done


def _ended_on(placement: Placement) -> date:
    return placement.ended_at.date() if placement.ended_at else placement.ends_on
