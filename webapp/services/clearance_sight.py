"""Who may open which clearance, and who decides on it. What is not theirs answers as if it did not exist."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import permissions
from webapp.models import Clearance, Placement, User
from webapp.services import clearance_lists, placement_sight
from webapp.services.errors import NotFound
from webapp.services.placement_sight import placement_for, seen_by
from webapp.services.relations import DELEGATED, OWN_PROFILE

HOLDS: dict[str, Callable[[User, Clearance], bool]] = {
    OWN_PROFILE: lambda account, clearance: clearance.placement.volunteer.user_id == account.id,
    "checking_vio": lambda account, clearance: _is_checked_by(account, clearance) and not account.is_delegated,
    DELEGATED: lambda account, clearance: (
        _is_checked_by(account, clearance) and placement_sight.HOLDS[DELEGATED](account, clearance.placement)
    ),
}


def clearance_for(session: Session, account: User, clearance_id: int) -> Clearance:
    """Return a clearance to its volunteer and to coordinators of the placement's two VIOs; to no host."""
    query = select(Clearance).join(Placement, Placement.id == Clearance.placement_id)
    found = session.scalar(query.where(Clearance.id == clearance_id, seen_by(account, "clearance.open")))
    if found is None:
        raise NotFound
    return found


def checks(account: User, clearance: Clearance) -> bool:
    """Whether the account works for the VIO that checks it."""
    return permissions.held("clearance.check", account.role, HOLDS, account, clearance) is not None


def check_checks(account: User, clearance: Clearance) -> None:
    """Raise NotFound unless the account works for the VIO that checks it."""
    if not checks(account, clearance):
        raise NotFound


def opens_documents(account: User, clearance: Clearance) -> bool:
    """Whether it is the volunteer, or a coordinator of the VIO that checks it; nobody else opens a document."""
    return permissions.held("document.open", account.role, HOLDS, account, clearance) is not None


def results_for_host(session: Session, account: User, placement_id: int, today: date) -> list[tuple[Clearance, bool]]:
    """Return to a host what has to be cleared, and whether it is: never how it stands, or what was handed in."""
    placement = placement_for(session, account, placement_id)
    placement_sight.check(account, "clearance.see_result", placement)
    found = clearance_lists.clearances_of(session, placement)
    return [(one, one.holds(today)) for one in found if one.is_mandatory and one.state != "waived"]


def _is_checked_by(account: User, clearance: Clearance) -> bool:
    return clearance.checked_by_vio_id == account.vio_id
