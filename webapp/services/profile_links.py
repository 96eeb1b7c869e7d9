"""Links to profiles that nobody has claimed lead there only while they went to the address that stands in the profile.

An address that an office corrects was a stranger's: whoever reads there must neither see nor delete the profile.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, delete, exists, func, select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Invitation, Mail, User, Volunteer
from webapp.portions import portions
from webapp.services import audit
from webapp.services.locks import hold
from webapp.services.one_time_links import hash_of

_AT_ONCE = 500


def still_opens() -> ColumnElement[bool]:
    """Return the condition that nobody has used an invitation and its time is not over."""
    return Invitation.accepted_at.is_(None) & (Invitation.expires_at > clock.now())


def is_to_present_address() -> ColumnElement[bool]:
    """Return the condition that an invitation went to the address of the unclaimed profile beside it."""
    return (Invitation.volunteer_id == Volunteer.id) & (Invitation.email == func.lower(Volunteer.email))


def leads_there() -> ColumnElement[bool]:
    """Return the condition that an invitation is about no profile, or still leads to an unclaimed one."""
    profile = exists(select(Volunteer.id).where(is_to_present_address(), Volunteer.user_id.is_(None)))
    return Invitation.volunteer_id.is_(None) | profile


def went_elsewhere(invitation: Invitation, volunteer: Volunteer) -> bool:
    """Whether the link went to an address that is not, or no longer, the profile's."""
    return invitation.email != (volunteer.email or "").strip().lower()


def end(session: Session, actor: User | None, people: Sequence[Volunteer]) -> None:
    """End the open links to these profiles, before their addresses change; letters that have not gone go with them.

    A person who takes the profile over at this moment comes first: their `user_id` is read anew.
    """
    people = sorted(people, key=lambda one: one.id)
    for some in portions(people, _AT_ONCE):
        of_them = Invitation.volunteer_id.in_([one.id for one in some])
        query = select(Invitation).where(of_them, still_opens())
        ended = session.scalars(query.order_by(Invitation.id).with_for_update()).all()
        for invitation in ended:
            invitation.expires_at = clock.now()
            audit.record(session, actor, "invitation_ended", invitation, why="address")
        _drop_letters(session, ended)
        hold(session, *some)


def _drop_letters(session: Session, ended: Sequence[Invitation]) -> None:
    """Delete the letters that would still bring these links; only a letter itself holds its token."""
    hashes = {one.token_hash for one in ended}
    unsent = select(Mail).where(Mail.sent_at.is_(None), Mail.to.in_({one.email for one in ended}))
    for letter in session.scalars(unsent).all():
        if any(hash_of(address.rpartition("/")[2]) in hashes for address in letter.secrets.split()):
            session.delete(letter)
    session.flush()


def drop_letters_to(session: Session, office: str, addresses: Collection[str]) -> None:
    """Delete the letters of an office to people without an account."""
    to = sorted({one.lower() for one in addresses})
    for some in portions(to, _AT_ONCE):
        to_them = func.lower(Mail.to).in_(some)
        session.execute(delete(Mail).where(to_them, Mail.user_id.is_(None), Mail.office == office))
