"""How an account stands to a row that belongs to a VIO, a host or a person, by the names of webapp/permissions.

What is not the account's answers as if it did not exist.
"""

from __future__ import annotations

from webapp import permissions
from webapp.models import Assignment, User, Volunteer
from webapp.services.errors import NotFound

OWN_PROFILE, OWN_HOST, OWN_VIO = "own_profile", "own_host", "own_vio"
DELEGATED = "delegated"


def relations(account: User, action: str) -> tuple[str, ...]:
    """Return the relations that give the account's role something of the action; NotFound where none does."""
    found = permissions.relations(action, account.role)
    if not found:
        raise NotFound
    return found


def check_vio(account: User, action: str, vio_id: int | None) -> int:
    """Return the VIO of a row; NotFound unless it is the account's, and this gives its role the action.

    To whom only some countries are delegated, nothing is given that is the whole VIO's (services/delegations.py).
    """
    is_own = vio_id is not None and account.vio_id == vio_id and not account.is_delegated
    if vio_id is None or not permissions.may(action, account.role, OWN_VIO if is_own else None):
        raise NotFound
    return vio_id


def check_host(account: User, action: str, assignment: Assignment) -> None:
    """Raise NotFound unless the assignment is of the account's organization, and this gives its role the action."""
    is_own = account.host_id is not None and account.host_id == assignment.host_id
    if not permissions.may(action, account.role, OWN_HOST if is_own else None):
        raise NotFound


def check_profile(account: User, action: str, volunteer: Volunteer) -> None:
    """Raise NotFound unless the profile is the account's own, and this gives its role the action."""
    if not permissions.may(action, account.role, OWN_PROFILE if volunteer.user_id == account.id else None):
        raise NotFound
