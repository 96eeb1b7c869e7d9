"""All clearances of a VIO that are not settled, by the day on which they are due."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from webapp.models import Clearance, Placement, User
from webapp.models.placements import RUNNING_PLACEMENT_STATES
from webapp.services.placement_sight import seen_by

PAGE = 50
VIEWS = ("open", "check", "late", "waiver", "running_out")


def board(session: Session, account: User, view: str, page: int, today: date) -> tuple[list[Clearance], int]:
    """Return one page of a view of VIEWS, what is due first, and how many there are in all."""
    query = _query(account).where(_which(account, today)[view])
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    day = func.coalesce(Clearance.expires_on, Clearance.due_on) if view == "running_out" else Clearance.due_on
    found = session.scalars(query.order_by(day, Clearance.id).limit(PAGE).offset((page - 1) * PAGE))
    return list(found), total


def counts(session: Session, account: User, today: date) -> dict[str, int]:
    """Return how many there are of each view."""
    return {
        view: session.scalar(select(func.count()).select_from(_query(account).where(rule).subquery())) or 0
        for view, rule in _which(account, today).items()
    }


def _query(account: User) -> Select[tuple[Clearance]]:
    return (
        select(Clearance)
        .join(Placement, Placement.id == Clearance.placement_id)
        .where(seen_by(account), Placement.state.in_(RUNNING_PLACEMENT_STATES))
    )


def _which(account: User, today: date) -> dict[str, ColumnElement[bool]]:
    unsettled = Clearance.state.in_(("open", "submitted", "refused", "expired"))
    return {
        "open": unsettled,
        "check": and_(Clearance.state == "submitted", Clearance.checked_by_vio_id == account.vio_id),
        "late": and_(unsettled, or_(Clearance.due_on < today, Clearance.state == "expired")),
        "waiver": and_(unsettled, Clearance.waiver_by_id.is_not(None)),
        "running_out": and_(Clearance.state == "cleared", Clearance.expires_on < Placement.ends_on),
    }
