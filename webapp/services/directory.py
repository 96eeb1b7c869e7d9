"""The coordinator's list of the own VIO's volunteers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, contains_eager, defer, joinedload

from webapp.models import Application, Assignment, Consent, Match, User, Volunteer, VolunteerLanguage, VolunteerSkill
from webapp.models.consents import MATCHING
from webapp.services import counting
from webapp.services.delegations import own_work, relation_to_work
from webapp.services.paging import NUMBERS, Part, Start, part_of
from webapp.services.person_relations import consents_to, has_to_do
from webapp.services.published import is_open

PAGE = 25
MOST_MATCHES = 10
# What a row of the list shows of the person, and what stands beside people: put together once, and read as columns, as
# objects would be hundreds.
PEOPLE = select(
    Volunteer.id,
    Volunteer.full_name,
    Volunteer.user_id.is_not(None).label("is_claimed"),
    Volunteer.availability_confirmed_on,
).where(Volunteer.id.in_(NUMBERS))
SKILLS = (
    select(VolunteerSkill.volunteer_id, VolunteerSkill.skill)
    .where(VolunteerSkill.volunteer_id.in_(NUMBERS))
    .order_by(VolunteerSkill.skill)
)
SPOKEN = (
    select(VolunteerLanguage.volunteer_id, VolunteerLanguage.language, VolunteerLanguage.level)
    .where(VolunteerLanguage.volunteer_id.in_(NUMBERS))
    .order_by(VolunteerLanguage.language)
)
GIVEN = select(Consent.volunteer_id, Consent.purpose).where(
    Consent.withdrawn_at.is_(None), Consent.volunteer_id.in_(NUMBERS)
)
# Of one person: what the page shows of assignments, and what tells whether the account reaches them.
_BEST = (
    select(Match)
    .join(Assignment, Assignment.id == Match.assignment_id)
    .where(Match.volunteer_id == bindparam("volunteer_id"), Match.is_current, is_open())
    .order_by(Match.status, Match.band.desc(), Match.lot)
    .options(contains_eager(Match.assignment).load_only(Assignment.title), defer(Match.reasons), defer(Match.missing))
    .limit(MOST_MATCHES)
)
_SHOWN = (Assignment.title, Assignment.vio_id, Assignment.country, Assignment.mode)
_APPLICATIONS = (
    select(Application)
    .where(Application.volunteer_id == bindparam("volunteer_id"))
    .order_by(Application.id.desc())
    .options(joinedload(Application.assignment).load_only(*_SHOWN))
)


@dataclass(frozen=True)
class Search:
    """What the list is narrowed to; blank fields narrow nothing."""

    text: str = ""  # part of a name, an address or the office's own number
    skill: str = ""
    language: str = ""
    claimed: str = ""  # yes, no
    consent: str = ""  # yes, no: whether the consent to be matched stands


@dataclass(frozen=True)
class Listed:
    """One of the volunteers with what the list shows: codes and levels, and the purposes whose consent stands."""

    volunteer: Row[Any]  # of PEOPLE
    skills: list[str]
    languages: list[tuple[str, str]]
    consents: list[str]


def find(session: Session, account: User, search: Search, start: Start) -> tuple[Part[Listed], int]:
    """Return a page of the own VIO's volunteers by name, and how many there are, as `up_to_most` counts."""
    query: Select[Any] = _narrowed(select(Volunteer).where(has_to_do(account), Volunteer.erased_at.is_(None)), search)
    total = counting.up_to_most(session, query.with_only_columns(Volunteer.id))
    found = part_of(session, query, [Volunteer.full_name], Volunteer.id, start, PAGE, shown_by=PEOPLE)
    return Part(_with_facts(session, found.rows), found.previous, found.following), total


def _with_facts(session: Session, people: list[Row[Any]]) -> list[Listed]:
    """Return rows of the list with what stands beside people."""
    listed = {one.id: Listed(one, [], [], []) for one in people}
    here = {"numbers": list(listed)}
    for number, skill in session.execute(SKILLS, here).all():
        listed[number].skills.append(skill)
    for number, language, level in session.execute(SPOKEN, here).all():
        listed[number].languages.append((language, level))
    for number, purpose in session.execute(GIVEN, here).all():
        listed[number].consents.append(purpose)
    return list(listed.values())


def _narrowed(query: Select[Volunteer], search: Search) -> Select[Volunteer]:
    if search.text.strip():
        query = query.where(named_like(search.text))
    if search.skill:
        skilled = select(VolunteerSkill.volunteer_id).where(VolunteerSkill.skill == search.skill)
        query = query.where(Volunteer.id.in_(skilled))
    if search.language:
        speakers = select(VolunteerLanguage.volunteer_id).where(VolunteerLanguage.language == search.language)
        query = query.where(Volunteer.id.in_(speakers))
    if search.claimed:
        is_claimed = Volunteer.user_id.is_not(None)
        query = query.where(is_claimed if search.claimed == "yes" else ~is_claimed)
    if search.consent:
        query = query.where(consents_to(MATCHING) if search.consent == "yes" else ~consents_to(MATCHING))
    return query


def named_like(text: str) -> ColumnElement[bool]:
    """Return the condition that a part of a name, address or number is `text`, as `written_in` finds it."""
    return written_in((Volunteer.full_name, Volunteer.call_me, Volunteer.email, Volunteer.external_id), text)


def written_in(columns: Iterable[InstrumentedAttribute[Any]], text: str) -> ColumnElement[bool]:
    """Return the condition that a part of one of the columns is `text`, in any script and whatever its capitals.

    SQLite knows capitals of ASCII only, so each way of writing the part is looked for.
    """
    part = text.strip()
    ways = {part, part.lower(), part.upper(), part.title(), part.capitalize()}
    return or_(*(column.icontains(way, autoescape=True) for column in columns for way in sorted(ways)))


def matches_here(session: Session, account: User, volunteer: Volunteer) -> list[Match]:
    """Return the best current matches of an own volunteer with assignments of the own VIO."""
    query = _BEST.where(own_work(account))
    return list(session.scalars(query, {"volunteer_id": volunteer.id}))


def applications_here(session: Session, account: User, volunteer: Volunteer) -> tuple[list[Application], int]:
    """Return the volunteer's applications to the own VIO, newest first, and how many go elsewhere (a count only)."""
    everything = session.scalars(_APPLICATIONS, {"volunteer_id": volunteer.id}).all()
    here = [one for one in everything if relation_to_work(account, one.assignment) is not None]
    elsewhere = sum(one.is_live for one in everything if one.assignment.vio_id != account.vio_id)
    return here, elsewhere
