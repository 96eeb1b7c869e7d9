"""Joining the alumni after a completed placement, choosing what for, and leaving. Each works at once."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, selectinload

from webapp import clock
from webapp.models import Alumnus, Assignment, Placement, User, Volunteer
from webapp.models.alumni import MOST_MENTEES
from webapp.models.consents import ALUMNI
from webapp.services import audit, consents, placement_sight
from webapp.services.alumni import mentorships
from webapp.services.applications import check_not_barred
from webapp.services.errors import Refused
from webapp.services.locks import hold
from webapp.services.recruitment import alumni_references
from webapp.words import Words, lazy

HOW = "on the page of the alumni"
OFFERED = timedelta(days=183)
_COMPLETED = (
    select(Placement)
    .where(Placement.volunteer_id == bindparam("volunteer_id"), Placement.state == "completed")
    .order_by(Placement.ends_on.desc(), Placement.id.desc())
)
_NEWEST_ENDED = _COMPLETED.with_only_columns(Placement.ended_at).limit(1)  # put together once: first pages ask it
TICKS: dict[str, Words] = {
    "may_mentor": lazy(
        "Newcomers may ask me to mentor them. Whoever prepares or does a placement here, with any organization, may "
        "see of me, without name and address: the country, length and year of a placement, a skill of the work, my "
        "languages. My name they see after my yes."
    ),
    "may_be_asked": lazy(
        "The offices of my placements see me in a list of people whom they may ask what it was like, with name and "
        "e-mail address. They may also ask me for a reference on an applicant who served at the same host or in the "
        "same country at the same time; the applicant then reads my name. I can decline each time."
    ),
    "hears_of_openings": lazy("Write to me, at most once a month, of up to three openings that fit me."),
    "shows_return": lazy(
        "Where I apply for work with an office with which I have completed a placement, the host may see that I have."
    ),
}


@dataclass(frozen=True)
class Choice:
    """What an alumnus agrees to, and how many people they mentor at the same time at most."""

    may_mentor: bool = False
    may_be_asked: bool = False
    hears_of_openings: bool = False
    shows_return: bool = False
    most_mentees: int = 2


def completed(session: Session, volunteer: Volunteer) -> list[Placement]:
    """Return the placements that the volunteer has served to the last day, the newest first."""
    beside = selectinload(Placement.assignment).selectinload(Assignment.skills)
    return list(session.scalars(_COMPLETED.options(beside), {"volunteer_id": volunteer.id}))


def of(session: Session, volunteer: Volunteer) -> Alumnus | None:
    """Return what the volunteer agreed to as one of the alumni; None for who is not."""
    return session.scalar(select(Alumnus).where(Alumnus.volunteer_id == volunteer.id))


def may_join(session: Session, volunteer: Volunteer) -> bool:
    """Whether the volunteer can join and has not."""
    return volunteer.barred_at is None and of(session, volunteer) is None and bool(completed(session, volunteer))


def is_offered(session: Session, volunteer: Volunteer) -> bool:
    """Whether pages offer to join: for half a year after a placement, to who has never joined. Others know the way."""
    newest_ended = session.scalar(_NEWEST_ENDED, {"volunteer_id": volunteer.id})
    if volunteer.barred_at is not None or newest_ended is None or clock.now() - newest_ended > OFFERED:
        return False
    return all(one.purpose != ALUMNI for one in consents.history(session, volunteer))


def keep(session: Session, account: User, volunteer: Volunteer, choice: Choice) -> Alumnus:
    """Join, or choose anew. A tick that is gone takes what rested on it with it."""
    placement_sight.check_own(account, volunteer)
    hold(session, volunteer)  # of two clicks, the second finds what the first made
    ticks = sorted(name for name in TICKS if getattr(choice, name))
    if not ticks:
        raise Refused(lazy("Tick at least one. If you want none of it, leave the alumni."))
    if not 1 <= choice.most_mentees <= MOST_MENTEES:
        raise Refused(lazy("Choose between 1 and %(most)s people to mentor.", most=MOST_MENTEES))
    found = of(session, volunteer)
    if found is None:
        found = _join(session, account, volunteer)
    for name, value in asdict(choice).items():
        setattr(found, name, value)
    session.add(found)
    audit.record(session, account, "alumni_chosen", volunteer, ticks=ticks)
    if not found.may_mentor:
        mentorships.end_all(session, account, volunteer)
    if not found.may_be_asked:
        alumni_references.end_all(session, account, volunteer)
    return found


def leave(session: Session, account: User, volunteer: Volunteer) -> None:
    """Take the consent back: nothing of it is done or shown from this moment, and mentoring ends."""
    placement_sight.check_own(account, volunteer)
    hold(session, volunteer)
    found = of(session, volunteer)
    if found is not None:
        session.delete(found)
    consents.take_back(session, account, volunteer, ALUMNI)
    mentorships.end_all(session, account, volunteer)
    alumni_references.end_all(session, account, volunteer)


def _join(session: Session, account: User, volunteer: Volunteer) -> Alumnus:
    check_not_barred(volunteer)
    if not completed(session, volunteer):
        raise Refused(lazy("You can join once you have completed a placement."))
    consents.give(session, account, volunteer, ALUMNI, HOW)
    return Alumnus(volunteer_id=volunteer.id, told_on=clock.today())
