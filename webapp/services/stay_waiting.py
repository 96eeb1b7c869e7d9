"""How much waits for an account in its placements: signatures, check-ins, new messages, and what differs."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, func, select

from webapp.models import CheckIn, CheckInAnswer, Placement, Signature, User, Wording
from webapp.models.accounts import COORDINATOR
from webapp.models.placements import RUNNING_PLACEMENT_STATES, UNDER_WAY_STATES
from webapp.services import messages
from webapp.services.check_ins import OPEN_BEFORE
from webapp.services.placement_sight import received_by
from webapp.services.stay_sides import shared_with


def waiting(account: User, today: date) -> list[Select[int]]:
    """Return the counts of what waits: new messages, and what is to be signed, answered or settled.

    Of a host's accounts, whoever comes first does it for all.
    """
    in_placements = [
        select(func.count()).select_from(table).join(Placement).where(shared_with(account), rule)
        for table, rule in _rules(account, today)
    ]
    return [messages.unread(account), *in_placements]


def _rules(account: User, today: date) -> list[tuple[type[Wording] | type[CheckIn], ColumnElement[bool]]]:
    if account.role == COORDINATOR:
        differs = and_(CheckIn.flagged_at.is_not(None), CheckIn.settled_at.is_(None))
        return [(CheckIn, and_(differs, received_by(account)))]
    signed = exists().where(Signature.wording_id == Wording.id, Signature.side == account.role)
    answered = exists().where(CheckInAnswer.check_in_id == CheckIn.id, CheckInAnswer.side == account.role)
    is_due = and_(Placement.state.in_(UNDER_WAY_STATES), CheckIn.due_on <= today + OPEN_BEFORE)
    return [
        (Wording, and_(Placement.state.in_(RUNNING_PLACEMENT_STATES), Wording.state == "proposed", ~signed)),
        (CheckIn, and_(is_due, ~answered)),
    ]
