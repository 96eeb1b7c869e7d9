"""Who reads what of a mentorship: the two, in turn; of the two offices, that it exists; nobody else anything."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, selectinload

from webapp.models import MentorMessage, Mentorship, Placement, User, Volunteer
from webapp.models.accounts import COORDINATOR, VOLUNTEER
from webapp.services.alumni.mentorship_letters import MENTOR, NEWCOMER
from webapp.services.errors import NotFound


@dataclass(frozen=True)
class Other:
    """The other of the two; blank where it is not, or no longer, open."""

    name: str = ""
    email: str = ""
    phone: str = ""


def side_of(account: User, mentorship: Mentorship) -> str:
    """Return mentor or newcomer; NotFound for everybody else."""
    if account.role == VOLUNTEER and mentorship.mentor.user_id == account.id:
        return MENTOR
    if account.role == VOLUNTEER and mentorship.placement.volunteer.user_id == account.id:
        return NEWCOMER
    raise NotFound


def check_office(account: User, mentorship: Mentorship) -> None:
    """Raise NotFound unless the account is a coordinator of the mentor's or the newcomer's VIO, and there was a yes."""
    offices = (mentorship.mentor.vio_id, mentorship.placement.volunteer.vio_id)
    if account.role != COORDINATOR or account.vio_id not in offices or mentorship.accepted_at is None:
        raise NotFound


def mentorship_for(session: Session, account: User, mentorship_id: int) -> Mentorship:
    """Return a mentorship to its two people, and one that had a yes to coordinators of their VIOs."""
    found = session.scalar(select(Mentorship).where(Mentorship.id == mentorship_id, _seen_by(account)))
    if found is None:
        raise NotFound
    return found


def seen(session: Session, account: User) -> list[Mentorship]:
    """Return all that the account may know of, the newest first."""
    stay = selectinload(Mentorship.placement)
    beside = (stay.selectinload(Placement.volunteer), stay.selectinload(Placement.assignment))
    query = select(Mentorship).options(*beside, selectinload(Mentorship.mentor), selectinload(Mentorship.messages))
    return list(session.scalars(query.where(_seen_by(account)).order_by(Mentorship.id.desc())))


def waiting(account: User) -> list[Select[int]]:
    """Return the counts of questions that wait for the account's yes or no, and of threads in which it is its turn."""
    own = select(Volunteer.id).where(Volunteer.user_id == account.id)
    asked = select(func.count(Mentorship.id)).where(Mentorship.state == "asked", Mentorship.mentor_id.in_(own))
    last = select(func.max(MentorMessage.id)).where(MentorMessage.mentorship_id == Mentorship.id)
    theirs = or_(MentorMessage.author_id.is_(None), MentorMessage.author_id != account.id)
    written = select(func.count(MentorMessage.id)).join(Mentorship).where(Mentorship.state == "accepted", theirs)
    is_last = MentorMessage.id == last.correlate(Mentorship).scalar_subquery()
    return [asked, written.where(_seen_by(account), is_last)]


def is_last_word_theirs(account: User, mentorship: Mentorship) -> bool:
    """Whether it goes on, and the other of the two wrote last."""
    said = mentorship.messages
    return mentorship.state == "accepted" and bool(said) and said[-1].author_id != account.id


def other_of(account: User, mentorship: Mentorship) -> Other:
    """Return whom the account reads of: a name after a yes, what the other shows of contact data while it goes on."""
    is_mentor = side_of(account, mentorship) == MENTOR
    if mentorship.accepted_at is None:
        return Other()
    person = mentorship.placement.volunteer if is_mentor else mentorship.mentor
    shows = mentorship.newcomer_shows if is_mentor else mentorship.mentor_shows
    if mentorship.state != "accepted":
        return Other(person.full_name)
    email = person.email or ""
    return Other(person.full_name, email if "email" in shows else "", (person.phone or "") if "phone" in shows else "")


def _seen_by(account: User) -> ColumnElement[bool]:
    if account.role == VOLUNTEER:
        own = select(Volunteer.id).where(Volunteer.user_id == account.id)
        stays = select(Placement.id).where(Placement.volunteer_id.in_(own))
        return or_(Mentorship.mentor_id.in_(own), Mentorship.placement_id.in_(stays))
    if account.role == COORDINATOR:
        own = select(Volunteer.id).where(Volunteer.vio_id == account.vio_id)
        stays = select(Placement.id).where(Placement.volunteer_id.in_(own))
        theirs = or_(Mentorship.mentor_id.in_(own), Mentorship.placement_id.in_(stays))
        return and_(Mentorship.accepted_at.is_not(None), theirs)
    raise NotFound
