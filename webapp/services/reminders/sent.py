"""What was reminded: a row in the transaction of the letters, so that a killed job forgets or repeats nothing."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Application, Clearance, Host, Offer, Placement, Reminder

Subject = Application | Offer | Placement | Host | Clearance
EVERY = 7  # days between reminders of something late


def first_time(session: Session, kind: str, subject: Subject, day: date) -> bool:
    """Note that a reminder goes out now; False where it went before, here or in another process."""
    key = {"kind": kind, "subject_kind": subject.__tablename__, "subject_id": subject.id, "day": day}
    if session.scalar(select(Reminder.id).filter_by(**key)) is not None:
        return False
    try:
        with session.begin_nested():  # the unique key has the last word
            session.add(Reminder(**key, sent_at=clock.now()))
            session.flush()
    except IntegrityError:
        return False
    return True


def week_of(due: date, today: date) -> date:
    """Return the day on which the running week of a delay began: the day after `due`, or weeks after that."""
    return due + timedelta(days=1 + ((today - due).days - 1) // EVERY * EVERY)
