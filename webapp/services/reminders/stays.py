"""Offers that are about to end; placements that should have begun, gone on longer, or been completed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from webapp.models import Assignment, Offer, Placement
from webapp.models.placements import UNDER_WAY_STATES
from webapp.services import placement_lists, signings
from webapp.services.correspondence import write_to_volunteer
from webapp.services.letter_kinds import LATE, OFFERS
from webapp.services.reminders import letters
from webapp.services.reminders.sent import first_time, week_of
from webapp.services.reminders.to_offices import write_list

SOON_DAYS, LAST_DAYS = 3, 1  # before the last day on which an offer can be answered
AGREED_DAYS = 2  # that an office has to set a last day which both sides have signed


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
    return _tell_offices(
        session, "start_late", "starts_late", [(one, one.starts_on) for one in _of(session, late)], today
    )


def tell_of_late_ends(session: Session, today: date) -> int:
    """Write to the office that decides of placements past their last day that were not completed; weekly.

    Until they are, nobody gets a certificate, is asked how it was, or can join the alumni.
    """
    late = (Placement.state.in_(UNDER_WAY_STATES), Placement.ends_on < today)
    return _tell_offices(session, "end_late", "ends_late", [(one, one.ends_on) for one in _of(session, late)], today)


def tell_of_agreed_days(session: Session, today: date) -> int:
    """Write to the office that decides of a later last day which both sides signed and nobody has set; weekly."""
    running = (Placement.state.in_(UNDER_WAY_STATES), placement_lists.has_later_day_signed())
    waiting = []
    for one in _of(session, running):
        signed = signings.standing(session, one).in_force
        since = (
            signed.state_at.date() + timedelta(days=AGREED_DAYS) if signed and signed.ends_on > one.ends_on else today
        )
        if since < today:
            waiting.append((one, since))
    return _tell_offices(session, "extension_late", "extensions_late", waiting, today)


def _of(session: Session, where: tuple[ColumnElement[bool], ...]) -> Sequence[Placement]:
    return session.scalars(select(Placement).where(*where).order_by(Placement.id)).all()


def _tell_offices(session: Session, kind: str, event: str, late: Iterable[tuple[Placement, date]], today: date) -> int:
    """Write one letter to each office of what is late since a day, and of the same again a week later."""
    found: dict[int, list[tuple[date, Assignment]]] = defaultdict(list)
    for one, since in late:
        if first_time(session, kind, one, week_of(since, today)):
            found[one.receiving_vio_id].append((since, one.assignment))
    for vio_id, lines in found.items():
        write_list(session, vio_id, LATE, event, lines)
    return len(found)
