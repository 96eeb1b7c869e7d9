"""The focal points and supporters of a VIO."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import User
from webapp.models.accounts import FOCAL_POINT, SUPPORTER
from webapp.services.relations import check_vio
from webapp.services.safeguarding import safety_letters

FEWEST = 2  # so that a report that names one has somebody else to read it


def focal_points(session: Session, vio_id: int) -> list[User]:
    """Return who reads a VIO's reports, the first one first."""
    return _active(session, vio_id, FOCAL_POINT)


def supporters(session: Session, vio_id: int) -> list[User]:
    """Return who can stand beside a VIO's volunteers."""
    return _active(session, vio_id, SUPPORTER)


def _active(session: Session, vio_id: int, role: str) -> list[User]:
    query = select(User).where(User.vio_id == vio_id, User.role == role, User.active)
    return list(session.scalars(query.order_by(User.id)))


def joined(session: Session, account: User) -> None:
    """Tell the others when a focal point joins."""
    for other in focal_points(session, check_focal_point(account)):
        if other.id != account.id:
            safety_letters.somebody_joined(session, other, account.display_name or account.email)


def check_focal_point(account: User) -> int:
    """Return the VIO of a focal point; raise NotFound for everybody else."""
    return check_vio(account, "duty.keep", account.vio_id)
