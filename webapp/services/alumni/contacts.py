"""Whom an office may ask what it was like: alumni of its own placements who ticked it, and who are not barred."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from webapp.models import Alumnus, Placement, User, Volunteer
from webapp.services.placement_sight import seen_by
from webapp.services.relations import relations


def who_may_be_asked(session: Session, account: User) -> list[Placement]:
    """Return the newest stay that each has completed with the coordinator's VIO, the newest first."""
    newest: dict[int, Placement] = {}
    for one in stays(session, account):
        newest.setdefault(one.volunteer_id, one)
    return list(newest.values())


def stays(session: Session, account: User) -> list[Placement]:
    """Return all that they have completed with the coordinator's VIO, the newest first."""
    relations(account, "recruitment.lead")
    query = (
        select(Placement)
        .join(Alumnus, Alumnus.volunteer_id == Placement.volunteer_id)
        .join(Volunteer, Volunteer.id == Placement.volunteer_id)
        .join(User, User.id == Volunteer.user_id)
        .where(Alumnus.may_be_asked, User.active, Volunteer.barred_at.is_(None))
        .where(Placement.state == "completed", seen_by(account))
        .options(selectinload(Placement.volunteer), selectinload(Placement.assignment))
    )
    return list(session.scalars(query.order_by(Placement.ends_on.desc(), Placement.id.desc())))
