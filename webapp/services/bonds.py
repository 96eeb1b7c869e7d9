"""Going together: one volunteer asks, the others say yes, and each of them can end it until a place is accepted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, aliased

from webapp import clock, permissions
from webapp.models import Assignment, Bond, BondMember, JointOffer, Offer, User, Volunteer
from webapp.services import accounts, audit, joint_offers
from webapp.services.applications import check_not_barred
from webapp.services.companions import bond_of
from webapp.services.correspondence import write_to_volunteer
from webapp.services.errors import NotFound, Refused
from webapp.services.letter_kinds import INVITATIONS, OFFERS
from webapp.services.letters import write_letter
from webapp.services.locks import hold
from webapp.services.moves import check_can_move, move
from webapp.services.one_time_links import Link, hash_of, new_token
from webapp.services.placement_sight import check_own
from webapp.services.readers import with_account, without_account
from webapp.words import Words, joined, lazy

MOST_ASKED = 3
DAYS = 14
MOST_LETTERS = 12  # in a month, of one person: a link is no way to write to strangers
A_MONTH = timedelta(days=30)
# Put together once: the first page of a volunteer asks it.
_ASKED = (
    select(BondMember)
    .join(Bond, Bond.id == BondMember.bond_id)
    .where(BondMember.email == bindparam("email"), Bond.state == "asked")
    .order_by(BondMember.id)
)
ON_THE_SITE = lazy("Without the link: sign in and open “Going together”. What you are asked stands there too.")


def ask(session: Session, account: User, volunteer: Volunteer, addresses: Sequence[str], link: Link) -> Bond:
    """Ask one to three people by letter to go together; it stands when all of them have said yes."""
    check_own(account, volunteer)
    asked = [address.strip().lower() for address in addresses if address.strip()]
    if not 1 <= len(asked) <= MOST_ASKED:
        raise Refused(lazy("Give the addresses of one to three people."))
    if len(set(asked)) < len(asked) or account.email.lower() in asked:
        raise Refused(lazy("Give a different address for each person, and not your own."))
    hold(session, volunteer)
    _check_free(session, volunteer)
    now = clock.now()
    if _asked_since(session, volunteer, now - A_MONTH) + len(asked) > MOST_LETTERS:
        raise Refused(lazy("You have asked many people this month. Ask again next month, or write to your office."))
    bond = Bond(state="asked", created_at=now, state_at=now)
    bond.members = [BondMember(volunteer=volunteer, joined_at=now)]
    session.add(bond)
    for address in asked:
        token, token_hash = new_token()
        until = now + timedelta(days=DAYS)
        bond.members.append(BondMember(email=address, token_hash=token_hash, expires_at=until))
        _write_to_asked(session, volunteer, address, link(token), until.date())
    audit.record(session, account, "bond_asked", bond, account.vio_id)
    return bond


def find(session: Session, token: str) -> BondMember:
    """Return what a link asks for; NotFound where there is none, Refused where it was answered or is too old."""
    member = session.scalar(select(BondMember).where(BondMember.token_hash == hash_of(token)))
    if member is None:
        raise NotFound
    if member.joined_at is not None:
        raise Refused(lazy("This link has been used. Look under “Going together”."))
    _check_waits(member)
    return member


def asked_of(session: Session, account: User) -> list[BondMember]:
    """Return what others ask the account by its own address: who has stopped such letters can answer too."""
    if not permissions.relations("companion.keep", account.role) or account.confirmed_at is None:
        return []
    return [one for one in session.scalars(_ASKED, {"email": account.email.lower()}) if _waits(one)]


def asked_for(session: Session, account: User, member_id: int) -> BondMember:
    """Return one of these; NotFound where it is asked of somebody else, or does not wait any more."""
    found = next((one for one in asked_of(session, account) if one.id == member_id), None)
    if found is None:
        raise NotFound
    return found


def say_yes(session: Session, account: User, member: BondMember) -> Bond:
    """Agree to go together, as whom a link or the own address has found; with the last yes it stands, all are told."""
    volunteer, bond = _own(session, account), member.bond
    hold(session, volunteer, bond)
    session.refresh(member)
    _check_waits(member)
    _check_free(session, volunteer)
    member.volunteer, member.email, member.joined_at = volunteer, "", clock.now()
    session.flush()
    if len(bond.people) == len(bond.members):
        move(session, account, bond, "standing")
        bond.state_at = clock.now()
        _tell(
            session,
            [one for one in bond.people if one.id != volunteer.id],
            lazy("You go together"),
            lazy(
                "Everybody has said yes: you go together or not at all. When one of you applies, the others get a "
                "letter; offers are made to all of you at once. Each of you can end it under “Going together” until an "
                "offer is accepted."
            ),
        )
    return bond


def say_no(session: Session, account: User, member: BondMember) -> None:
    """Rather not: nothing is kept of the person who was asked, and the others are told kindly."""
    _own(session, account)
    bond = member.bond
    hold(session, bond)
    _check_waits(member)
    _end(session, account, bond, bond.people)


def end(session: Session, account: User, bond_id: int) -> Bond:
    """End it: offers that wait for all of them end with it. Not once a place is accepted: then placements run."""
    volunteer = _own(session, account)
    bond = session.get(Bond, bond_id)
    if bond is None or volunteer not in bond.people:
        raise NotFound
    held = _assignments_with_offers(session, bond)
    hold(session, *held, bond)
    check_can_move(bond, "ended")
    if _assignments_with_offers(session, bond) != held:
        raise Refused(lazy("An offer has come at this very moment. Reload the page, and look at it first."))
    joint_offers.end_with_bond(session, account, bond, volunteer)
    _end(session, account, bond, [one for one in bond.people if one.id != volunteer.id])
    return bond


def current(session: Session, volunteer: Volunteer) -> Bond | None:
    """Return the bond that the person is in: asked for, or standing."""
    return bond_of(session, volunteer, "asked", "standing")


def _waits(member: BondMember) -> bool:
    """Whether somebody who is asked can still answer."""
    is_open = member.bond.state == "asked" and member.joined_at is None
    is_new = member.expires_at is not None and member.expires_at > clock.now()
    askers = member.bond.people  # nobody, where whoever asked has left
    return is_open and is_new and bool(askers) and not any(one.barred_at is not None for one in askers)


def _check_waits(member: BondMember) -> None:
    if not _waits(member):
        raise Refused(lazy("This link does not work any more. If you still want to go together, ask each other anew."))


def _own(session: Session, account: User) -> Volunteer:
    found = session.scalar(select(Volunteer).where(Volunteer.user_id == account.id))
    if found is None:
        raise NotFound
    return found


def _check_free(session: Session, volunteer: Volunteer) -> None:
    check_not_barred(volunteer)
    if current(session, volunteer) is not None:
        raise Refused(lazy("You go together with somebody already, or have asked. End that first."))


def _asked_since(session: Session, volunteer: Volunteer, since: datetime) -> int:
    """Return how many letters the person's own asking brought about; whoever asks is the first member."""
    asker, each = aliased(BondMember), aliased(BondMember)
    first = select(func.min(each.id)).where(each.bond_id == Bond.id).correlate(Bond).scalar_subquery()
    query = (
        select(func.count(BondMember.id))
        .join(Bond, Bond.id == BondMember.bond_id)
        .join(asker, asker.bond_id == Bond.id)
        .where(asker.id == first, asker.volunteer_id == volunteer.id)
        .where(Bond.created_at >= since, BondMember.id != first)
    )
    return session.scalar(query) or 0


