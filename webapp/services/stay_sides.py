"""For which side of a placement an account speaks, and who may open what its people share."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from webapp.models import Application, Placement, User, Volunteer
from webapp.models.accounts import COORDINATOR
from webapp.models.accounts import HOST as HOST_ROLE
from webapp.models.accounts import VOLUNTEER as VOLUNTEER_ROLE
from webapp.services.errors import NotFound
from webapp.services.placement_sight import placement_for, seen_by
from webapp.services.visibility import sight_of

VOLUNTEER, HOST, OFFICE = "volunteer", "host", "office"


def side_of(account: User, placement: Placement) -> str:
    """Return volunteer, host or office (of the sending or the receiving VIO); NotFound for everybody else."""
    if account.role == VOLUNTEER_ROLE and placement.volunteer.user_id == account.id:
        return VOLUNTEER
    if account.role == HOST_ROLE and placement.assignment.host_id == account.host_id:
        return HOST
    if account.role == COORDINATOR and account.vio_id in (placement.sending_vio_id, placement.receiving_vio_id):
        return OFFICE
    raise NotFound


def shared_placement(session: Session, account: User, placement_id: int) -> Placement:
    """Return a placement whose shared pages the account may open; they name the volunteer, so not everybody may."""
    placement = placement_for(session, account, placement_id)
    if not may_share(session, account, placement):
        raise NotFound
    return placement


def may_share(session: Session, account: User, placement: Placement) -> bool:
    """Whether the account may open the shared pages of a placement that it sees."""
    return sight_of(session, account, placement.volunteer, placement.assignment).name


def shared_with(account: User) -> ColumnElement[bool]:
    """Return the condition of placements whose shared pages count for the account: not after a withdrawn application.

    A person of the own VIO stays visible to it, and everybody to themselves.
    """
    last = select(Application.state).where(
        Application.volunteer_id == Placement.volunteer_id, Application.assignment_id == Placement.assignment_id
    )
    is_there = last.order_by(Application.id.desc()).limit(1).scalar_subquery() != "withdrawn"
    if account.role == VOLUNTEER_ROLE:
        return seen_by(account)
    if account.role == COORDINATOR:
        # Asked of each person: a list of all people of an office would be read for every page.
        of_whom = select(Volunteer.vio_id).where(Volunteer.id == Placement.volunteer_id).scalar_subquery()
        return and_(seen_by(account), or_(of_whom == account.vio_id, is_there))
    return and_(seen_by(account), is_there)
