"""The list of an assignment's matches: what narrows it, a page of it, and how many it has.

A page is read as columns, in a few statements that are kept: rows in full, one by one put together, took longer than
all else on the page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Executable, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from webapp import clock
from webapp.models import (
    Assignment,
    AssignmentLanguage,
    AssignmentSkill,
    CountryWish,
    Host,
    Match,
    MatchRun,
    Review,
    User,
    Vio,
    Volunteer,
    VolunteerLanguage,
    VolunteerSkill,
)
from webapp.services import match_facts
from webapp.services.match_facts import Facts
from webapp.services.paging import Part, Start, first_numbers, first_part, numbers_of
from webapp.services.person_conditions import Light, sees
from webapp.services.shown_matches import BUILT, shown, shown_of
from webapp.services.spelled_out import for_database, rows_for_database
from webapp.services.visibility import Sight, sight_of

PAGE = 20
# What the page says of the assignment, read with it.
BESIDE_WORK = (
    joinedload(Assignment.vio).load_only(Vio.route_wording),
    joinedload(Assignment.host).load_only(Host.name),
)
ORDER = (-Match.band, Match.lot)  # before the number
_OF_MATCH = (
    Match.id,
    Match.run_id,
    MatchRun.seed,
    MatchRun.created_at,
    Match.score,
    Match.band,
    Match.missing,
    Match.reasons,
)
_OF_PERSON = (
    Match.volunteer_id,
    Volunteer.vio_id,
    Volunteer.user_id,
    Volunteer.full_name,
    Volunteer.open_to_all,
    Volunteer.availability_confirmed_on,
)
_PERSON, _FACTS = len(_OF_MATCH), len(_OF_MATCH) + len(_OF_PERSON)  # where their columns begin
# Who is on a page, each under a name of its own: the statement is the same for every page.
_PLACES = tuple(f"place{number}" for number in range(PAGE))


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


@dataclass(slots=True)
class ListedPerson:
    """Of a person, what the list of matches shows."""

    skills: Sequence[Any]  # with skill and last_used
    languages: Sequence[Any]  # with language and known_by
    id: int
    vio_id: int
    user_id: int | None
    full_name: str
    open_to_all: bool
    availability_confirmed_on: date | None

    @property
    def is_claimed(self) -> bool:
        """Whether the person has an account of their own on this profile."""
        return self.user_id is not None


@dataclass(slots=True)
class ListedMatch:
    """A match as the list shows it, with what stands beside it and what the reader may see of the person."""

    person: ListedPerson
    facts: Facts
    sight: Sight
    id: int
    run_id: int
    seed: int
    ranked_at: datetime
    score: float
    band: int
    missing: list[Mapping[str, Any]]
    reasons: list[Mapping[str, Any]]


def find(session: Session, account: User, assignment: Assignment, filters: Filters, start: Start) -> Part[ListedMatch]:
    """Return a page of the current matches, best band first and inside a band by lot.

    What stands in a profile narrows the list to people whose profile the account may read: a filter tells as much.
    """
    if filters.is_narrow or start.after or start.before:
        query = shown(assignment).where(*_conditions(account, assignment, filters))
        found = numbers_of(session, query, ORDER, Match.id, start, PAGE)
    else:
        connection = session.connection()
        first = _first(assignment.id, assignment.vio_id, clock.today(), filters.status, connection.dialect.name)
        found = first_part(connection.scalars(first).all(), PAGE)
    return Part(_listed(session, account, assignment, found.rows), found.previous, found.following)


@lru_cache(maxsize=BUILT)
def _first(assignment_id: int, vio_id: int, today: date, status: str, database: str) -> Executable:
    query = shown_of(assignment_id, vio_id, today).where(Match.status == status)
    return for_database(first_numbers(query, ORDER, Match.id, PAGE), database)


def count(session: Session, account: User, assignment: Assignment, filters: Filters) -> int:
    """Return how many matches the whole list has."""
    query = shown(assignment).where(*_conditions(account, assignment, filters))
    return session.scalar(query.with_only_columns(func.count(Match.id))) or 0


def _listed(session: Session, account: User, assignment: Assignment, numbers: Sequence[int]) -> list[ListedMatch]:
    """Return those of some matches that the account may see, in the order given."""
    if not numbers:
        return []
    connection, today = session.connection(), clock.today()
    database = connection.dialect.name
    found = connection.execute(_matches(database), {**_placed(numbers), "today": today}).all()
    by_number = {row[0]: tuple(row) for row in found}
    rows = [by_number[number] for number in numbers]
    ids = [row[_PERSON] for row in rows]
    here = {**_placed(ids), "assignment": assignment.id}
    skills, languages = (_by_person(connection.execute(query, here)) for query in _profiles(database))
    facts = [match_facts.facts_of(row[_FACTS:]) for row in rows]
    known = match_facts.known({(person, assignment.id): one for person, one in zip(ids, facts, strict=True)})
    matches = []
    for row, beside in zip(rows, facts, strict=True):
        person = _person(row[_PERSON:_FACTS], skills, languages)
        sight = sight_of(session, account, person, assignment, today, known)
        matches.append(ListedMatch(person, beside, sight, *row[:_PERSON]))
    return [one for one in matches if one.sight.match]


def _person(values: Sequence[Any], skills: Mapping[int, Any], languages: Mapping[int, Any]) -> ListedPerson:
    number = values[0]
    return ListedPerson(skills.get(number, ()), languages.get(number, ()), *values)


def wanted(session: Session, assignment: Assignment) -> tuple[Sequence[Any], Sequence[Any]]:
    """Return the skills and the languages that an assignment names, as far as the list and its filters tell of them."""
    connection, here = session.connection(), {"assignment": assignment.id}
    skills, languages = (connection.execute(query, here).all() for query in _wanted(connection.dialect.name))
    return skills, languages


@lru_cache
def _wanted(database: str) -> tuple[Executable, Executable]:
    skill, language, here = AssignmentSkill, AssignmentLanguage, bindparam("assignment", None, Assignment.id.type)
    skills = select(skill.skill, skill.is_essential, skill.needs_licence).where(skill.assignment_id == here)
    languages = select(language.language, language.is_required, language.for_safety)
    return (
        rows_for_database(skills.order_by(skill.id), database),
        rows_for_database(languages.where(language.assignment_id == here).order_by(language.id), database),
    )


def _placed(numbers: Sequence[int]) -> dict[str, Any]:
    """Return numbers for all places; the last one stands in those that are left."""
    return dict(zip(_PLACES, [*numbers, *[numbers[-1]] * (PAGE - len(numbers))], strict=True))


def _by_person(rows: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return found


@lru_cache
def _matches(database: str) -> Executable:
    here = Match.id.in_([bindparam(place, None, Match.id.type) for place in _PLACES])
    query = match_facts.with_facts((*_OF_MATCH, *_OF_PERSON), bindparam("today", None, Date))
    return rows_for_database(query.join(MatchRun, MatchRun.id == Match.run_id).where(here), database)


@lru_cache
def _profiles(database: str) -> tuple[Executable, Executable]:
    """Return the statements for skills and for languages of people, as far as the assignment names them."""
    skill, language, work = VolunteerSkill, VolunteerLanguage, bindparam("assignment", None, Assignment.id.type)
    places = [bindparam(place, None, Volunteer.id.type) for place in _PLACES]
    skills = select(skill.volunteer_id, skill.skill, skill.last_used).where(
        skill.volunteer_id.in_(places),
        skill.skill.in_(select(AssignmentSkill.skill).where(AssignmentSkill.assignment_id == work)),
    )
    languages = select(language.volunteer_id, language.language, language.known_by).where(
        language.volunteer_id.in_(places),
        language.language.in_(select(AssignmentLanguage.language).where(AssignmentLanguage.assignment_id == work)),
    )
    return rows_for_database(skills, database), rows_for_database(languages, database)


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
