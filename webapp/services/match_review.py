"""What a coordinator reads when reviewing an assignment's matches: pages of rows, counts, and one match."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from webapp import clock
from webapp.config import config_from_environment
from webapp.models import (
    Application,
    Assignment,
    CountryWish,
    Match,
    MatchInvitation,
    MatchRun,
    Review,
    User,
    Volunteer,
    VolunteerLanguage,
    VolunteerSkill,
)
from webapp.models.applications import LIVE_APPLICATION_STATES
from webapp.services import judgements
from webapp.services.errors import NotFound
from webapp.services.own_rows import vio_assignment
from webapp.services.paging import Part, Start, part_of
from webapp.services.person_conditions import Light, sees
from webapp.services.person_relations import within_reach
from webapp.services.shown_matches import shown
from webapp.services.sights import About, sights_of
from webapp.services.visibility import Sight, sight_of

PAGE = 20
MOST_COMPARED = 3
CODE_LENGTH = 6
# What a row shows of a person, read in a few queries for all rows of a page; a run over everything is heavy with lots.
PERSON = selectinload(Match.volunteer).load_only(
    Volunteer.vio_id,
    Volunteer.user_id,
    Volunteer.full_name,
    Volunteer.open_to_all,
    Volunteer.availability_confirmed_on,
)
BESIDE = (
    PERSON.selectinload(Volunteer.skills),
    PERSON.selectinload(Volunteer.languages),
    joinedload(Match.run).load_only(MatchRun.seed, MatchRun.created_at),
)


@dataclass(frozen=True)
class Filters:
    """What the coordinator wants to see; blank fields filter nothing."""

    status: str = "eligible"
    route: str = ""
    route_countries: tuple[str, ...] = ()  # of that route, so that who chose one of them is found too
    skill: str = ""
    language: str = ""
    reviewed: str = ""  # none, or a verdict

    @property
    def is_narrow(self) -> bool:
        """Whether anything but the state narrows the list."""
        return bool(self.route or self.skill or self.language or self.reviewed)


@dataclass(frozen=True)
class Row:
    """One match with all that stands beside it, and what the reader may see of the person."""

    match: Match
    volunteer: Volunteer
    sight: Sight
    code: str  # names the person on pages that hide names
    review: Review | None
    application: Application | None
    invitation: MatchInvitation | None
    elsewhere: int  # live applications for other assignments, a count only


def person_code(assignment_id: int, volunteer_id: int) -> str:
    """Return a short name for a nameless person, other on each assignment so that lists cannot be joined.

    Keyed: row numbers are few, and a plain hash of them could be tried out by anybody.
    """
    text = f"{assignment_id}:{volunteer_id}".encode()
    return hmac.new(_code_key(), text, hashlib.sha256).hexdigest()[:CODE_LENGTH].upper()


@cache
def _code_key() -> bytes:
    return hashlib.sha256(b"codes of nameless people " + config_from_environment().data_key.encode()).digest()


def find(session: Session, account: User, assignment: Assignment, filters: Filters, start: Start) -> Part[Row]:
    """Return a page of the current matches, best band first and inside a band by lot.

    What stands in a profile narrows the list to people whose profile the account may read: a filter tells as much.
    """
    query = shown(assignment).where(*_conditions(account, assignment, filters))
    found = part_of(session, query, [-Match.band, Match.lot], Match.id, start, PAGE, beside=BESIDE)
    return Part(rows_of(session, account, assignment, found.rows), found.previous, found.following)


def count(session: Session, account: User, assignment: Assignment, filters: Filters) -> int:
    """Return how many matches the whole list has."""
    query = shown(assignment).where(*_conditions(account, assignment, filters))
    return session.scalar(query.with_only_columns(func.count(Match.id))) or 0


def applicants_without_match(session: Session, assignment: Assignment) -> list[Application]:
    """Return live applications of people whom no current match suggests; they are never lost."""
    matched = shown(assignment).with_only_columns(Match.volunteer_id)
    query = select(Application).where(
        Application.assignment_id == assignment.id,
        Application.state.in_(LIVE_APPLICATION_STATES),
        Application.volunteer_id.not_in(matched),
    )
    return list(session.scalars(query.order_by(Application.id)))


def rows_of(session: Session, account: User, assignment: Assignment, matches: Sequence[Match]) -> list[Row]:
    """Return a row for each match that `account` may see, in the order given."""
    people = [match.volunteer_id for match in matches]
    reviews = judgements.standing(session, assignment)
    applications = _applications(session, assignment, people)
    invitations = _invitations(session, assignment, people)
    elsewhere = applications_elsewhere(session, assignment, people)
    rows = [
        Row(
            match,
            match.volunteer,
            sight,
            person_code(assignment.id, match.volunteer_id),
            reviews.get(match.volunteer_id),
            applications.get(match.volunteer_id),
            invitations.get(match.volunteer_id),
            elsewhere.get(match.volunteer_id, 0),
        )
        for match, sight in zip(matches, sights_of(session, account, matches), strict=True)
    ]
    return [row for row in rows if row.sight.match]


def _applications(session: Session, assignment: Assignment, people: Sequence[int]) -> dict[int, Application]:
    """Return each person's newest application for the assignment."""
    query = select(Application).where(Application.assignment_id == assignment.id, Application.volunteer_id.in_(people))
    return {one.volunteer_id: one for one in session.scalars(query.order_by(Application.id))}


