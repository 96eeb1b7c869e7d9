"""Who sees whom (design.md section 3). Every page that shows a person asks here what it may print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from webapp import clock, permissions
from webapp.models import Assignment, Match, User, Volunteer
from webapp.services.known_people import Known, Person
from webapp.services.person_relations import PUT_FORWARD, Look, may_be_matched, relation_to, within_reach
from webapp.services.published import is_open

# What a partnership may share of a profile; the names that `Partnership.shared_parts` holds.
SHARED_PARTS = ("name", "profile", "earlier_service")


@dataclass(frozen=True)
class Sight:
    """What one account may see of one volunteer: templates print what is True and nothing else."""

    match: bool = False  # that there is a match, its score and reasons
    name: bool = False
    profile: bool = False  # skills, languages, availability, experience
    contact: bool = False
    earlier_service: bool = False  # by country

    @property
    def anything(self) -> bool:
        """Whether the person exists at all for this account."""
        return self.match or self.name or self.profile


NOTHING = Sight()


def sight_of(
    session: Session,
    account: User,
    volunteer: Person,
    assignment: Assignment | None = None,
    today: date | None = None,
    known: Known | None = None,
) -> Sight:
    """Return what `account` may see of `volunteer`, in the light of `assignment` where one is looked at.

    `known`: what was read at once for the list in which the person stands.
    """
    look = Look(session, account, volunteer, assignment, today or clock.today(), known)
    relation = relation_to(look)
    given = permissions.fields("person.see", account.role, relation)
    if relation == PUT_FORWARD and look.partnership is not None:
        given -= set(SHARED_PARTS) - set(look.partnership.shared_parts)
    return Sight(**dict.fromkeys(given, True))


def current_matches(session: Session, assignment: Assignment) -> list[Match]:
    """Return the newest matches of an assignment with people who may be shown now, best band first, then by lot."""
    query = (
        select(Match)
        .join(Volunteer, Volunteer.id == Match.volunteer_id)
        .where(
            Match.assignment_id == assignment.id,
            Match.is_current,
            within_reach(assignment.id, assignment.vio_id, clock.today()),
        )
        .order_by(Match.status, Match.band.desc(), Match.lot)
    )
    return list(session.scalars(query))


def matches_of_volunteer(session: Session, volunteer: Volunteer) -> list[Match]:
    """Return the newest matches of a volunteer with open assignments, best band first, then by lot."""
    if not may_be_matched(session, volunteer):
        return []
    query = select(Match).join(Assignment, Assignment.id == Match.assignment_id)
    query = query.where(Match.volunteer_id == volunteer.id, Match.is_current, is_open())
    beside = contains_eager(Match.assignment).selectinload(Assignment.host)
    return list(session.scalars(query.order_by(Match.status, Match.band.desc(), Match.lot).options(beside)))
