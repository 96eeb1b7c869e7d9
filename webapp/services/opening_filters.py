"""By what a volunteer narrows the openings: her own list, no score. The database sifts, however many there are."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Executable, Select, String, cast, func, literal, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from webapp import clock, vocabulary
from webapp.db import address_of
from webapp.models import Assignment, AssignmentLanguage, AssignmentSkill, Volunteer
from webapp.services import counting, published
from webapp.services.spelled_out import for_database

MANY = 1_000  # open assignments: to look through so many takes no page a millisecond
KEPT_FOR = timedelta(seconds=30)


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
class Offered:
    """What open assignments have, so that filters offer nothing that finds nothing."""

    countries: frozenset[str]
    skills: frozenset[str]
    languages: frozenset[str]
    goals: frozenset[str]


def passing(filters: Filters, volunteer: Volunteer) -> list[ColumnElement[bool]]:
    """Return the conditions under which an assignment passes the volunteer's filters."""
    found = [*_about_work(filters), *_about_time(filters)]
    if filters.country:
        found.append(Assignment.country == filters.country)
    if filters.route:
        found.append(Assignment.country.in_(_countries_on(filters.route)))
    if filters.near_me:
        found.append(Assignment.country == (volunteer.residence or ""))
    if filters.online:
        found.append(Assignment.mode.in_(("online", "either")))
    return found


_kept: dict[str, tuple[datetime, Offered]] = {}  # by the database's address, for this process


def offered(session: Session) -> Offered:
    """Return the countries, skills, languages and goals of all open assignments.

    They are the same for every reader. Where many are open this is read again after KEPT_FOR: a filter is offered as
    much later, and finds nothing for as long once the last of its assignments is closed.
    """
    place = address_of(session)
    kept = _kept.get(place)
    if kept is not None and kept[0] <= clock.now() < kept[0] + KEPT_FOR:
        return kept[1]
    found, is_much = _read(session)
    _kept.pop(place, None)
    if is_much:
        _kept[place] = clock.now(), found
    return found


def _read(session: Session) -> tuple[Offered, bool]:
    """Return what open assignments have, and whether it took a look at more than MANY."""
    connection = session.connection()
    found: dict[str, set[str]] = {name: set() for name in ("country", "skill", "language", "targets", "open")}
    for name, value in connection.execute(_offered(connection.dialect.name)).all():  # at once: hundreds of rows
        found[name].add(value)
    told = Offered(
        countries=frozenset(found["country"] - {""}),
        skills=frozenset(found["skill"]),
        languages=frozenset(found["language"]),
        goals=frozenset(one.partition(".")[0] for targets in found["targets"] for one in json.loads(targets)),
    )
    return told, int(*found["open"]) > MANY


@cache
def _offered(database: str) -> Executable:
    """Return the statement, which is the same for every reader, and put together once."""
    every = aliased(Assignment)
    number = counting.counted_to(MANY + 1, select(Assignment.id).where(published.is_open())).scalar_subquery()
    told: list[Select[Any, str]] = [
        _codes("country", every.country, every.id),
        _codes("skill", AssignmentSkill.skill, AssignmentSkill.assignment_id),
        _codes("language", AssignmentLanguage.language, AssignmentLanguage.assignment_id),
        select(literal("targets"), cast(Assignment.sdg_targets, String)).where(published.is_open()).distinct(),
        select(literal("open"), cast(number, String)),
    ]
    return for_database(union_all(*told), database)


def _codes(name: str, kept: InstrumentedAttribute[Any], work_id: InstrumentedAttribute[int]) -> Select[Any, str]:
    """Return the query of a column's codes of which an assignment is open, from one to the next along its index.

    There are some hundred codes, and of most the first row tells; a look through all assignments grows with them.
    """
    codes = select(func.min(kept).label("code")).cte(f"each_{name}", recursive=True)
    following = select(func.min(kept)).where(kept > codes.c.code).correlate(codes).scalar_subquery()
    codes = codes.union_all(select(following).where(codes.c.code.is_not(None)))
    # One inside the other, so that the code comes first: joined, SQLite begins with all that is open. And the first of
    # them, not whether there is one: to tell that PostgreSQL reads all of them, and joins them at once.
    opens = select(Assignment.id).where(Assignment.id == work_id, published.is_open()).limit(1).scalar_subquery()
    first = select(work_id).where(kept == codes.c.code, opens.is_not(None)).limit(1).correlate(codes).scalar_subquery()
    return select(literal(name), codes.c.code).where(codes.c.code.is_not(None), first.is_not(None))


def _about_work(filters: Filters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.skill:
        asked = select(AssignmentSkill.assignment_id).where(AssignmentSkill.skill == filters.skill)
        found.append(Assignment.id.in_(asked))
    if filters.language:
        spoken = select(AssignmentLanguage.assignment_id).where(AssignmentLanguage.language == filters.language)
        found.append(Assignment.id.in_(spoken))
    if filters.goal:  # kept as ["3.1", "6.2"]; a target begins with its goal
        found.append(cast(Assignment.sdg_targets, String).contains(f'"{filters.goal}.', autoescape=True))
    return found


def _about_time(filters: Filters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.earliest is not None:
        found.append(or_(Assignment.end_on.is_(None), Assignment.end_on >= filters.earliest))
    if filters.latest is not None:
        found.append(or_(Assignment.start_on.is_(None), Assignment.start_on <= filters.latest))
    return found


def _countries_on(route_id: str) -> list[str]:
    tables = vocabulary.reference()
    route = tables.routes.get(route_id)
    if route is None:
        return []
    kinds = (("extension_rule",),) if route.is_extension else ()
    return list(tables.countries_on(route_id, *kinds))
