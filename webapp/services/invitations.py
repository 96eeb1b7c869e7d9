"""Links by which staff, people of a host organization, and people whose profile an office made get an account."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock, permissions, vocabulary
from webapp.models import Host, Invitation, User, Vio, Volunteer
from webapp.models.accounts import ADMINISTRATOR, COORDINATOR, FOCAL_POINT, HOST, STAFF, SUPPORTER, VOLUNTEER
from webapp.services import accounts, audit, delegating, profile_links
from webapp.services.delegations import own_hosts, relation_to_host
from webapp.services.errors import NotFound, Refused
from webapp.services.letter_kinds import ACCOUNT
from webapp.services.letters import write_letter
from webapp.services.one_time_links import Link, hash_of, new_token
from webapp.services.readers import without_account
from webapp.services.relations import DELEGATED
from webapp.services.safeguarding import duty, people
from webapp.words import Words, joined, lazy

DAYS = 14
INVITE = "invitation.send"  # the action in the table of permissions: its fields are the roles that one may invite

SUBJECTS: dict[str, Words] = {
    COORDINATOR: lazy("Your account as a coordinator of %(of)s"),
    ADMINISTRATOR: lazy("Your account as an administrator"),
    HOST: lazy("An account for %(of)s"),
    VOLUNTEER: lazy("%(of)s keeps a profile of you: please look at it"),
    FOCAL_POINT: lazy("Your account as a safeguarding focal point of %(of)s"),
    SUPPORTER: lazy("Your account as a supporter of volunteers of %(of)s"),
}
BODIES: dict[str, Words] = {
    COORDINATOR: lazy("You are invited to work as a coordinator of %(of)s."),
    ADMINISTRATOR: lazy("You are invited to look after the accounts and settings of Caravanserai."),
    HOST: lazy("You are invited to describe assignments for volunteers on behalf of %(of)s."),
    VOLUNTEER: lazy(
        "%(of)s has put your profile into Caravanserai, where volunteers are matched with assignments. The page behind "
        "this link shows all that is kept about you. You decide: take it over, change what you agree to, or have it "
        "deleted at once."
    ),
    FOCAL_POINT: lazy(
        "You are invited to be a safeguarding focal point of %(of)s: you read what people report, and help those who "
        "call for help. Coordinators do not see it."
    ),
    SUPPORTER: lazy(
        "You are invited to stand beside volunteers of %(of)s as a confidential supporter. What they write to you, "
        "nobody else reads."
    ),
}
FOR_COUNTRIES = lazy("You act for these countries: %(countries)s.")
NOBODY_FOR_ALL = lazy(
    "The account cannot be made now: nobody acts for all of this organization. Write to the one who invited you."
)
TOO_OLD = lazy("This link is too old. Ask the one who sent it for a new one.")
ENDING = lazy("%(link)s\n\nThe link works once, until %(day)s. If this is not for you, do nothing.")


def invite_staff(
    session: Session,
    actor: User,
    role: str,
    email: str,
    vio: Vio | None,
    link: Link,
    countries: Collection[str] = (),
) -> Invitation:
    """Invite a coordinator or focal point of a VIO, or an administrator; a coordinator also for some countries only.

    Refused as such a change later on is: where nobody acts for all of the VIO.
    """
    if role not in STAFF or (role == ADMINISTRATOR) != (vio is None):
        raise Refused(lazy("Choose the organization for which the person will work."))
    delegated = delegating.chosen(countries)
    if delegated and role != COORDINATOR:
        raise Refused(lazy("Only coordinators act for some countries. Tick none, or invite a coordinator."))
    if delegated and vio is not None:
        delegating.check_is_whole(session, vio.id)
    invitation = Invitation(email=email, role=role, vio_id=vio.id if vio else None, delegated=delegated)
    return _send(session, actor, invitation, vio.name if vio else "", link)


def invite_for_safety(session: Session, actor: User, role: str, email: str, link: Link) -> Invitation:
    """Invite a focal point or a supporter for one's own VIO."""
    vio = session.get(Vio, actor.vio_id) if actor.vio_id else None
    if vio is None or role not in (FOCAL_POINT, SUPPORTER):
        raise NotFound
    return _send(session, actor, Invitation(email=email, role=role, vio_id=vio.id), vio.name, link)


