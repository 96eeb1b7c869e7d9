"""People of the demonstration who act themselves."""

from __future__ import annotations

from webapp.models import User, Volunteer


def account_of(volunteer: Volunteer) -> User:
    """Return the account of a volunteer; LookupError for somebody of whom nobody said that they have claimed it."""
    if volunteer.user is None:
        raise LookupError(f"The demonstration lets volunteer {volunteer.id} act, who has no account")
    return volunteer.user
