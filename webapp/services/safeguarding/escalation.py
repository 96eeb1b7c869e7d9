"""When the clock of a call for help runs out, the next on the list is asked; the job looks each minute."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import EscalationStep, HelpCall, User
from webapp.models.accounts import FOCAL_POINT
from webapp.services import audit
from webapp.services.correspondence import write_to_volunteer
from webapp.services.letter_kinds import SAFETY
from webapp.services.locks import hold
from webapp.services.moves import move
from webapp.services.safeguarding import duty, help_calls
from webapp.words import lazy

NOBODY = lazy(
    "Nobody of your organization has taken up your call in time. Telephone the people on the list under I need help, "
    "or the emergency number of the country you are in."
)
WENT_ON = lazy("Your call was not taken up in time. It has gone on to %(name)s, who was told just now.")


def escalate_due(session: Session, now: datetime) -> int:
    """Hand on every call whose owner let the time pass, or took it up and is gone; return how many."""
    _open_again(session, now)
    query = select(HelpCall).where(HelpCall.state == "open", HelpCall.due_at <= now).order_by(HelpCall.id)
    due = list(session.scalars(query))
    return sum(_hand_on(session, call, now) for call in due)


def _open_again(session: Session, now: datetime) -> None:
    """Let the clock run out at once on calls that were taken up by somebody whose account is closed."""
    query = select(HelpCall).join(User, User.id == HelpCall.owner_id)
    lost = query.where(HelpCall.state == "taken", User.active.is_(False)).order_by(HelpCall.id)
    for call in session.scalars(lost).all():
        hold(session, call)
        if call.state == "taken":
            move(session, None, call, "open")
            call.state_at = call.due_at = now
    session.flush()


def _hand_on(session: Session, call: HelpCall, now: datetime) -> bool:
    hold(session, call)
    if call.state != "open" or call.due_at is None or call.due_at > now:
        return False  # somebody was quicker
    step = next_step(session, call)
    if step is None:
        call.due_at = None
        audit.record(session, None, "help_list_ended", call)
        write_to_volunteer(session, call.volunteer, SAFETY, lazy("Your call is still open"), NOBODY)
        return True
    kept = duty.of_vio(session, call.vio_id)
    call.owner, call.step = step.user, step.position
    call.due_at = now + timedelta(minutes=kept.minutes_for(call.severity)) if kept else None
    audit.record(session, None, "help_escalated", call, step=step.position)
    if step.user is not None:
        help_calls.ask(session, call, step.user)
    words = lazy(WENT_ON.text, name=step.name)
    write_to_volunteer(session, call.volunteer, SAFETY, lazy("Your call went on"), words)
    return True


def next_step(session: Session, call: HelpCall) -> EscalationStep | None:
    """Return the next on the list who has an account and was not asked before."""
    kept = duty.of_vio(session, call.vio_id)
    asked = {hand.user_id for hand in call.hands}
    for step in kept.steps if kept else []:
        is_here = step.user is not None and step.user.active and step.user.role == FOCAL_POINT
        if step.position > call.step and is_here and step.user_id not in asked:
            return step
    return None
