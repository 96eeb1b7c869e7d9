"""One host of the demonstration that answers by mail: whoever signed in for it has left, and people wait."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.models import Application, Assignment, Placement, User
from webapp.models.accounts import HOST
from webapp.models.placements import RUNNING_PLACEMENT_STATES
from webapp.services.by_mail import asking


def write(session: Session, shown: set[str]) -> None:
    """Close the account of the host with most applicants who wait; the background then sends it links.

    Not one whose address is `shown` to try the demonstration with, and none at which somebody is or will be.
    """
    placed = select(Assignment.host_id).join(Placement, Placement.assignment_id == Assignment.id)
    placed = placed.where(Placement.state.in_(RUNNING_PLACEMENT_STATES))
    query = (
        select(User)
        .join(Assignment, Assignment.host_id == User.host_id)
        .join(Application, Application.assignment_id == Assignment.id)
        .where(User.role == HOST, User.email.not_in(shown), User.host_id.not_in(placed))
        .where(Assignment.state == "open", Application.state == "submitted")
        .group_by(User.id)
        .order_by(func.count(Application.id).desc(), User.id)
    )
    left = session.scalars(query.limit(1)).first()
    if left is None:
        return
    left.active = False
    session.flush()
    for assignment in session.scalars(select(Assignment).where(Assignment.host_id == left.host_id)).all():
        waiting = (Application.assignment_id == assignment.id, Application.state == "submitted")
        if session.scalar(select(Application.id).where(*waiting).limit(1)) is not None:
            asking.ask(session, assignment)
