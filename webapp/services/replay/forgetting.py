"""What was kept of runs goes: with the person whose it is, and a year after the run."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.models import KeptInput, KeptRun, MatchRun, Volunteer
from webapp.services.replay.standing import KEPT_FOR


def forget_old(session: Session, now: datetime) -> int:
    """Throw away the records of runs of which a year is over, and inputs that no younger run has read."""
    over = now - KEPT_FOR
    erased = select(Volunteer.id).where(Volunteer.erased_at.is_not(None))
    records = session.execute(delete(KeptRun).where(KeptRun.kept_at < over))
    session.execute(delete(KeptInput).where(KeptInput.volunteer_id.in_(erased)))  # kept in the moment of the erasure
    inputs = session.execute(delete(KeptInput).where(KeptInput.used_on < over.date()))
    return int(records.rowcount) + int(inputs.rowcount)  # type: ignore[attr-defined]


def take_out(session: Session, volunteer: Volunteer) -> None:
    """Take the person's weight out of the lots of past runs; the lots of all others rest on their own."""
    key = str(volunteer.id)
    for run in session.scalars(select(MatchRun).where(MatchRun.scope == "everything")):
        weights = run.spread.get("volunteers", {})
        if key in weights:
            left = {number: weight for number, weight in weights.items() if number != key}
            run.spread = {**run.spread, "volunteers": left}
    session.flush()