def invite_host(session: Session, actor: User, host: Host, email: str, link: Link) -> Invitation:
    """Invite a person of a host organization: its own people and its VIO's coordinators may."""
    is_own = host.id == actor.host_id if actor.role == HOST else relation_to_host(actor, host) is not None
    if not is_own:
        raise NotFound
    return _send(
        session, actor, Invitation(email=email, role=HOST, vio_id=host.vio_id, host_id=host.id), host.name, link
    )


def invite_volunteer(session: Session, actor: User, volunteer: Volunteer, link: Link) -> Invitation:
    """Send the link by which a person claims, changes or refuses the profile that an office made of them."""
    if volunteer.vio_id != actor.vio_id or actor.is_delegated:
        raise NotFound
    if volunteer.is_claimed:
        raise Refused(lazy("This person has an account already."))
    if not volunteer.email:
        raise Refused(lazy("There is no e-mail address in this profile. Add it to your list and import it again."))
    invitation = Invitation(email=volunteer.email, role=VOLUNTEER, vio_id=volunteer.vio_id, volunteer_id=volunteer.id)
    return _send(session, actor, invitation, volunteer.vio.name, link)


def _send(session: Session, actor: User, invitation: Invitation, of: str, link: Link) -> Invitation:
    """Store the invitation, end older ones for the same, and write the letter; only a hash of the token stays."""
    if invitation.role not in _invitable(actor):
        raise NotFound
    invitation.email = invitation.email.strip().lower()
    if invitation.role != VOLUNTEER and accounts.find_by_email(session, invitation.email):
        raise Refused(lazy("There is an account with this address already."))
    _end_older(session, invitation)
    token = _new_token(invitation)
    invitation.invited_by_id = actor.id
    session.add(invitation)
    audit.record(session, actor, "invited", invitation, **_said(invitation))
    _write(session, invitation, of, link(token))
    return invitation


def _said(invitation: Invitation) -> dict[str, Any]:
    """Return what the audit trail says of an invitation."""
    countries = {"countries": list(invitation.delegated)} if invitation.delegated else {}
    return {"role": invitation.role, **countries}


def _invitable(actor: User) -> frozenset[str]:
    held = permissions.relations(INVITE, actor.role)
    held = tuple(one for one in held if (one == DELEGATED) == actor.is_delegated)
    given = (permissions.fields(INVITE, actor.role, one) for one in held)
    return frozenset[str]().union(*given)


def _new_token(invitation: Invitation) -> str:
    token, invitation.token_hash = new_token()
    invitation.created_at = clock.now()
    invitation.expires_at = invitation.created_at + timedelta(days=DAYS)
    return token


def _end_older(session: Session, invitation: Invitation) -> None:
    if invitation.volunteer_id:  # whatever the address: the profile may have had another one
        same = [Invitation.volunteer_id == invitation.volunteer_id]
    else:
        same = [Invitation.email == invitation.email, Invitation.role == invitation.role]
        same.append(Invitation.host_id.is_not_distinct_from(invitation.host_id))
    for older in session.scalars(select(Invitation).where(*same, Invitation.accepted_at.is_(None))):
        older.expires_at = min(older.expires_at, clock.now())


def _write(session: Session, invitation: Invitation, of: str, address: str) -> None:
    subject, body = SUBJECTS[invitation.role], BODIES[invitation.role]
    ending = lazy(ENDING.text, link=address, day=invitation.expires_at.date())
    countries = [lazy(FOR_COUNTRIES.text, countries=partial(_names, invitation.delegated))]
    text = joined((lazy(body.text, of=of), *(countries if invitation.delegated else []), ending))
    reader = without_account(invitation.email, session.get(Vio, invitation.vio_id) if invitation.vio_id else None)
    write_letter(session, reader, ACCOUNT, lazy(subject.text, of=of), text, secrets=[address])


