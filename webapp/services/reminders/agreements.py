"""Agreements that wait for a signature: whoever has not signed is reminded."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Assignment, Host, Placement, Wording
from webapp.models.placements import RUNNING_PLACEMENT_STATES
from webapp.services.by_mail.asking import tell_to_act
from webapp.services.correspondence import write_to_volunteer
from webapp.services.letter_kinds import AGREEMENT
from webapp.services.reminders import letters
from webapp.services.reminders.sent import first_time
from webapp.services.stay_sides import HOST, VOLUNTEER

AFTER_DAYS, BEFORE_DAYS = 7, 14  # after it was put before both sides; before the first day


def remind(session: Session, today: date) -> int:
    """Write to whoever has not signed, a week after the wording came and two before the first day; count letters."""
    query = select(Wording).join(Placement).join(Assignment).join(Host, Host.id == Assignment.host_id)
    waits = (Wording.state == "proposed", Placement.state.in_(RUNNING_PLACEMENT_STATES), Host.suspended_at.is_(None))
    done = 0
    for wording in session.scalars(query.where(*waits).order_by(Wording.placement_id, Wording.id)).all():
        day = _day(wording, today)
        for side in (VOLUNTEER, HOST):
            if day is None or wording.signed_by(side) is not None:
                continue
            if first_time(session, f"unsigned_{side}", wording.placement, day):
                _write(session, wording, side)
                done += 1
    return done


def _day(wording: Wording, today: date) -> date | None:
    """Return the latest day of a reminder that has come; one that the first would come after is left out."""
    first = wording.made_at.date() + timedelta(days=AFTER_DAYS)
    days = sorted({first, max(first, wording.starts_on - timedelta(days=BEFORE_DAYS))})
    return next((day for day in reversed(days) if day <= today), None)


def _write(session: Session, wording: Wording, side: str) -> None:
    placement = wording.placement
    words = letters.told("unsigned", placement.assignment, day=wording.made_at.date())
    if side == HOST:
        tell_to_act(session, placement.assignment, "unsigned", AGREEMENT, *words, placement)
    else:
        write_to_volunteer(session, placement.volunteer, AGREEMENT, *words)