def _assignments_with_offers(session: Session, bond: Bond) -> list[Assignment]:
    waiting = (
        select(Offer.assignment_id)
        .join(JointOffer, JointOffer.id == Offer.joint_offer_id)
        .where(JointOffer.bond_id == bond.id, Offer.state == "made")
    )
    return list(session.scalars(select(Assignment).where(Assignment.id.in_(waiting)).order_by(Assignment.id)))


def _end(session: Session, account: User, bond: Bond, told: Sequence[Volunteer]) -> None:
    move(session, account, bond, "ended")
    bond.state_at = clock.now()
    for member in bond.members:
        member.email, member.token_hash = "", None
    session.flush()
    _tell(
        session,
        told,
        lazy("You do not go together any more"),
        lazy(
            "Going together has ended. It says nothing about any of you. Your own applications stay, and each of you "
            "can be offered a place alone."
        ),
    )


def _write_to_asked(session: Session, volunteer: Volunteer, address: str, link: str, until: date) -> None:
    subject = lazy("%(name)s would like to go together with you", name=volunteer.full_name)
    body = lazy(
        "%(name)s asks whether you want to volunteer together: all of you get a place at the same organization, or "
        "none does.\n\n%(link)s\n\nThe link works once, until %(day)s. Sign in as a volunteer, or register first. "
        "Nothing happens before you say yes. If this is not for you, do nothing.",
        name=volunteer.full_name,
        link=link,
        day=until,
    )
    account = accounts.find_by_email(session, address)
    if account is not None and permissions.relations(
        "companion.keep", account.role
    ):  # no other role gets such letters, or could stop them
        reader, body = with_account(account), joined([body, ON_THE_SITE])
    else:
        reader = without_account(address, volunteer.vio)
    write_letter(session, reader, INVITATIONS, subject, body, secrets=[link])


def _tell(session: Session, people: Sequence[Volunteer], subject: Words, body: Words) -> None:
    for one in people:
        write_to_volunteer(session, one, OFFERS, subject, body)
