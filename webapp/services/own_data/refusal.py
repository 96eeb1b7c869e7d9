"""What else there is of somebody who refuses the profile that a list made: it goes as it goes with an erased person."""

from __future__ import annotations

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from webapp.db import leave_no_trace_once_stored
from webapp.models import Invitation, User, Volunteer
from webapp.services import profile_links
from webapp.services.imports import erased
from webapp.services.own_data import traces
from webapp.services.own_data.erasure import Folders
from webapp.services.own_data.naming import GONE, called, pattern_of
from webapp.services.own_data.offices import strangers


def lists_with(session: Session, volunteer: Volunteer, folders: Folders) -> dict[int, list[int]]:
    """Return the lists of the office that wait and hold the person, each with its rows; nothing is held meanwhile."""
    return erased.waiting_with(session, folders.lists, [volunteer.vio_id], volunteer.full_name, [volunteer.email or ""])


def take_along(session: Session, volunteer: Volunteer, waiting: dict[int, list[int]], folders: Folders) -> None:
    """Remove lists that wait, and take the person out of reports and letters; call it before the profile goes.

    Whoever is here under the same address otherwise keeps the letters that are about that.
    """
    address = (volunteer.email or "").lower()
    erased.drop(session, folders.lists, waiting)
    named = pattern_of([*filter(None, (volunteer.full_name, address))])
    erased.take_out(session, [volunteer.vio_id], named, GONE)
    if _is_here_otherwise(session, volunteer, address):
        profile_links.drop_letters_to(session, volunteer.vio.name, [address])
    else:
        nobody = User(email=address)  # the person has no account: this one is never stored
        traces.wipe(session, called(nobody, volunteer), address, strangers(session, volunteer), folders.mail)
    leave_no_trace_once_stored(session)


def _is_here_otherwise(session: Session, volunteer: Volunteer, address: str) -> bool:
    """Whether the address has an account, another profile, or an open invitation to something else."""
    others = (
        select(User.id).where(func.lower(User.email) == address),
        select(Volunteer.id).where(func.lower(Volunteer.email) == address, Volunteer.id != volunteer.id),
        select(Invitation.id).where(
            Invitation.email == address,
            Invitation.volunteer_id.is_distinct_from(volunteer.id),
            profile_links.still_opens(),
        ),
    )
    return any(session.scalar(select(exists(one))) for one in others)
