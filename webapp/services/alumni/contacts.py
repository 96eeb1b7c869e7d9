"""Whom an office may ask what it was like: alumni of its own placements who ticked it, and who are not barred."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from webapp.models import Alumnus, Placement, User, Volunteer
from webapp.models.accounts import COORDINATOR
from webapp.services.errors import NotFound


def who_may_be_asked(session: Session, account: User) -> list[Placement]:
    """Return the newest stay that each has completed with the coordinator's VIO, the newest first."""
    if account.role != COORDINATOR:
        raise NotFound
    ours = or_(Placement.sending_vio_id == account.vio_id, Placement.receiving_vio_id == account.vio_id)
    query = (
        select(Placement)
        .join(Alumnus, Alumnus.volunteer_id == Placement.volunteer_id)
        .join(Volunteer, Volunteer.id == Placement.volunteer_id)
        .join(User, User.id == Volunteer.user_id)
        .where(Alumnus.may_be_asked, User.active, Volunteer.barred_at.is_(None))
        .where(Placement.state == "completed", ours)
        .options(selectinload(Placement.volunteer), selectinload(Placement.assignment))
    )
    newest: dict[int, Placement] = {}
    for one in session.scalars(query.order_by(Placement.ends_on.desc(), Placement.id.desc())):
        newest.setdefault(one.volunteer_id, one)
    return list(newest.values())
