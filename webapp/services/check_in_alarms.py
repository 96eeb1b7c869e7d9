"""That somebody may not be well is called to mind each day, until a coordinator has written down what was done.

After three days whoever is responsible beside the receiving office hears of it too; after a week the letters stop, and
it stays first in the list of the office.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import CheckIn, CheckInAnswer
from webapp.services import audit, drift
from webapp.services.correspondence import write_to_account, write_to_coordinators
from webapp.services.letter_kinds import SAFETY
from webapp.services.locks import hold
from webapp.services.safeguarding.people import focal_points
from webapp.words import Words, lazy

EVERY = timedelta(days=1)
STEPS_UP, MOST = 3, 7  # with which letter the next ones hear of it; how many letters the office gets
LONGEST = timedelta(days=30)  # an older one is begun no more, also where the jobs were away
REMINDED = "check_in_not_well_reminded"
SUBJECT = lazy("Somebody may still not be well: %(title)s")
BODY = lazy(
    "An answer about %(title)s at %(host)s says that somebody is not safe and well, and nobody has written down yet "
    "what was done. Sign in now, get in touch today, and say beside the check-in what you did. Until then this letter "
    "comes each day, for a week."
)
LAST = lazy(
    "An answer about %(title)s at %(host)s says that somebody is not safe and well, and for a week nobody has written "
    "down what was done. Sign in now, get in touch today, and say beside the check-in what you did. This is the last "
    "letter about it; it stays in the list of what waits for you."
)
STEP_SUBJECT = lazy("Nobody has said that somebody is well again: %(title)s")
STEP_BODY = lazy(
    "An answer about %(title)s at %(host)s says that somebody is not safe and well. %(vio)s was told, and for three "
    "days has not written down what was done. Please ask there today, and see to it that somebody gets in touch: "
    "%(email)s."
)


def remind_due(session: Session, now: datetime) -> int:
    """Write to the receiving office of each such answer that is not settled, once a day; return of how many."""
    not_well = select(CheckInAnswer.check_in_id).where(CheckInAnswer.well <= drift.LOW)
    is_time = CheckIn.flagged_at.between(now - LONGEST, now - EVERY)
    waits = select(CheckIn).where(is_time, CheckIn.settled_at.is_(None), CheckIn.id.in_(not_well))
    return sum(_remind(session, one, now) for one in session.scalars(waits.order_by(CheckIn.id)))


def _remind(session: Session, one: CheckIn, now: datetime) -> bool:
    hold(session, one.placement)
    session.refresh(one, ["settled_at", "flagged_at"])
    since = one.flagged_at or now
    told = [event.at for event in audit.history_of(session, one) if event.action == REMINDED and event.at >= since]
    if one.settled_at is not None or len(told) >= MOST or (told and told[-1] > now - EVERY):
        return False
    audit.record(session, None, REMINDED, one, one.placement.receiving_vio_id)
    _write(session, one, LAST if len(told) + 1 == MOST else BODY)
    if len(told) + 1 == STEPS_UP:
        _step_up(session, one)
    return True


def _write(session: Session, one: CheckIn, body: Words) -> None:
    work = one.placement.assignment
    values = {"title": work.title, "host": work.host.name}
    words = Words(SUBJECT.text, values), Words(body.text, values)
    write_to_coordinators(session, one.placement.receiving_vio_id, SAFETY, *words, about=work)


def _step_up(session: Session, one: CheckIn) -> None:
    """Tell the sending office and the receiving VIO's focal points, once. It names nobody and quotes nothing."""
    placement, office = one.placement, one.placement.receiving_vio
    work = placement.assignment
    values = {"title": work.title, "host": work.host.name, "vio": office.name, "email": office.contact_email}
    words = Words(STEP_SUBJECT.text, values), Words(STEP_BODY.text, values)
    if placement.sending_vio_id != office.id:
        write_to_coordinators(session, placement.sending_vio_id, SAFETY, *words)
    for reader in focal_points(session, office.id):
        write_to_account(session, reader, SAFETY, *words)
