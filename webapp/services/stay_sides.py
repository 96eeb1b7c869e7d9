"""For which side of a placement an account speaks, and who may open what its people share."""

from __future__ import annotations

from sqlalchemy.orm import Session

from webapp.models import Placement, User
from webapp.models.accounts import COORDINATOR
from webapp.models.accounts import HOST as HOST_ROLE
from webapp.models.accounts import VOLUNTEER as VOLUNTEER_ROLE
from webapp.services.errors import NotFound
from webapp.services.placement_sight import placement_for
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
    if not sight_of(session, account, placement.volunteer, placement.assignment).name:
        raise NotFound
    return placement
