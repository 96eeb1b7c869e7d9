"""What is blotted out of clearances when a placement is over: what was written, and who was to be called."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from webapp.models import Clearance, EmergencyCard, Placement, Vio
from webapp.services.emergency import CLOSE

WORDS = ("handed_in", "words", "waiver_reason")
HAS_WORDS = or_(*(getattr(Clearance, name) != "" for name in WORDS))


def forget(session: Session, now: datetime) -> int:
    """Blot out what is due on `now`, as long after the end as the VIO keeps documents; return how many rows it was."""
    return _words(session, now) + _close(session, now)


def has_words(clearance: Clearance) -> bool:
    """Whether anything is written about an item, as HAS_WORDS asks the database."""
    return any(getattr(clearance, name) for name in WORDS)


def blot_out(clearance: Clearance) -> None:
    """Empty all that was written about an item. Who asked to go without it and who agreed stays."""
    for name in WORDS:
        setattr(clearance, name, "")


def _words(session: Session, now: datetime) -> int:
    query = (
        select(Clearance, Placement.ended_at, Vio.document_days)
        .join(Placement, Placement.id == Clearance.placement_id)
        .join(Vio, Vio.id == Clearance.checked_by_vio_id)
        .where(Placement.ended_at.is_not(None), HAS_WORDS)
    )
    found = [one for one, ended_at, days in session.execute(query).all() if _is_over(now, ended_at, days)]
    for clearance in found:
        blot_out(clearance)
    session.flush()
    return len(found)


def _close(session: Session, now: datetime) -> int:
    query = (
        select(EmergencyCard, Placement.ended_at, Vio.document_days)
        .join(Placement, Placement.id == EmergencyCard.placement_id)
        .join(Vio, Vio.id == Placement.sending_vio_id)
        .where(Placement.ended_at.is_not(None), EmergencyCard.close_name != "")
    )
    found = [one for one, ended_at, days in session.execute(query).all() if _is_over(now, ended_at, days)]
    for card in found:
        for name in CLOSE:
            setattr(card, name, "")
    session.flush()
    return len(found)


def _is_over(now: datetime, ended_at: datetime | None, days: int) -> bool:
    return ended_at is not None and ended_at + timedelta(days=days) <= now
