"""Clearances that are not settled: of a VIO by the day on which they are due, and of a volunteer."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, selectinload

from webapp.models import Assignment, Clearance, Placement, User
from webapp.models.placements import RUNNING_PLACEMENT_STATES
from webapp.services import counting
from webapp.services.paging import Part, Start, part_of
from webapp.services.placement_sight import seen_by

PAGE = 50
VIEWS = ("check", "late", "waiver", "running_out")  # beside everything that is not settled, which is the blank one
TO_DO = ("open", "refused", "expired")  # whoever sees to it can act now
UNSETTLED = (*TO_DO, "submitted")
_STAY = selectinload(Clearance.placement)
BESIDE = (
    _STAY.selectinload(Placement.volunteer),
    _STAY.selectinload(Placement.assignment).selectinload(Assignment.host),
)


def board(session: Session, account: User, view: str, start: Start, today: date) -> Part[Clearance]:
    """Return one page of a view, what is due (or runs out) first."""
    query = _query(account).where(_which(account, today)[view])
    day = Clearance.expires_on if view == "running_out" else Clearance.due_on
    return part_of(session, query, [day], Clearance.id, start, PAGE, beside=BESIDE)


def counts(session: Session, account: User, today: date) -> dict[str, int]:
    """Return how many there are of each view."""
    counted = select(func.count(Clearance.id)).join(Placement, Placement.id == Clearance.placement_id)
    counted = counted.where(seen_by(account), Placement.state.in_(RUNNING_PLACEMENT_STATES))
    found = counting.sums(
        session, {view or "all": [counted.where(rule)] for view, rule in _which(account, today).items()}
    )
    return {"": found.pop("all"), **found}


def own_to_do(account: User) -> Select[int]:
    """Return the count of things that the volunteer can see to now."""
    mine = (seen_by(account), Clearance.owner == "volunteer", Clearance.state.in_(TO_DO))
    query = select(func.count(Clearance.id)).join(Placement, Placement.id == Clearance.placement_id)
    return query.where(*mine, Placement.state.in_(RUNNING_PLACEMENT_STATES))


def to_check(account: User) -> ColumnElement[bool]:
    """Return the condition of clearances that were handed in and that the account's VIO has to check."""
    mine = and_(Clearance.state == "submitted", Clearance.checked_by_vio_id == account.vio_id)
    if account.is_delegated:
        return and_(mine, Clearance.placement_id.in_(select(Placement.id).where(seen_by(account))))
    return mine


def to_agree(account: User) -> Select[int, date]:
    """Return the items that a colleague asks to go without and that the account can agree to, what is due first."""
    asked = (Clearance.state.in_(UNSETTLED), Clearance.waiver_by_id.is_not(None), Clearance.waiver_by_id != account.id)
    query = select(Clearance.id, Clearance.due_on).join(Placement, Placement.id == Clearance.placement_id)
    query = query.where(*asked, seen_by(account), Placement.state.in_(RUNNING_PLACEMENT_STATES))
    return query.order_by(Clearance.due_on, Clearance.id)


def is_running() -> ColumnElement[bool]:
    """Return the condition of clearances whose placement is not over."""
    running = select(Placement.id).where(Placement.state.in_(RUNNING_PLACEMENT_STATES))
    return running.where(Placement.id == Clearance.placement_id).exists()


def _query(account: User) -> Select[Clearance]:
    query = select(Clearance).join(Placement, Placement.id == Clearance.placement_id)
    return query.where(seen_by(account), Placement.state.in_(RUNNING_PLACEMENT_STATES))


def _which(account: User, today: date) -> dict[str, ColumnElement[bool]]:
    unsettled = Clearance.state.in_(UNSETTLED)
    return {
        "": unsettled,
        "check": to_check(account),
        "late": and_(unsettled, or_(Clearance.due_on < today, Clearance.state == "expired")),
        "waiver": and_(unsettled, Clearance.waiver_by_id.is_not(None)),
        "running_out": and_(Clearance.state == "cleared", Clearance.expires_on < Placement.ends_on),
    }
