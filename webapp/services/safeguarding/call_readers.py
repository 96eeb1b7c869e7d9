"""A call for help never lies unread: it is called to mind where no clock runs, and can be handed to somebody else."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import AuditEvent, HelpCall, Incident, User
from webapp.models.accounts import FOCAL_POINT
from webapp.services import audit
from webapp.services.correspondence import write_to_volunteer
from webapp.services.errors import NotFound, Refused
from webapp.services.letter_kinds import SAFETY
from webapp.services.locks import hold
from webapp.services.moves import move
from webapp.services.safeguarding import duty, help_calls, people, safety_letters
from webapp.words import lazy

# How long a call without a clock rests before all who can read it are written to again; then twice as long each time.
AGAIN = {"now": timedelta(hours=1), "today": timedelta(hours=4), "week": timedelta(days=1)}
LONGEST = timedelta(days=1)
REMINDED = "help_reminded"
ASKED_NOW = lazy("Your call was kept until somebody could read it. It has gone to %(name)s just now.")
HANDED_ON = lazy("%(before)s has asked %(name)s to take up your call, and to be in touch with you.")


def remind_due(session: Session, now: datetime) -> int:
    """Write again about open calls for which no clock runs; return how many. Calls without a reader get one first."""
    query = select(HelpCall).where(HelpCall.state == "open", HelpCall.due_at.is_(None)).order_by(HelpCall.id)
    return sum(_remind(session, call, now) for call in session.scalars(query).all())


def _remind(session: Session, call: HelpCall, now: datetime) -> bool:
    hold(session, call)
    if call.state != "open" or call.due_at is not None:
        return False  # somebody was quicker
    readers = [hand.user for hand in call.hands if hand.user.active and hand.user.role == FOCAL_POINT]
    if not readers:
        return _find_readers(session, call)
    told = _last_told(session, call)
    if now - told < min(max(AGAIN[call.severity], told - call.created_at), LONGEST):
        return False
    audit.record(session, None, REMINDED, call)
    for reader in readers:
        safety_letters.call_waits(session, reader, is_urgent=call.severity in help_calls.URGENT)
    return True


def _find_readers(session: Session, call: HelpCall) -> bool:
    """Ask the focal points who are there by now, and tell the volunteer; False where there are none yet."""
    found = people.focal_points(session, call.vio_id)
    for reader in found:
        help_calls.ask(session, call, reader)
        words = lazy(ASKED_NOW.text, name=reader.display_name or "")
        write_to_volunteer(session, call.volunteer, SAFETY, lazy("Your call went on"), words)
    if found:
        audit.record(session, None, REMINDED, call)
    return bool(found)


def _last_told(session: Session, call: HelpCall) -> datetime:
    """Return when somebody was last written to about the call."""
    mine = (AuditEvent.subject_kind == call.__tablename__, AuditEvent.subject_id == call.id)
    reminded = session.scalar(select(func.max(AuditEvent.at)).where(*mine, AuditEvent.action == REMINDED))
    return max([hand.at for hand in call.hands] + ([reminded] if reminded else []))


def others(session: Session, account: User, call: HelpCall) -> list[User]:
    """Return to whom its owner can hand a call: the other focal points of the VIO."""
    if call.owner_id != account.id or call.state == "closed":
        return []
    return [one for one in people.focal_points(session, call.vio_id) if one.id != account.id]


def hand_over(session: Session, account: User, call: HelpCall, user_id: int) -> None:
    """Ask another focal point to take the call up, with a clock of its own; its owner sees it no more.

    An incident that the owner made of it goes along. Not taken up in time, it goes down the list.
    """
    hold(session, call)
    if call.owner_id != account.id or call.state == "closed":
        raise NotFound
    reader = next((one for one in others(session, account, call) if one.id == user_id), None)
    if reader is None:
        raise Refused(lazy("Choose another focal point of your organization."))
    if call.state == "taken":
        move(session, account, call, "open")
        call.state_at = clock.now()
    kept = duty.of_vio(session, call.vio_id)
    call.owner, call.due_at = reader, clock.now() + timedelta(minutes=kept.minutes_for(call.severity)) if kept else None
    call.hands = [hand for hand in call.hands if hand.user_id not in (account.id, reader.id)]
    help_calls.ask(session, call, reader)
    made = session.scalar(select(Incident).where(Incident.call_id == call.id, Incident.handler_id == account.id))
    if made is not None:
        made.handler = reader
    audit.record(session, account, "help_handed_over", call)
    words = lazy(HANDED_ON.text, before=account.display_name or "", name=reader.display_name or "")
    write_to_volunteer(session, call.volunteer, SAFETY, lazy("Your call went on"), words)