def _invitations(session: Session, assignment: Assignment, people: Sequence[int]) -> dict[int, MatchInvitation]:
    query = select(MatchInvitation).where(
        MatchInvitation.assignment_id == assignment.id, MatchInvitation.volunteer_id.in_(people)
    )
    return {one.volunteer_id: one for one in session.scalars(query)}


def applications_elsewhere(session: Session, assignment: Assignment, people: Sequence[int]) -> dict[int, int]:
    """Return how many live applications each person has for other assignments: numbers and nothing else."""
    query = (
        select(Application.volunteer_id, func.count())
        .where(
            Application.volunteer_id.in_(people),
            Application.assignment_id != assignment.id,
            Application.state.in_(LIVE_APPLICATION_STATES),
        )
        .group_by(Application.volunteer_id)
    )
    return dict(session.execute(query).all())


def coordinator_match(session: Session, account: User, match_id: int) -> Match:
    """Return the newest match of the pair to which `match_id` belongs, where `account` may see it."""
    match = session.get(Match, match_id)
    if match is None:
        raise NotFound
    assignment = vio_assignment(session, account, match.assignment_id)
    newest = select(Match).where(
        Match.assignment_id == match.assignment_id, Match.volunteer_id == match.volunteer_id, Match.is_current
    )
    found = session.scalars(newest.order_by(Match.id.desc())).first()
    if found is None or not sight_of(session, account, found.volunteer, assignment).match:
        raise NotFound
    return found


def match_of_pair(session: Session, assignment: Assignment, volunteer: Volunteer) -> Match | None:
    """Return the current match of a pair, None where it is not among those that may be shown."""
    return session.scalars(shown(assignment).where(Match.volunteer_id == volunteer.id)).first()


def matches_of(session: Session, vio_id: int, rows: Sequence[About]) -> dict[tuple[int, int], Match]:
    """Return by person and assignment the current matches with a VIO's own assignments that may be shown."""
    works, people = ({getattr(row, name) for row in rows} for name in ("assignment_id", "volunteer_id"))
    query = select(Match).join(Volunteer, Volunteer.id == Match.volunteer_id)
    query = query.join(Assignment, Assignment.id == Match.assignment_id).where(Assignment.vio_id == vio_id)
    query = query.where(Match.assignment_id.in_(works), Match.volunteer_id.in_(people), Match.is_current)
    found = session.scalars(query.where(within_reach(Assignment.id, vio_id, clock.today())))
    return {(one.volunteer_id, one.assignment_id): one for one in found}


def chosen(session: Session, account: User, assignment: Assignment, match_ids: Sequence[int]) -> list[Match]:
    """Return the matches with these ids; NotFound if one is not of this assignment or not to be seen."""
    found = [coordinator_match(session, account, match_id) for match_id in dict.fromkeys(match_ids)]
    if any(match.assignment_id != assignment.id for match in found):
        raise NotFound
    return found


def best(session: Session, assignment: Assignment, most: int) -> list[Match]:
    """Return the first `most` eligible matches on which no dismissal stands."""
    dismissed = [
        person for person, word in judgements.standing(session, assignment).items() if word.verdict == "dismiss"
    ]
    query = shown(assignment).where(Match.status == "eligible", Match.volunteer_id.not_in(dismissed))
    return list(session.scalars(query.order_by(Match.band.desc(), Match.lot, Match.id).limit(most)))


def _conditions(account: User, assignment: Assignment, filters: Filters) -> list[ColumnElement[bool]]:
    found = [Match.status == filters.status]
    if filters.route or filters.skill or filters.language:
        found.append(sees("profile", Light(account, assignment, clock.today())))
    if filters.route:
        found.append(_chose_route(filters))
    if filters.skill:
        found.append(exists().where(VolunteerSkill.volunteer_id == Volunteer.id, VolunteerSkill.skill == filters.skill))
    if filters.language:
        speaks = and_(VolunteerLanguage.volunteer_id == Volunteer.id, VolunteerLanguage.language == filters.language)
        found.append(exists().where(speaks))
    if filters.reviewed:
        found.append(_reviewed(assignment, filters.reviewed))
    return found


def _chose_route(filters: Filters) -> ColumnElement[bool]:
    by_route = and_(CountryWish.kind == "route", CountryWish.code == filters.route)
    by_country = and_(CountryWish.kind == "country", CountryWish.code.in_(filters.route_countries))
    return exists().where(CountryWish.volunteer_id == Volunteer.id, or_(by_route, by_country))


def _reviewed(assignment: Assignment, verdict: str) -> ColumnElement[bool]:
    newest = select(func.max(Review.id)).where(Review.assignment_id == assignment.id).group_by(Review.volunteer_id)
    standing = exists().where(Review.id.in_(newest), Review.volunteer_id == Volunteer.id)
    if verdict == "none":
        return ~standing
    return exists().where(Review.id.in_(newest), Review.volunteer_id == Volunteer.id, Review.verdict == verdict)
