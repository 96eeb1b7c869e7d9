"""Whoever comes to be in a country while its roll call is open is asked too, without waiting for a coordinator.

Nobody has to remember it in a crisis; the job looks each minute. Only for as long as the links of its first letters
work: whoever opens a roll call and forgets to close it frightens nobody months later.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import RollCall, RollCallPerson
from webapp.models.placements import UNDER_WAY_STATES
from webapp.services import audit
from webapp.services.locks import hold
from webapp.services.one_time_links import Link
from webapp.services.roll_calls import calling, roll_call_letters
from webapp.services.roll_calls.answering import LINK_DAYS
from webapp.services.roll_calls.standing import HOST_ONLY, UNHEARD, standing_of


def ask_due(session: Session, now: datetime, link: Link) -> int:
    """Ask who came since an open roll call began, and hosts of those who have begun since; return how many people."""
    is_fresh = RollCall.opened_at > now - timedelta(days=LINK_DAYS)
    query = select(RollCall).where(RollCall.state == "open", is_fresh).order_by(RollCall.id)
    return sum(_ask(session, call, now, link) for call in session.scalars(query).all())


def _ask(session: Session, call: RollCall, now: datetime, link: Link) -> int:
    if not calling.came_since(session, call, now.date()) and not _begun(call, now):
        return 0
    hold(session, call)
    session.expire(call, ["people"])  # a coordinator may have asked them, or closed it, a moment ago
    if call.state != "open":
        return 0
    came, begun = calling.came_since(session, call, now.date()), _begun(call, now)
    for person in begun:
        person.is_there = True
        roll_call_letters.ask(session, call, person, link, link)
    calling.ask_first(session, call, came, link, link)
    if came or begun:
        audit.record(session, None, "roll_call_asked_more", call, people=len(came) + len(begun))
    return len(came) + len(begun)


def _begun(call: RollCall, now: datetime) -> list[RollCallPerson]:
    """Return of whom nobody has heard yet, who were to come and are there by now: their hosts were not asked."""
    before = [one for one in call.people if not one.is_there and one.placement.state in UNDER_WAY_STATES]
    return [one for one in before if standing_of(one).kind in (UNHEARD, HOST_ONLY) and calling.is_due(one, now)]
