"""The training of volunteers as a clearance: whoever has passed the course has cleared it, without anybody's doing."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Clearance, Placement, User, Volunteer
from webapp.models.clearances import TRAINING_ITEM
from webapp.models.placements import RUNNING_PLACEMENT_STATES
from webapp.services.locks import hold
from webapp.services.moves import move

UNDECIDED = ("open", "submitted")


def settle_passed(session: Session, account: User, volunteer: Volunteer) -> None:
    """Clear it on every list of somebody who passes the course now, whatever an office had said before."""
    _settle(session, account, volunteer, (*UNDECIDED, "refused", "expired"))


def settle_known(session: Session, account: User | None, volunteer: Volunteer) -> None:
    """Clear it on every list of somebody who passed the course before; what an office asked for again waits for it."""
    _settle(session, account, volunteer, UNDECIDED, Clearance.words == "")


def _settle(
    session: Session, account: User | None, volunteer: Volunteer, states: tuple[str, ...], *also: ColumnElement[bool]
) -> None:
    query = (
        select(Clearance)
        .join(Placement, Placement.id == Clearance.placement_id)
        .where(Placement.volunteer_id == volunteer.id, Placement.state.in_(RUNNING_PLACEMENT_STATES))
        .where(Clearance.item == TRAINING_ITEM, Clearance.state.in_(states), *also)
        .order_by(Clearance.placement_id)
    )
    for clearance in session.scalars(query).all():
        hold(session, clearance.placement, clearance)
        if clearance.placement.is_running and clearance.state in states:  # nobody was quicker
            _clear(session, account, clearance)


def _clear(session: Session, account: User | None, clearance: Clearance) -> None:
    clearance.words, clearance.state_at = "", clock.now()
    clearance.waiver_reason, clearance.waiver_by_id = "", None
    move(session, account, clearance, "cleared", vio_id=clearance.checked_by_vio_id, item=clearance.item, by="course")
