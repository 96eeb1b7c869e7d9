"""Whom a newcomer may ask to be a mentor: without name and address, those whose stay is closest first."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from webapp import vocabulary
from webapp.models import Alumnus, Assignment, Mentorship, Placement, User, Volunteer
from webapp.models.accounts import VOLUNTEER
from webapp.models.placements import RUNNING_PLACEMENT_STATES
from webapp.services.alumni.mentor_order import Known, Stay, in_order
from webapp.services.errors import NotFound

SHOWN = 5
DAYS_A_MONTH = 30.44


@dataclass(frozen=True)
class Mentor:
    """What a newcomer reads of somebody: of one stay country, months, year and a skill; and languages. All codes."""

    alumnus_id: int
    country: str | None
    months: int
    year: int
    skill: str
    languages: tuple[str, ...]


def newcomers_placement(session: Session, account: User) -> Placement | None:
    """Return the placement for which the account may look for a mentor: prepared or under way, the first to begin.

    None for somebody who is barred: nobody is to open name and address to them.
    """
    if account.role != VOLUNTEER:
        raise NotFound
    query = (
        select(Placement)
        .join(Volunteer, Volunteer.id == Placement.volunteer_id)
        .where(Volunteer.user_id == account.id, Volunteer.barred_at.is_(None))
        .where(Placement.state.in_(RUNNING_PLACEMENT_STATES))
    )
    return session.scalars(query.order_by(Placement.starts_on, Placement.id).limit(1)).first()


def offered(session: Session, placement: Placement) -> list[Mentor]:
    """Return all who fit and may be asked now, the closest first; a page shows the first few (SHOWN)."""
    free = {one.volunteer_id: one for one in _free(session, placement)}
    done = {one.id: one for one in _completed(session) if one.volunteer_id in free}
    stays = [Stay(one.volunteer_id, one.id, _known(one)) for one in done.values()]
    ordered = in_order(_known(placement), stays, _mentees(session))
    return [as_shown(free[stay.mentor], done[stay.placement]) for stay in ordered]


def count_mentees(session: Session, volunteer: Volunteer) -> int:
    """Return how many people a volunteer mentors now."""
    return _mentees(session).get(volunteer.id, 0)


def as_shown(alumnus: Alumnus, placement: Placement) -> Mentor:
    """Return what a newcomer reads of a stay. The title of the work stays out: it may name the host."""
    days = (placement.ends_on - placement.starts_on).days + 1
    return Mentor(
        alumnus_id=alumnus.id,
        country=placement.assignment.country,
        months=max(1, round(days / DAYS_A_MONTH)),
        year=placement.ends_on.year,
        skill=next((one.skill for one in placement.assignment.skills), ""),
        languages=tuple(one.language for one in alumnus.volunteer.languages),
    )


def _free(session: Session, placement: Placement) -> list[Alumnus]:
    """Return alumni who mentor, are not barred, have an open account and room, and were not asked for this before."""
    asked = select(Mentorship.mentor_id).where(Mentorship.placement_id == placement.id)
    query = (
        select(Alumnus)
        .join(Volunteer, Volunteer.id == Alumnus.volunteer_id)
        .join(User, User.id == Volunteer.user_id)
        .where(Alumnus.may_mentor, User.active, Volunteer.barred_at.is_(None))
        .where(Volunteer.id != placement.volunteer_id, Volunteer.id.not_in(asked))
        .options(selectinload(Alumnus.volunteer).selectinload(Volunteer.languages))
    )
    busy = _mentees(session)
    return [one for one in session.scalars(query) if busy.get(one.volunteer_id, 0) < one.most_mentees]


def _completed(session: Session) -> list[Placement]:
    of_mentors = select(Alumnus.volunteer_id).where(Alumnus.may_mentor)
    query = select(Placement).where(Placement.state == "completed", Placement.volunteer_id.in_(of_mentors))
    beside = selectinload(Placement.assignment).selectinload(Assignment.skills)
    return list(session.scalars(query.options(beside)))


def _mentees(session: Session) -> dict[int, int]:
    query = select(Mentorship.mentor_id, func.count()).where(Mentorship.state == "accepted")
    return dict(session.execute(query.group_by(Mentorship.mentor_id)).all())


def _known(placement: Placement) -> Known:
    work = placement.assignment
    return Known(
        country=work.country,
        routes=frozenset(vocabulary.reference().routes_of(work.country) if work.country else ()),
        skills=frozenset(one.skill for one in work.skills),
        languages=frozenset(one.language for one in placement.volunteer.languages),
    )
