"""What was kept of runs goes: with the person whose it is, and a year after the run."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.models import KeptInput, KeptRun, MatchRun, Volunteer
from webapp.services.replay.standing import KEPT_FOR


def forget_old(session: Session, now: datetime) -> int:
    """Throw away the records of runs of which a year is over, and inputs that no younger run has read."""
    erased = select(Volunteer.id).where(Volunteer.erased_at.is_not(None))
    records = forget_records(session, now)
    session.execute(delete(KeptInput).where(KeptInput.volunteer_id.in_(erased)))  # kept in the moment of the erasure
    inputs = session.execute(delete(KeptInput).where(KeptInput.used_on < (now - KEPT_FOR).date()))
    return records + int(inputs.rowcount)  # type: ignore[attr-defined]


def forget_records(session: Session, now: datetime) -> int:
    """Throw away the records of runs of which a year is over; none of them can be made again then."""
    gone = session.execute(delete(KeptRun).where(KeptRun.kept_at < now - KEPT_FOR))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def take_out(session: Session, volunteer: Volunteer) -> None:
    """Take the person's weight out of the lots of past runs; the lots of all others rest on their own."""
    key = str(volunteer.id)
    for run in session.scalars(select(MatchRun).where(MatchRun.scope == "everything")):
        weights = run.spread.get("volunteers", {})
        if key in weights:
            left = {number: weight for number, weight in weights.items() if number != key}
            run.spread = {**run.spread, "volunteers": left}
    session.flush()
