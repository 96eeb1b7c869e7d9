"""The people of a roll call as a coordinator reads them: who needs help and who has not answered first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, delete, or_, select
from sqlalchemy.orm import Session, selectinload

from webapp.models import Assignment, Placement, RollCall, RollCallPerson, User
from webapp.services import emergency
from webapp.services.roll_calls.standing import HELP, ORDER, UNHEARD, Standing, is_late, standing_of
from webapp.services.visibility import Sight, sight_of

KEPT_DAYS = 90  # people and answers, after the roll call was closed
LONGEST_DAYS = 366  # also where nobody closes it
CLOSE = ("close_name", "close_how", "close_phone", "close_language")


@dataclass(frozen=True)
class Row:
    """One person: how they stand, what of them may be printed, and whom to call where nobody has heard of them."""

    person: RollCallPerson
    standing: Standing
    is_late: bool
    sight: Sight
    close: Mapping[str, str]


def rows(session: Session, account: User, call: RollCall, now: datetime) -> list[Row]:
    """Return everybody of a roll call of the own VIO; within each kind, whoever was asked first."""
    query = select(RollCallPerson).where(RollCallPerson.roll_call_id == call.id).order_by(RollCallPerson.id)
    work = selectinload(RollCallPerson.placement).selectinload(Placement.assignment).selectinload(Assignment.host)
    beside = (selectinload(RollCallPerson.answers), selectinload(RollCallPerson.links), work)
    found = [_row(session, account, one, now) for one in session.scalars(query.options(*beside))]
    return sorted(found, key=lambda row: (ORDER.index(row.standing.kind), row.person.asked_at, row.person.id))


def _row(session: Session, account: User, person: RollCallPerson, now: datetime) -> Row:
    placement, standing = person.placement, standing_of(person)
    close: Mapping[str, str] = {}
    if standing.kind in (HELP, UNHEARD):  # whom the volunteer named is read only where it is needed
        close = emergency.card_for(session, account, placement).parts
    sight = sight_of(session, account, placement.volunteer, placement.assignment)
    return Row(person, standing, is_late(person, now), sight, {name: close.get(name, "") for name in CLOSE})


def open_calls(account: User) -> Select[int, datetime]:
    """Return the VIO's open roll calls, with since when, the oldest first."""
    query = select(RollCall.id, RollCall.opened_at).where(RollCall.vio_id == account.vio_id, RollCall.state == "open")
    return query.order_by(RollCall.opened_at, RollCall.id)


def forget(session: Session, now: datetime) -> int:
    """Delete who was asked and what they said, 90 days after the end; the numbers and the summary stay."""
    old = or_(
        RollCall.closed_at < now - timedelta(days=KEPT_DAYS), RollCall.opened_at < now - timedelta(days=LONGEST_DAYS)
    )
    over = select(RollCall.id).where(old)
    gone = session.execute(delete(RollCallPerson).where(RollCallPerson.roll_call_id.in_(over)))
    return int(gone.rowcount)  # type: ignore[attr-defined]
