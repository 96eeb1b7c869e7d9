"""Who may open which offer and placement. What is not theirs answers as if it did not exist."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from webapp.models import Assignment, Offer, Placement, User, Volunteer
from webapp.models.accounts import COORDINATOR, HOST, VOLUNTEER
from webapp.services.errors import NotFound


def check_decides(account: User, vio_id: int) -> None:
    """Raise NotFound unless the account is a coordinator of the VIO that decides, the receiving one."""
    if account.role != COORDINATOR or account.vio_id != vio_id:
        raise NotFound


def check_own(account: User, volunteer: Volunteer) -> None:
    """Raise NotFound unless the profile is the account's own."""
    if account.role != VOLUNTEER or volunteer.user_id != account.id:
        raise NotFound


def decides(account: User, placement: Placement) -> bool:
    """Whether the account decides on the placement, and not only sees it."""
    return account.role == COORDINATOR and account.vio_id == placement.receiving_vio_id


def offer_for(session: Session, account: User, offer_id: int) -> Offer:
    """Return an offer to its volunteer, or to a coordinator of the VIO that made it."""
    query = select(Offer).join(Volunteer, Volunteer.id == Offer.volunteer_id).where(Offer.id == offer_id)
    mine = Offer.vio_id == account.vio_id if account.role == COORDINATOR else Volunteer.user_id == account.id
    found = session.scalar(query.where(mine)) if account.role in (COORDINATOR, VOLUNTEER) else None
    if found is None:
        raise NotFound
    return found


def placement_for(session: Session, account: User, placement_id: int) -> Placement:
    """Return a placement to its volunteer, its host, and coordinators of the sending and the receiving VIO."""
    query = select(Placement).where(Placement.id == placement_id, seen_by(account))
    found = session.scalar(query)
    if found is None:
        raise NotFound
    return found


def seen_by(account: User) -> ColumnElement[bool]:
    """Return the condition of placements that the account may open."""
    if account.role == VOLUNTEER:
        return Placement.volunteer_id.in_(select(Volunteer.id).where(Volunteer.user_id == account.id))
    if account.role == HOST:
        return Placement.assignment_id.in_(select(Assignment.id).where(Assignment.host_id == account.host_id))
    if account.role == COORDINATOR:
        return or_(Placement.receiving_vio_id == account.vio_id, Placement.sending_vio_id == account.vio_id)
    return Placement.id.in_(())
