"""Offers that are about to end, and placements that should have begun."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Offer, Placement
from webapp.services.correspondence import write_to_coordinators, write_to_volunteer
from webapp.services.letter_kinds import LATE, OFFERS
from webapp.services.reminders import letters
from webapp.services.reminders.sent import first_time, week_of

SOON_DAYS, LAST_DAYS = 3, 1  # before the last day on which an offer can be answered


def remind_of_offers(session: Session, today: date) -> int:
    """Write to volunteers whose offer ends in three days, and again when it ends tomorrow."""
    near = (
        Offer.state == "made",
        Offer.agreed_at.is_(None),
        Offer.answer_by.between(today, today + timedelta(days=SOON_DAYS)),
    )
    done = 0
    for offer in session.scalars(select(Offer).where(*near).order_by(Offer.assignment_id, Offer.id)).all():
        kind = "offer_last" if (offer.answer_by - today).days <= LAST_DAYS else "offer_soon"
        # An offer of today has its own letter.
        if offer.made_at.date() < today and first_time(session, kind, offer, offer.answer_by):
            words = letters.told("offer_ends", offer.assignment, day=offer.answer_by)
            write_to_volunteer(session, offer.volunteer, OFFERS, *words)
            done += 1
    return done


def tell_of_late_starts(session: Session, today: date) -> int:
    """Write to the office that decides of placements past their first day that were not started; weekly."""
    late = (Placement.state == "preparing", Placement.starts_on < today)
    found: dict[int, list[Placement]] = defaultdict(list)
    for one in session.scalars(select(Placement).where(*late).order_by(Placement.id)).all():
        if first_time(session, "start_late", one, week_of(one.starts_on, today)):
            found[one.receiving_vio_id].append(one)
    for vio_id, placements in found.items():
        lines = [(one.starts_on, one.assignment) for one in placements]
        write_to_coordinators(session, vio_id, LATE, *letters.listed("starts_late", lines, len(placements)))
    return len(found)
