"""Bars, appeals and held stays that wait for a decision: whoever decides is reminded, whoever waits is told once.

What went out stands in the audit trail of the bar or stay.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import AuditEvent, Bar, BarAppeal, HeldStay, Placement
from webapp.models.placements import RUNNING_PLACEMENT_STATES
from webapp.services import audit
from webapp.services.bars import appeals, bar_letters
from webapp.services.correspondence import write_to_coordinators, write_to_volunteer
from webapp.services.letter_kinds import DECISIONS, OFFERS
from webapp.services.locks import hold
from webapp.services.reminders import letters
from webapp.services.reminders.sent import EVERY
from webapp.words import lazy

NOT_YET = lazy("Not yet: your appeal")
APPEAL_WAITS = lazy(
    "Your appeal of %(day)s has no answer yet, and we are sorry. We have reminded those who can answer it. You can "
    "also write to %(vio)s: %(email)s"
)


def remind_of_bars(session: Session, today: date) -> int:
    """Write weekly to those who can confirm a bar or answer an appeal; tell whoever appealed so the first time."""
    waits = select(BarAppeal.id).where(BarAppeal.bar_id == Bar.id, BarAppeal.state == "waiting").exists()
    query = select(Bar).where((Bar.state == "proposed") | ((Bar.state == "standing") & waits)).order_by(Bar.id)
    return sum(_remind_of_bar(session, bar, today) for bar in session.scalars(query).all())


def _remind_of_bar(session: Session, bar: Bar, today: date) -> bool:
    hold(session, bar)
    made = appeals.waiting_of(bar)
    if bar.state == "standing" and made is not None:
        since = made.made_at.date()
        is_first = _last(session, bar, since) == since
        if not _is_due(session, bar, since, today):
            return False
        bar_letters.tell_of_appeal(session, bar)
        if is_first and made.volunteer is not None:
            words = {"day": since, "vio": bar.vio.name, "email": bar.vio.contact_email}
            write_to_volunteer(session, made.volunteer, DECISIONS, NOT_YET, lazy(APPEAL_WAITS.text, **words))
        return True
    if bar.state == "proposed" and _is_due(session, bar, bar.proposed_at.date(), today):
        bar_letters.tell_deciders(session, bar, bar_letters.PROPOSED, [bar.proposed_by_id])
        return True
    return False


def remind_of_held(session: Session, today: date) -> int:
    """Write weekly to offices of stays that nobody has decided on; tell each volunteer so the first time."""
    running = Placement.state.in_(RUNNING_PLACEMENT_STATES)
    query = select(HeldStay).join(Placement).where(HeldStay.state == "waiting", running).order_by(HeldStay.id)
    found: dict[int, list[HeldStay]] = defaultdict(list)
    for held in session.scalars(query).all():
        hold(session, held.placement)
        session.refresh(held, ["state"])
        since = held.made_at.date()
        is_first = _last(session, held, since) == since
        if held.state == "waiting" and _is_due(session, held, since, today):
            found[held.vio_id].append(held)
            if is_first:
                _tell_volunteer(session, held.placement)
    for vio_id, stays in found.items():
        lines = [(held.made_at.date(), held.placement.assignment) for held in stays]
        write_to_coordinators(session, vio_id, OFFERS, *letters.listed("held_late", lines, len(stays)))
    return len(found)


def _tell_volunteer(session: Session, placement: Placement) -> None:
    office = placement.receiving_vio
    words = letters.told("held_waits", placement.assignment, office=office.name, email=office.contact_email)
    write_to_volunteer(session, placement.volunteer, OFFERS, *words)


def _is_due(session: Session, subject: Bar | HeldStay, since: date, today: date) -> bool:
    """Whether a week has gone by since it began to wait or was called to mind; then note that it is now."""
    if (today - _last(session, subject, since)).days < EVERY:
        return False
    audit.record(session, None, _action(subject), subject, on=today.isoformat())
    return True


def _last(session: Session, subject: Bar | HeldStay, since: date) -> date:
    mine = (AuditEvent.subject_kind == subject.__tablename__, AuditEvent.subject_id == subject.id)
    newest = select(AuditEvent).where(*mine, AuditEvent.action == _action(subject)).order_by(AuditEvent.id.desc())
    event = session.scalars(newest.limit(1)).first()
    return max(since, date.fromisoformat(event.detail["on"])) if event else since


def _action(subject: Bar | HeldStay) -> str:
    return f"{subject.__tablename__}_reminded"
