"""Who reads what of a mentorship: the two, in turn; of the two offices, that it exists; nobody else anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, selectinload

from webapp import permissions
from webapp.models import MentorMessage, Mentorship, Placement, User, Volunteer
from webapp.services.alumni.mentorship_letters import MENTOR, NEWCOMER
from webapp.services.delegations import of_vio
from webapp.services.errors import NotFound
from webapp.services.relations import relations

OFFICE = "office_of_either"
HOLDS: dict[str, Callable[[User, Mentorship], bool]] = {
    MENTOR: lambda account, mentorship: mentorship.mentor.user_id == account.id,
    NEWCOMER: lambda account, mentorship: mentorship.placement.volunteer.user_id == account.id,
    OFFICE: lambda account, mentorship: (
        account.vio_id in (mentorship.mentor.vio_id, mentorship.placement.volunteer.vio_id)
        and not account.is_delegated
        and mentorship.accepted_at is not None
    ),
}


@dataclass(frozen=True)
class Other:
    """The other of the two; blank where it is not, or no longer, open."""

    name: str = ""
    email: str = ""
    phone: str = ""


def side_of(account: User, mentorship: Mentorship) -> str:
    """Return mentor or newcomer; NotFound for everybody else."""
    side = permissions.held("mentorship.lead", account.role, HOLDS, account, mentorship)
    if side is None:
        raise NotFound
    return side


def check_office(account: User, mentorship: Mentorship) -> None:
    """Raise NotFound unless the account is a coordinator of the mentor's or the newcomer's VIO, and there was a yes."""
    if permissions.held("mentorship.end", account.role, HOLDS, account, mentorship) is None:
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
    own = select(Volunteer.id).where(Volunteer.user_id == account.id)
    of_office = of_vio(account, Volunteer.vio_id)
    in_queries = {
        MENTOR: Mentorship.mentor_id.in_(own),
        NEWCOMER: Mentorship.placement_id.in_(select(Placement.id).where(Placement.volunteer_id.in_(own))),
        # Of each mentorship it is asked whose it is: an office has far more people than there are mentorships.
        OFFICE: and_(
            Mentorship.accepted_at.is_not(None),
            or_(Mentorship.mentor.has(of_office), Mentorship.placement.has(Placement.volunteer.has(of_office))),
        ),
    }
    return or_(*(in_queries[one] for one in relations(account, "mentorship.read")))
