"""Letters to the people whom a list brought in: each gets a link to look at, take over or delete the profile."""

from __future__ import annotations

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from webapp.models import Invitation, User, Volunteer
from webapp.services import counting, invitations
from webapp.services.one_time_links import Link
from webapp.services.profile_links import is_to_present_address, still_opens

AT_ONCE = 200


def count_waiting(session: Session, account: User) -> int:
    """Return how many unclaimed people of the VIO have an address and no link there that still works.

    As `up_to_most` counts, and so with those without an address.
    """
    return counting.up_to_most(session, _waiting(account).with_only_columns(Volunteer.id))


def count_without_address(session: Session, account: User) -> int:
    """Return how many unclaimed people of the VIO cannot be written to."""
    query = select(Volunteer.id).where(
        Volunteer.vio_id == account.vio_id, Volunteer.user_id.is_(None), func.coalesce(Volunteer.email, "") == ""
    )
    return counting.up_to_most(session, query)


def send(session: Session, account: User, link: Link) -> int:
    """Write to the people who wait for a link, at most AT_ONCE at a time; return to how many."""
    people = list(session.scalars(_waiting(account).order_by(Volunteer.id).limit(AT_ONCE)))
    for volunteer in people:
        invitations.invite_volunteer(session, account, volunteer, link)
    return len(people)


def _waiting(account: User) -> Select[Volunteer]:
    live = exists(
        select(Invitation.id).where(
            is_to_present_address(),
            still_opens(),
        )
    )
    return select(Volunteer).where(
        Volunteer.vio_id == account.vio_id,
        Volunteer.user_id.is_(None),
        func.coalesce(Volunteer.email, "") != "",
        ~live,
    )