def _names(codes: Sequence[str], language: str) -> str:
    return ", ".join(vocabulary.country_name(code, language) for code in codes)


def waiting(session: Session, actor: User) -> list[Invitation]:
    """Return what nobody has accepted yet of those whom the account may invite, within its own VIO or host."""
    query = select(Invitation).where(Invitation.accepted_at.is_(None), Invitation.role.in_(_invitable(actor)))
    query = query.where(profile_links.leads_there())
    if actor.role in (COORDINATOR, FOCAL_POINT):
        query = query.where(Invitation.vio_id == actor.vio_id)
        if actor.is_delegated:
            query = query.where(Invitation.host_id.in_(select(Host.id).where(own_hosts(actor))))
    elif actor.role == HOST:
        query = query.where(Invitation.host_id == actor.host_id)
    query = query.order_by(Invitation.id.desc())
    newest: dict[tuple[str, str, int | None], Invitation] = {}
    for invitation in session.scalars(query):
        newest.setdefault((invitation.email, invitation.role, invitation.volunteer_id), invitation)
    return list(newest.values())


def people_of(session: Session, host: Host) -> list[User]:
    """Return the accounts of a host organization, by address; the caller may see the host."""
    return list(session.scalars(select(User).where(User.host_id == host.id).order_by(User.email)))


def send_again(session: Session, actor: User, invitation_id: int, link: Link) -> Invitation:
    """Send an invitation once more with a new link; the old link stops."""
    invitation = next((one for one in waiting(session, actor) if one.id == invitation_id), None)
    if invitation is None:
        raise NotFound
    token = _new_token(invitation)
    audit.record(session, actor, "invited_again", invitation, **_said(invitation))
    _write(session, invitation, of_whom(session, invitation), link(token))
    return invitation


def take_back(session: Session, actor: User, invitation_id: int) -> None:
    """Take an invitation back: its link stops at once."""
    invitation = next((one for one in waiting(session, actor) if one.id == invitation_id), None)
    if invitation is None:
        raise NotFound
    audit.record(session, actor, "invitation_taken_back", invitation, role=invitation.role)
    session.delete(invitation)
    session.flush()


def of_whom(session: Session, invitation: Invitation) -> str:
    """Return the name of the organization that the invitation speaks for."""
    if invitation.host_id:
        return session.get_one(Host, invitation.host_id).name
    return session.get_one(Vio, invitation.vio_id).name if invitation.vio_id else ""


def find(session: Session, token: str) -> Invitation:
    """Return the invitation behind a link; NotFound where there is none, Refused where it is used or too old."""
    query = select(Invitation).where(Invitation.token_hash == hash_of(token)).with_for_update()
    invitation = session.scalar(query)
    if invitation is None:
        raise NotFound
    if invitation.accepted_at is not None:
        raise Refused(lazy("This link has been used. Sign in with your e-mail address and password."))
    if invitation.expires_at <= clock.now():
        raise Refused(TOO_OLD)
    return invitation


def accept(session: Session, invitation: Invitation, own_name: str, password_hash: str, locale: str) -> User:
    """Make the account of staff or of a host organization, and use up the link."""
    if invitation.role == VOLUNTEER:
        raise Refused(lazy("This link is for taking over a profile."))
    if accounts.find_by_email(session, invitation.email):
        raise Refused(lazy("There is an account with this address already. Sign in with it."))
    account = accounts.create_account(
        session,
        invitation.email,
        password_hash,
        invitation.role,
        vio_id=invitation.vio_id,
        host_id=invitation.host_id,
        display_name=own_name,
        locale=locale,
        delegated=list(invitation.delegated),
    )
    try:
        delegating.check_has_somebody_for_all(session, account)
    except Refused as refused:
        raise Refused(NOBODY_FOR_ALL) from refused
    if invitation.role == FOCAL_POINT and invitation.vio_id is not None:
        duty.prepare(session, invitation.vio_id)
        people.joined(session, account)
    invitation.accepted_at = clock.now()
    audit.record(session, account, "invitation_accepted", invitation, **_said(invitation))
    return account
