"""What everybody may see: open assignments of verified hosts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, selectinload

from webapp.models import Assignment, Host
from webapp.services.errors import NotFound
from webapp.services.paging import Part, Start, part_of

PAGE = 15


@dataclass(frozen=True)
class Search:
    """What the list is narrowed to; blank fields narrow nothing."""

    country: str = ""
    sector: str = ""
    mode: str = ""  # on_site or online: assignments that allow either are found by both


def is_public(today: date) -> ColumnElement[bool]:
    """Return the condition that an assignment is open, not over, and its host's verification stands."""
    return and_(
        Assignment.state == "open",
        or_(Assignment.end_on.is_(None), Assignment.end_on >= today),
        Host.state == "verified",
        Host.verified_until >= today,
        Host.suspended_at.is_(None),
    )


def is_open() -> ColumnElement[bool]:
    """Return the condition that an assignment is open and its host not suspended; the host need not be joined."""
    suspended = select(Host.id).where(Host.suspended_at.is_not(None))  # few: read once, not for each assignment
    return and_(Assignment.state == "open", Assignment.host_id.not_in(suspended))


def find(
    session: Session, search: Search, today: date, start: Start | None = None, most: int = PAGE
) -> tuple[Part[Assignment], int]:
    """Return a page of public assignments, the soonest first, and how many fit in all."""
    query = select(Assignment).join(Host).where(is_public(today))
    if search.country:
        query = query.where(Assignment.country == search.country)
    if search.sector:
        query = query.where(Assignment.sector == search.sector)
    if search.mode:
        query = query.where(Assignment.mode.in_((search.mode, "either")))
    total = session.scalar(query.with_only_columns(func.count(Assignment.id))) or 0
    soonest = func.coalesce(Assignment.start_on, date.max)
    beside = (selectinload(Assignment.host), selectinload(Assignment.money))
    return part_of(session, query, [soonest], Assignment.id, start or Start(), most, beside=beside), total


def one(session: Session, assignment_id: int, today: date) -> Assignment:
    """Return a public assignment; any other looks as if it did not exist."""
    query = select(Assignment).join(Host).where(Assignment.id == assignment_id, is_public(today))
    found = session.scalar(query)
    if found is None:
        raise NotFound
    return found


def countries_and_sectors(session: Session, today: date) -> tuple[list[str], list[str]]:
    """Return the countries and sectors in which something is open, for the filters."""
    where = is_public(today)
    countries = session.scalars(select(Assignment.country).join(Host).where(where).distinct())
    sectors = session.scalars(select(Assignment.sector).join(Host).where(where).distinct())
    return [code for code in countries if code], [code for code in sectors if code]
