"""To whom a letter goes: a volunteer, or the people of a host organization or of a VIO."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Assignment, Host, User, Volunteer
from webapp.models.accounts import COORDINATOR, HOST
from webapp.services.delegations import may_know
from webapp.services.letters import write_letter
from webapp.services.readers import with_account, without_account
from webapp.words import Words


def write_to_account(session: Session, account: User, kind: str, subject: Words, body: Words) -> None:
    """Write to one account."""
    write_letter(session, with_account(account), kind, subject, body)


def write_to_volunteer(
    session: Session, volunteer: Volunteer, kind: str, subject: Words, body: Words, *, secrets: Sequence[str] = ()
) -> None:
    """Write to the person's own account; an unclaimed profile gets no letter (its consent may cover none)."""
    if volunteer.user is not None:
        write_letter(session, with_account(volunteer.user), kind, subject, body, secrets=secrets)


def write_to_host(
    session: Session, host: Host, kind: str, subject: Words, body: Words, *, secrets: Sequence[str] = ()
) -> None:
    """Write to every account of the organization, else to its contact address."""
    query = select(User).where(User.role == HOST, User.host_id == host.id, User.active).order_by(User.id)
    readers = [with_account(account) for account in session.scalars(query)]
    if not readers and host.contact_email:
        readers = [without_account(host.contact_email, host.vio)]
    for reader in readers:
        write_letter(session, reader, kind, subject, body, secrets=secrets)


def has_accounts(session: Session, host: Host) -> bool:
    """Whether somebody of the organization can sign in."""
    query = select(User.id).where(User.role == HOST, User.host_id == host.id, User.active).limit(1)
    return session.scalar(query) is not None


def coordinators_of(session: Session, vio_id: int) -> Sequence[User]:
    """Return the coordinators of a VIO who can sign in."""
    query = select(User).where(User.role == COORDINATOR, User.vio_id == vio_id, User.active).order_by(User.id)
    return session.scalars(query).all()


def write_to_coordinators(
    session: Session, vio_id: int, kind: str, subject: Words, body: Words, about: Assignment | Host | None = None
) -> None:
    """Write to the coordinators of a VIO; where countries are delegated to one, only of what is `about` work there.

    There is always one to whom none is delegated (staff.py), so nothing is written to nobody.
    """
    for account in coordinators_of(session, vio_id):
        if may_know(account, about):
            write_to_account(session, account, kind, subject, body)
