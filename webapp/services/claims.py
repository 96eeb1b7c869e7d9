"""A person takes over, or refuses, the profile that an office had made of them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Invitation, User, Volunteer
from webapp.models.accounts import VOLUNTEER
from webapp.models.consents import ABROAD, MATCHING
from webapp.services import accounts, audit, consents, invitations, profile_links, ranking
from webapp.services.bars import likenesses
from webapp.services.errors import NotFound, Refused
from webapp.services.locks import hold
from webapp.services.own_data import refusal
from webapp.services.own_data.erasure import Folders
from webapp.services.own_data.erasure_notes import note_once_stored
from webapp.words import lazy

HOW = "when taking over the profile"


@dataclass(frozen=True)
class Claim:
    """What the person says on taking over: age, and each consent anew."""

    is_adult: bool
    matching: bool
    abroad: bool


def profile_of(session: Session, invitation: Invitation) -> Volunteer:
    """Return the unclaimed profile that the link is about; Refused where it went to an address of before."""
    volunteer = session.get(Volunteer, invitation.volunteer_id) if invitation.volunteer_id else None
    if volunteer is None or volunteer.is_claimed:
        raise NotFound
    if profile_links.went_elsewhere(invitation, volunteer):
        raise Refused(invitations.TOO_OLD)
    return volunteer


def claim(session: Session, invitation: Invitation, claim: Claim, password_hash: str, locale: str) -> User:
    """Give the person an account on the profile; the consents are those given now, not those of the list."""
    volunteer = profile_of(session, invitation)
    if not claim.is_adult:
        raise Refused(lazy("This service is for people who are 18 or over. You can have the profile deleted below."))
    if accounts.find_by_email(session, invitation.email):
        raise Refused(lazy("You have an account with this address already. Have this second profile deleted below."))
    account = accounts.create_account(
        session, invitation.email, password_hash, VOLUNTEER, vio_id=volunteer.vio_id, locale=locale
    )
    volunteer.user_id, volunteer.is_adult, volunteer.updated_at = account.id, True, clock.now()
    invitation.accepted_at = clock.now()
    session.flush()
    session.expire(volunteer, ["user"])
    audit.record(session, account, "profile_claimed", volunteer)
    _settle(session, account, volunteer, MATCHING, claim.matching)
    _settle(session, account, volunteer, ABROAD, claim.matching and claim.abroad)
    likenesses.look(session, volunteer.vio_id, [volunteer])
    ranking.rank_volunteer(session, volunteer)
    return account


def _settle(session: Session, account: User, volunteer: Volunteer, purpose: str, agrees: bool) -> None:
    """Put the person's own word in the place of what the list stated."""
    stated = consents.standing(session, volunteer, purpose)
    if not agrees:
        if stated is not None:
            consents.withdraw(session, account, volunteer, purpose)
        return
    if stated is not None:
        stated.withdrawn_at = clock.now()  # the list's statement ends where the own word begins
        session.flush()
    consents.give(session, account, volunteer, purpose, HOW)


def refuse(session: Session, invitation: Invitation, folders: Folders) -> None:
    """Delete the profile because the person wants none, and what else there is of them.

    The audit keeps that it happened, not who it was; a note by number keeps a restore from bringing it back.
    """
    number = invitation.id
    waiting = refusal.lists_with(session, profile_of(session, invitation), folders)
    volunteer = _still_there(session, number)
    note_once_stored(session, folders.backups, None, volunteer.id)
    refusal.take_along(session, volunteer, waiting, folders)
    audit.record(session, None, "profile_refused", volunteer)
    delete_unclaimed(session, volunteer)


def _still_there(session: Session, number: int) -> Volunteer:
    """Return the profile as it is now that lists were read; a second click on the same link may have come first."""
    session.expire_all()
    invitation = session.get(Invitation, number)
    if invitation is None:
        raise NotFound
    volunteer = profile_of(session, invitation)
    hold(session, volunteer)
    return profile_of(session, invitation)


def delete_unclaimed(session: Session, volunteer: Volunteer) -> None:
    """Delete an unclaimed profile with all that hangs on it, and the links to it."""
    if volunteer.is_claimed:
        raise Refused(lazy("This profile belongs to an account."))
    session.execute(delete(Invitation).where(Invitation.volunteer_id == volunteer.id))
    session.delete(volunteer)
    session.flush()
