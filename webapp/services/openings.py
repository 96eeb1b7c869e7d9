"""Assignments for one volunteer: her current matches, her own filters, and what she cannot live with left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from webapp import vocabulary
from webapp.models import Application, Assignment, AssignmentLanguage, AssignmentSkill, Match, Volunteer
from webapp.models.applications import LIVE_APPLICATION_STATES
from webapp.services import conditions, person_relations, published, visibility
from webapp.services.conditions import Conflict


@dataclass(frozen=True)
class Filters:
    """What the volunteer asks to see; blank: everything. They filter her own list and change no score."""

    country: str = ""
    route: str = ""
    skill: str = ""
    language: str = ""
    goal: str = ""
    earliest: date | None = None
    latest: date | None = None
    near_me: bool = False
    online: bool = False
    with_cannot: bool = False
    all_open: bool = False  # also where a rule stands in the way


@dataclass(frozen=True)
class Opening:
    """An assignment with the volunteer's match, None where she is not matched with it."""

    assignment: Assignment
    match: Match | None
    conflicts: list[Conflict] = field(default_factory=list)
    is_applied: bool = False

    @property
    def is_near(self) -> bool:
        """Whether little is missing, and that little is a rule."""
        return self.match is not None and self.match.status == "near"


@dataclass(frozen=True)
class Found:
    """What a look gave: fitting ones, near ones, other open ones, and how many were left out for a condition."""

    fitting: list[Opening]
    near: list[Opening]
    others: list[Opening]
    hidden: int


def find(session: Session, volunteer: Volunteer, filters: Filters | None = None) -> Found:
    """Return the openings for a volunteer, in the order of the matches; those without match by their first day,
    work that newcomers can do in front (who has no match yet has mostly said nothing yet).
    """
    filters = filters or Filters()
    matches = visibility.matches_of_volunteer(session, volunteer)
    _load(session, [match.assignment_id for match in matches])
    pairs: list[tuple[Assignment, Match | None]] = [(match.assignment, match) for match in matches]
    if filters.all_open or not pairs:
        known = {match.assignment_id for match in matches}
        pairs += [(assignment, None) for assignment in _open_assignments(session) if assignment.id not in known]
    wanted = [(assignment, match) for assignment, match in pairs if fits(assignment, filters, volunteer)]
    shown = [pair for pair in wanted if filters.with_cannot or not conditions.is_hidden(volunteer, pair[0])]
    applied = _applied(session, volunteer)
    openings = [
        Opening(assignment, match, conditions.conflicts(volunteer, assignment), assignment.id in applied)
        for assignment, match in shown
    ]
    return Found(
        fitting=[one for one in openings if one.match is not None and not one.is_near],
        near=[one for one in openings if one.is_near],
        others=[one for one in openings if one.match is None],
        hidden=len(wanted) - len(shown),
    )


def fits(assignment: Assignment, filters: Filters, volunteer: Volunteer) -> bool:
    """Whether an assignment passes the volunteer's filters."""
    return (
        (not filters.country or assignment.country == filters.country)
        and (not filters.route or assignment.country in _countries_on(filters.route))
        and (not filters.skill or any(asked.skill == filters.skill for asked in assignment.skills))
        and (not filters.language or any(asked.language == filters.language for asked in assignment.languages))
        and (not filters.goal or any(t.partition(".")[0] == filters.goal for t in assignment.sdg_targets))
        and (filters.earliest is None or assignment.end_on is None or assignment.end_on >= filters.earliest)
        and (filters.latest is None or assignment.start_on is None or assignment.start_on <= filters.latest)
        and (not filters.near_me or (assignment.country is not None and assignment.country == volunteer.residence))
        and (not filters.online or assignment.mode in ("online", "either"))
    )


def _countries_on(route_id: str) -> frozenset[str]:
    tables = vocabulary.reference()
    route = tables.routes.get(route_id)
    if route is None:
        return frozenset()
    if route.is_extension:
        return frozenset(tables.countries_on(route_id, ("extension_rule",)))
    return frozenset(tables.countries_on(route_id))


def _open_assignments(session: Session) -> list[Assignment]:
    query = (
        select(Assignment)
        .where(published.is_open())
        .options(selectinload(Assignment.skills), selectinload(Assignment.languages), selectinload(Assignment.money))
        .order_by(Assignment.experience_level.is_distinct_from("newcomer"), Assignment.start_on, Assignment.id)
    )
    return list(session.scalars(query))


def _load(session: Session, ids: list[int]) -> None:
    """Bring assignments with their parts into the session at once, so that a list costs five queries, not hundreds."""
    query = select(Assignment).where(Assignment.id.in_(ids))
    parts = (Assignment.skills, Assignment.languages, Assignment.money, Assignment.host, Assignment.vio)
    session.scalars(query.options(*(selectinload(part) for part in parts))).all()


def _applied(session: Session, volunteer: Volunteer) -> set[int]:
    query = select(Application.assignment_id).where(
        Application.volunteer_id == volunteer.id, Application.state.in_(LIVE_APPLICATION_STATES)
    )
    return set(session.scalars(query))


def match_with(session: Session, volunteer: Volunteer, assignment: Assignment) -> Match | None:
    """Return the volunteer's newest match with one assignment, where matches may be shown."""
    if not person_relations.may_be_matched(session, volunteer):
        return None
    query = select(Match).where(
        Match.volunteer_id == volunteer.id, Match.assignment_id == assignment.id, Match.is_current
    )
    return session.scalars(query.order_by(Match.id.desc())).first()


@dataclass(frozen=True)
class Offered:
    """What open assignments have, so that filters offer nothing that finds nothing."""

    countries: frozenset[str]
    skills: frozenset[str]
    languages: frozenset[str]
    goals: frozenset[str]


def offered(session: Session) -> Offered:
    """Return the countries, skills, languages and goals of all open assignments."""
    is_open = published.is_open()
    skills = select(AssignmentSkill.skill).join(Assignment, Assignment.id == AssignmentSkill.assignment_id)
    languages = select(AssignmentLanguage.language).join(Assignment, Assignment.id == AssignmentLanguage.assignment_id)
    targets = session.scalars(select(Assignment.sdg_targets).where(is_open))
    return Offered(
        countries=frozenset(code for code in session.scalars(select(Assignment.country).where(is_open)) if code),
        skills=frozenset(session.scalars(skills.where(is_open))),
        languages=frozenset(session.scalars(languages.where(is_open))),
        goals=frozenset(target.partition(".")[0] for found in targets for target in found),
    )
