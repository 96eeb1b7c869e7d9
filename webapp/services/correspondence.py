"""To whom a letter goes: a volunteer, or the people of a host organization or of a VIO."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Host, User, Volunteer
from webapp.models.accounts import COORDINATOR, HOST
from webapp.services.letters import write_letter
from webapp.words import Words


def write_to_volunteer(session: Session, volunteer: Volunteer, subject: Words, body: Words) -> None:
    """Write to the person's own account; an unclaimed profile gets no letter (its consent may cover none)."""
    if volunteer.user is not None:
        write_letter(session, volunteer.user.email, str(subject), str(body))


def write_to_host(session: Session, host: Host, subject: Words, body: Words) -> None:
    """Write to every account of the organization, else to its contact address."""
    query = select(User.email).where(User.role == HOST, User.host_id == host.id, User.active)
    addresses = list(session.scalars(query)) or [host.contact_email or ""]
    for address in addresses:
        if address:
            write_letter(session, address, str(subject), str(body))


def has_accounts(session: Session, host: Host) -> bool:
    """Whether somebody of the organization can sign in."""
    query = select(User.id).where(User.role == HOST, User.host_id == host.id, User.active).limit(1)
    return session.scalar(query) is not None


def write_to_coordinators(session: Session, vio_id: int, subject: Words, body: Words) -> None:
    """Write to every coordinator of a VIO."""
    query = select(User.email).where(User.role == COORDINATOR, User.vio_id == vio_id, User.active)
    for address in session.scalars(query):
        write_letter(session, address, str(subject), str(body))
