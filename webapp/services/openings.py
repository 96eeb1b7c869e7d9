"""Assignments for one volunteer: her current matches, her own filters, and what she cannot live with left out.

The list is put in order by numbers of rows alone; only what a page shows is read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, literal, null, select
from sqlalchemy.orm import Session, joinedload, load_only, selectinload

from webapp.models import Application, Assignment, Host, Match, Vio, Volunteer
from webapp.models.applications import LIVE_APPLICATION_STATES
from webapp.services import conditions, person_relations, published, visibility
from webapp.services.conditions import CONDITION_FACTS, Conflict
from webapp.services.opening_filters import Filters, passing
from webapp.services.paging import NUMBERS

# What a card shows of an assignment, beside conditions of life (webapp/views/volunteer/cards.py): the rest of it, some
# forty columns with long texts, is read where a page asks for it.
ON_CARDS = (
    *("title", "mode", "country", "location", "start_on", "end_on", "weeks", "plain_day", "tasks", "hardest_thing"),
    *("counterpart", "supervisor"),
)
# These are put together once, and not for each page.
_MATCHES = select(Match).where(Match.id.in_(NUMBERS))
_APPLIED = select(Application.assignment_id).where(
    Application.volunteer_id == bindparam("volunteer_id"), Application.state.in_(LIVE_APPLICATION_STATES)
)


class Listed(NamedTuple):
    """An assignment in the volunteer's list, with her match; None where she is not matched with it."""

    assignment_id: int
    match_id: int | None
    is_near: bool  # little is missing, and that little is a rule
    is_applied: bool


@dataclass(frozen=True)
class Opening:
    """An assignment of the list as it is shown."""

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

    fitting: list[Listed]
    near: list[Listed]
    others: list[Listed]
    hidden: int
    may_be_matched: bool


def find(session: Session, volunteer: Volunteer, filters: Filters | None = None) -> Found:
    """Return the openings for a volunteer, in the order of the matches; those without match by their first day,
    work that newcomers can do in front (who has no match yet has mostly said nothing yet).
    """
    filters = filters or Filters()
    matched = _matched(session, volunteer)
    here, passes = {"volunteer_id": volunteer.id}, passing(filters, volunteer)
    rows = [*session.execute(matched.where(*passes) if passes else matched, here).all()] if matched is not None else []
    if filters.all_open or not (rows or _has_any(session, matched, here)):
        rows += session.execute(_others(volunteer, matched).where(*passes), here).all()
    hides = conditions.has_cannot(volunteer) and not filters.with_cannot
    shown = [row for row in rows if not conditions.is_hidden(volunteer, row)] if hides else rows
    applied = _applied(session, volunteer)
    # Hundreds of rows: taken apart by their places, which is quicker than by name.
    listed = [Listed(number, match_id, status == "near", number in applied) for match_id, status, number, *_ in shown]
    return Found(
        fitting=[one for one in listed if one.match_id is not None and not one.is_near],
        near=[one for one in listed if one.is_near],
        others=[one for one in listed if one.match_id is None],
        hidden=len(rows) - len(shown),
        may_be_matched=matched is not None,
    )


def opened(session: Session, volunteer: Volunteer, listed: Iterable[Listed]) -> list[Opening]:
    """Return some of the list with all that a page shows of them, read in few queries."""
    listed = list(listed)
    is_matched = all(one.match_id is not None for one in listed)  # others are explained now
    shown = {"numbers": [one.assignment_id for one in listed]}
    works = {one.id: one for one in session.scalars(_works(is_matched), shown).unique()}
    numbers = [one.match_id for one in listed if one.match_id is not None]
    matches = {one.id: one for one in session.scalars(_MATCHES, {"numbers": numbers})} if numbers else {}
    return [
        Opening(
            assignment := works[one.assignment_id],
            matches[one.match_id] if one.match_id is not None else None,
            conditions.conflicts(volunteer, assignment),
            one.is_applied,
        )
        for one in listed
    ]


def match_with(session: Session, volunteer: Volunteer, assignment: Assignment) -> Match | None:
    """Return the volunteer's newest match with one assignment, where matches may be shown."""
    if not person_relations.may_be_matched(session, volunteer):
        return None
    query = select(Match).where(
        Match.volunteer_id == volunteer.id, Match.assignment_id == assignment.id, Match.is_current
    )
    return session.scalars(query.order_by(Match.id.desc())).first()


@cache
def _works(is_matched: bool) -> Select[Assignment]:
    """Return the query for what cards show of assignments; what explains a fit too, where some are not matched."""
    host, vio = joinedload(Assignment.host), joinedload(Assignment.vio)
    if is_matched:
        host, vio = host.load_only(Host.name, Host.country), vio.load_only(Vio.country, Vio.host_answer_days)
        parts = [load_only(*(getattr(Assignment, name) for name in {*ON_CARDS, *CONDITION_FACTS}))]
    else:
        parts = [selectinload(Assignment.skills), selectinload(Assignment.languages)]
    query = select(Assignment).where(Assignment.id.in_(NUMBERS))
    return query.options(host, vio, joinedload(Assignment.money), *parts)  # of money a line or two each


def _matched(session: Session, volunteer: Volunteer) -> Select[Any] | None:
    """Return the query for what the volunteer is matched with, best first; None where nobody may match her."""
    return _matches(conditions.has_cannot(volunteer)) if visibility.may_be_matched(session, volunteer) else None


@cache
def _matches(has_cannot: bool) -> Select[Any]:
    """Return the query for the numbers of a volunteer's matches: put together once, for all volunteers."""
    query = select(Match.id.label("match_id"), Match.status, Assignment.id, *_facts(has_cannot))
    query = query.join(Assignment, Assignment.id == Match.assignment_id)
    query = query.where(Match.volunteer_id == bindparam("volunteer_id"), Match.is_current, published.is_open())
    return query.order_by(Match.status, Match.band.desc(), Match.lot)


def _has_any(session: Session, matched: Select[Any] | None, here: dict[str, int]) -> bool:
    return matched is not None and session.execute(matched.limit(1), here).first() is not None


def _others(volunteer: Volunteer, matched: Select[Any] | None) -> Select[Any]:
    """Return the same of all other open assignments."""
    facts = _facts(conditions.has_cannot(volunteer))
    query = select(null().label("match_id"), literal("").label("status"), Assignment.id, *facts)
    query = query.where(published.is_open())
    if matched is not None:
        known = matched.with_only_columns(Match.assignment_id).order_by(None)
        query = query.where(Assignment.id.not_in(known))
    is_for_others = Assignment.experience_level.is_distinct_from("newcomer")
    return query.order_by(is_for_others, Assignment.start_on, Assignment.id)


def _facts(has_cannot: bool) -> list[Any]:
    """Return what tells whether she cannot live with an assignment; nothing for who can with everything."""
    return [getattr(Assignment, name) for name in CONDITION_FACTS] if has_cannot else []


def _applied(session: Session, volunteer: Volunteer) -> set[int]:
    return set(session.scalars(_APPLIED, {"volunteer_id": volunteer.id}))
