"""Country sheets: what the office that receives tells its volunteers about everyday life where they go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, select, union
from sqlalchemy.orm import Session

from webapp import clock, vocabulary
from webapp.models import Application, Assignment, CountrySheet, Offer, Placement, User, Vio, Volunteer
from webapp.models.applications import LIVE_APPLICATION_STATES
from webapp.models.placements import RUNNING_PLACEMENT_STATES
from webapp.services import audit
from webapp.services.errors import NotFound, Refused
from webapp.services.own_rows import volunteer_of
from webapp.words import Words, lazy

# The parts of a sheet in the order in which it is read; the names are columns.
SECTIONS: dict[str, Words] = {
    "customs": lazy("Greetings and customs"),
    "working_week": lazy("The working week, and holidays"),
    "getting_around": lazy("Getting around"),
    "health": lazy("Health"),
    "money": lazy("Money"),
    "newcomers": lazy("What people here wish newcomers knew"),
    "contacts": lazy("Whom to ask"),
}
NO_WORK_ANY_MORE = ("draft", "closed", "cancelled")  # states of assignments that bring nobody to a country
OLD_AFTER = timedelta(days=365)


@dataclass(frozen=True)
class Entry:
    """A country in which a VIO receives, and its sheet where it is written."""

    vio: Vio
    country: str
    sheet: CountrySheet | None

    def is_old(self, today: date) -> bool:
        """Whether somebody should look if the sheet still holds: a year has passed."""
        return self.sheet is not None and self.sheet.updated_at.date() + OLD_AFTER <= today


def countries_of(session: Session, account: User) -> list[Entry]:
    """Return the countries of the VIO's sheets, and of its assignments that have none yet."""
    vio = session.get(Vio, account.vio_id) if account.vio_id else None
    if vio is None:
        raise NotFound
    sheets = {one.country: one for one in session.scalars(select(CountrySheet).where(CountrySheet.vio_id == vio.id))}
    mine = (Assignment.vio_id == vio.id, Assignment.country.is_not(None), Assignment.state.not_in(NO_WORK_ANY_MORE))
    at_work = {code for code in session.scalars(select(Assignment.country).where(*mine).distinct()) if code}
    return [Entry(vio, code, sheets.get(code)) for code in sorted({*sheets, *at_work})]


def sheet_of(session: Session, account: User, country: str) -> CountrySheet | None:
    """Return the VIO's own sheet on a country, None where none is written; NotFound for what is no country."""
    if country not in vocabulary.reference().countries:
        raise NotFound
    mine = (CountrySheet.vio_id == account.vio_id, CountrySheet.country == country)
    return session.scalar(select(CountrySheet).where(*mine))


def written_sheet(session: Session, account: User, country: str) -> CountrySheet:
    """Return the VIO's own sheet on a country; NotFound where none is written."""
    found = sheet_of(session, account, country)
    if found is None:
        raise NotFound
    return found


def write(session: Session, account: User, country: str, language: str, texts: Mapping[str, str]) -> CountrySheet:
    """Keep the sheet on a country; `texts` by the names of SECTIONS. What is blank is not shown."""
    kept = {name: (texts.get(name) or "").strip() for name in SECTIONS}
    if not any(kept.values()):
        raise Refused(lazy("Nothing is written yet. Fill in at least one part; the others can follow."))
    # Two colleagues who begin the same sheet do so one after the other: the second goes on with the first one's.
    session.get_one(Vio, account.vio_id, with_for_update=True)
    sheet = sheet_of(session, account, country) or CountrySheet(vio_id=account.vio_id, country=country)
    for name, text in kept.items():
        setattr(sheet, name, text)
    sheet.language, sheet.updated_at, sheet.updated_by_id = language, clock.now(), account.id
    session.add(sheet)
    audit.record(session, account, "country_sheet_written", sheet, country=country)
    return sheet


def of_volunteer(session: Session, account: User) -> list[Entry]:
    """Return where the volunteer may go, and for each the sheet of the office that would receive."""
    theirs = _may_go(volunteer_of(session, account))
    pairs = select(Assignment.vio_id, Assignment.country).where(theirs).distinct()
    same = and_(CountrySheet.vio_id == Assignment.vio_id, CountrySheet.country == Assignment.country)
    query = select(CountrySheet).join(Assignment, same).where(theirs)
    sheets = {(one.vio_id, one.country): one for one in session.scalars(query)}
    found = [(vio_id, code) for vio_id, code in session.execute(pairs) if code]
    return [Entry(session.get_one(Vio, vio_id), code, sheets.get((vio_id, code))) for vio_id, code in sorted(found)]


def own_sheet(session: Session, account: User, sheet_id: int) -> CountrySheet:
    """Return a sheet that the volunteer may read; any other one answers NotFound."""
    found = [one.sheet for one in of_volunteer(session, account) if one.sheet and one.sheet.id == sheet_id]
    if not found:
        raise NotFound
    return found[0]


def parts_of(sheet: CountrySheet) -> list[tuple[Words, str]]:
    """Return title and text of each part that says something."""
    return [(title, getattr(sheet, name)) for name, title in SECTIONS.items() if getattr(sheet, name)]


def _may_go(volunteer: Volunteer) -> ColumnElement[bool]:
    """Work that may bring the volunteer there: applied for, offered, or agreed, whatever became of the application."""
    ways = (
        (Application, LIVE_APPLICATION_STATES),
        (Offer, ("made",)),
        (Placement, RUNNING_PLACEMENT_STATES),
    )
    theirs = (
        select(way.assignment_id).where(way.volunteer_id == volunteer.id, way.state.in_(states)) for way, states in ways
    )
    return Assignment.id.in_(union(*theirs))  # one after another, joined by OR, PostgreSQL asks it of every assignment
