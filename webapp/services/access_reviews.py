"""Reviews of access: every half year an administrator says of each account of staff whether it is still needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from webapp import clock
from webapp.models import AccessReview, AuditEvent, HeldStay, HelpCall, Safeguarding, User
from webapp.models.access_reviews import END, KEEP
from webapp.models.accounts import ADMINISTRATOR, STAFF
from webapp.services import audit, signed_in, staff
from webapp.services.correspondence import write_to_account
from webapp.services.errors import NotFound, Refused
from webapp.services.letter_kinds import ACCOUNT
from webapp.words import counted, lazy

MONTHS = 6  # for administrators, who belong to no organization
EVERY = 7  # days between reminders
REMINDED = "access_reviews_reminded"


@dataclass(frozen=True)
class Access:
    """An account of staff, by when it has to be looked at, and what speaks for or against it."""

    account: User
    due_on: date
    signed_in_at: datetime | None  # none: not for 30 days, or never
    is_on_duty: bool  # first in the line for calls for help
    waits: int  # calls for help and held stays that it owns

    def is_due(self, today: date) -> bool:
        """Whether the day has come."""
        return self.due_on <= today


def listed(session: Session) -> list[Access]:
    """Return every open account of staff, the one that is due first before the others."""
    query = select(User).where(User.role.in_(STAFF), User.active).options(selectinload(User.vio))
    accounts = session.scalars(query.options(selectinload(User.webauthn))).all()
    answers = select(AccessReview.account_id, func.max(AccessReview.answered_at)).group_by(AccessReview.account_id)
    latest = _latest(session, answers)
    seen = _latest(session, signed_in.latest([one.id for one in accounts]))
    on_duty = set(session.scalars(select(Safeguarding.duty_person_id)))
    waits = _what_waits(session)
    found = [
        Access(one, _due_on(one, latest.get(one.id)), seen.get(one.id), one.id in on_duty, waits.get(one.id, 0))
        for one in accounts
    ]
    return sorted(found, key=lambda one: (one.due_on, one.account.email))


def count_due(session: Session, today: date) -> int:
    """Return how many accounts wait for an answer."""
    return sum(one.is_due(today) for one in listed(session))


def keep(session: Session, actor: User, account_id: int) -> User:
    """Note that an account is still needed."""
    kept = _of_staff(session, account_id)
    if kept.id == actor.id:
        raise Refused(lazy("Nobody answers for their own account. Ask another administrator."))
    _answer(session, actor, kept, KEEP)
    return kept


def end(session: Session, actor: User, account_id: int) -> User:
    """Close an account that is no longer needed."""
    ended = staff.close(session, actor, _of_staff(session, account_id).id)
    _answer(session, actor, ended, END)
    return ended


def remind(session: Session, today: date) -> int:
    """Write to administrators, weekly while accounts wait; return how many letters."""
    waiting = count_due(session, today)
    administrators = select(User).where(User.role == ADMINISTRATOR, User.active).order_by(User.id).with_for_update()
    due = [one for one in session.scalars(administrators) if waiting and _is_time(session, one, today)]
    subject = lazy("Accounts of staff to look at: %(number)s", number=waiting)
    body = counted(
        "Does this person still need their account? %(number)s account of staff waits for your answer. Sign in and "
        "open “Access of staff”: keep it, or end it.",
        "Do these people still need their accounts? %(number)s accounts of staff wait for your answer. Sign in and "
        "open “Access of staff”: keep each, or end it.",
        waiting,
    )
    for one in due:
        audit.record(session, None, REMINDED, one, on=today.isoformat())
        write_to_account(session, one, ACCOUNT, subject, body)
    return len(due)


def _of_staff(session: Session, account_id: int) -> User:
    found = staff.account(session, account_id)
    if not found.is_staff or not found.active:
        raise NotFound
    return found


def _answer(session: Session, actor: User, account: User, answer: str) -> None:
    session.add(AccessReview(account_id=account.id, answer=answer, answered_at=clock.now(), by_id=actor.id))
    audit.record(session, actor, f"access_review_{answer}", account)


def _due_on(account: User, answered_at: datetime | None) -> date:
    months = account.vio.access_review_months if account.vio else MONTHS
    return (answered_at or account.created_at).date() + timedelta(days=months * 365 // 12)


def _is_time(session: Session, administrator: User, today: date) -> bool:
    told = [event for event in audit.history_of(session, administrator) if event.action == REMINDED]
    return not told or (today - _day(told[-1])).days >= EVERY


def _day(event: AuditEvent) -> date:
    return date.fromisoformat(event.detail["on"])


def _what_waits(session: Session) -> dict[int, int]:
    calls = select(HelpCall.owner_id).where(HelpCall.state != "closed", HelpCall.owner_id.is_not(None))
    stays = select(HeldStay.owner_id).where(
        HeldStay.state.in_(("waiting", "watched", "moving")), HeldStay.owner_id.is_not(None)
    )
    owned = [*session.scalars(calls), *session.scalars(stays)]
    return {owner: owned.count(owner) for owner in owned if owner is not None}


def _latest(session: Session, query: Select[int, datetime]) -> dict[int, datetime]:
    return dict(session.execute(query).all())
