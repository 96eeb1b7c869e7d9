"""What everybody may see: open assignments of verified hosts."""

from __future__ import annotations

from collections.abc import Mapping
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


@dataclass(frozen=True)
class Overview:
    """How many public assignments there are of each country, sector and mode."""

    numbers: Mapping[tuple[str | None, str | None, str | None], int]

    @property
    def countries(self) -> set[str]:
        """The countries in which something is open, for the filter."""
        return {country for country, _sector, _mode in self.numbers if country}

    @property
    def sectors(self) -> set[str]:
        """The sectors in which something is open, for the filter."""
        return {sector for _country, sector, _mode in self.numbers if sector}

    def total(self, search: Search) -> int:
        """Return how many the search finds."""
        return sum(
            count
            for (country, sector, mode), count in self.numbers.items()
            if (not search.country or country == search.country)
            and (not search.sector or sector == search.sector)
            and (not search.mode or mode in _found_by(search.mode))
        )


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
) -> Part[Assignment]:
    """Return a page of public assignments, the soonest first."""
    query = select(Assignment).join(Host).where(is_public(today))
    if search.country:
        query = query.where(Assignment.country == search.country)
    if search.sector:
        query = query.where(Assignment.sector == search.sector)
    if search.mode:
        query = query.where(Assignment.mode.in_(_found_by(search.mode)))
    soonest = func.coalesce(Assignment.start_on, date.max)
    beside = (selectinload(Assignment.host), selectinload(Assignment.money))
    return part_of(session, query, [soonest], Assignment.id, start or Start(), most, beside=beside)


def overview(session: Session, today: date) -> Overview:
    """Count public assignments, looking through them once for all that a page says of them."""
    kind = Assignment.country, Assignment.sector, Assignment.mode
    query = select(*kind, func.count()).join(Host).where(is_public(today)).group_by(*kind)
    return Overview({(country, sector, mode): count for country, sector, mode, count in session.execute(query)})


def one(session: Session, assignment_id: int, today: date) -> Assignment:
    """Return a public assignment; any other looks as if it did not exist."""
    query = select(Assignment).join(Host).where(Assignment.id == assignment_id, is_public(today))
    found = session.scalar(query)
    if found is None:
        raise NotFound
    return found


def _found_by(mode: str) -> tuple[str, str]:
    return mode, "either"
