"""A volunteer's profile: each part is saved by itself, and at once ranked anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from webapp import clock, vocabulary
from webapp.models import (
    AvailabilityWindow,
    ConditionAnswer,
    CountryWish,
    EarlierService,
    Licence,
    Volunteer,
    VolunteerLanguage,
    VolunteerSkill,
)
from webapp.services import ranking, sensitive
from webapp.services.bars import likenesses
from webapp.services.errors import Refused
from webapp.services.own_data import renaming
from webapp.words import lazy

Row = TypeVar("Row")
EARLIEST_YEAR = 1940
CONFIRM_AGAIN = timedelta(days=365)


@dataclass(frozen=True)
class About:
    """Names as they are, and how to reach the person."""

    full_name: str
    call_me: str | None
    phone: str | None
    residence: str | None


@dataclass(frozen=True)
class HeldSkill:
    """A skill with its evidence (1 with guidance .. 4 I teach others) and the year of last use."""

    skill: str
    level: int
    last_used: int | None = None


@dataclass(frozen=True)
class HeldLicence:
    """A licence to practise in one country."""

    skill: str
    country: str
    valid_until: date | None = None


@dataclass(frozen=True)
class HeldLanguage:
    """A language with its CEFR level (N: first language) and how the level is known."""

    language: str
    level: str
    known_by: str = "own"


@dataclass(frozen=True)
class Places:
    """Where the volunteer would serve, and where not."""

    countries: Sequence[str] = ()
    routes: Sequence[str] = ()
    anywhere: bool = False
    excluded: Sequence[str] = ()


@dataclass(frozen=True)
class Time:
    """When, how long, and in which way; hours are local to `time_zone`."""

    windows: Sequence[tuple[date, date]] = ()
    stay_min_weeks: int | None = None
    stay_max_weeks: int | None = None
    on_site: bool | None = None
    online: bool | None = None
    online_hours: int | None = None
    online_from: str | None = None
    online_to: str | None = None
    time_zone: str | None = None


@dataclass(frozen=True)
class Served:
    """Earlier service: hosts never see it by country."""

    country: str
    year: int | None = None
    what: str = ""


def save_about(session: Session, volunteer: Volunteer, about: About) -> None:
    """Keep names, phone and country of residence; letters to others bear the new names."""
    before = renaming.names_of(volunteer)
    volunteer.full_name, volunteer.call_me = about.full_name, about.call_me
    volunteer.phone, volunteer.residence = about.phone, about.residence
    renaming.follow(session, volunteer, before)
    likenesses.look(session, volunteer.vio_id, [volunteer])
    _saved(session, volunteer, "full_name", "call_me", "phone", "residence")


def save_skills(session: Session, volunteer: Volunteer, skills: Iterable[HeldSkill]) -> None:
    """Keep exactly these skills."""
    wanted = {held.skill: held for held in skills}
    _check_codes(wanted, vocabulary.reference().skills)
    rows = {code: {"skill": code, "level": held.level, "last_used": held.last_used} for code, held in wanted.items()}
    _merge(volunteer.skills, lambda row: row.skill, rows, VolunteerSkill)
    _saved(session, volunteer, "skills")


def save_licences(session: Session, volunteer: Volunteer, licences: Iterable[HeldLicence]) -> None:
    """Keep exactly these licences."""
    wanted = {(held.skill, held.country): held for held in licences}
    _check_codes((skill for skill, _ in wanted), vocabulary.reference().skills)
    rows = {key: vars(held) for key, held in wanted.items()}
    _merge(volunteer.licences, lambda row: (row.skill, row.country), rows, Licence)
    _saved(session, volunteer, "licences")


def save_languages(session: Session, volunteer: Volunteer, languages: Iterable[HeldLanguage]) -> None:
    """Keep exactly these languages."""
    rows = {held.language: vars(held) for held in languages}
    _check_codes(rows, vocabulary.reference().languages)
    _merge(volunteer.languages, lambda row: row.language, rows, VolunteerLanguage)
    _saved(session, volunteer, "languages")


def save_places(session: Session, volunteer: Volunteer, places: Places) -> None:
    """Keep where the volunteer would serve; a country cannot be wished for and excluded at once."""
    both = set(places.countries) & set(places.excluded)
    if both:
        raise Refused(lazy("A country stands both where you would go and where you would not. Choose one."))
    tables = vocabulary.reference()
    _check_codes([*places.countries, *places.excluded], tables.countries)
    _check_codes(places.routes, tables.routes)
    wishes = [("country", code) for code in places.countries]
    wishes += [("route", code) for code in places.routes] + [("excluded", code) for code in places.excluded]
    rows = {wish: {"kind": wish[0], "code": wish[1]} for wish in wishes}
    _merge(volunteer.wishes, lambda row: (row.kind, row.code), rows, CountryWish)
    volunteer.anywhere = places.anywhere
    _saved(session, volunteer, "countries", "routes", "anywhere", "excluded")


def save_time(session: Session, volunteer: Volunteer, time: Time) -> None:
    """Keep when and how the volunteer can serve; saving it confirms it as of today."""
    rows = {window: {"starts_on": window[0], "ends_on": window[1]} for window in time.windows}
    _merge(volunteer.windows, lambda row: (row.starts_on, row.ends_on), rows, AvailabilityWindow)
    for name, value in vars(time).items():
        if name != "windows":
            setattr(volunteer, name, value)
    volunteer.availability_confirmed_on = clock.today()
    _saved(session, volunteer, "availability", *(name for name in vars(time) if name != "windows"))


def confirm_time(session: Session, volunteer: Volunteer) -> None:
    """Say that what stands about time is still right today."""
    volunteer.availability_confirmed_on = clock.today()
    session.flush()


def is_long_unconfirmed(volunteer: Volunteer, today: date) -> bool:
    """Whether the last word that the profile is right is older than twelve months."""
    confirmed = volunteer.availability_confirmed_on
    return confirmed is not None and today - confirmed > CONFIRM_AGAIN


def save_causes(session: Session, volunteer: Volunteer, goals: Iterable[str]) -> None:
    """Keep the causes (SDG goals)."""
    chosen = list(goals)
    _check_codes(chosen, vocabulary.reference().sdg_goals)
    volunteer.causes = chosen
    _saved(session, volunteer, "causes")


def save_experience(session: Session, volunteer: Volunteer, experience: str, services: Iterable[Served]) -> None:
    """Keep experience in the person's own words, and earlier service."""
    volunteer.experience = experience
    rows = {(one.country, one.year, one.what): vars(one) for one in services}
    _check_codes((one["country"] for one in rows.values()), vocabulary.reference().countries)
    _merge(volunteer.services, lambda row: (row.country, row.year, row.what), rows, EarlierService)
    _saved(session, volunteer, "experience", "served")


def save_motivation(session: Session, volunteer: Volunteer, motivation: str) -> None:
    """Keep why the person wants to serve: for people to read, never for the matching, so nothing is ranked anew."""
    volunteer.motivation = motivation
    volunteer.updated_at = clock.now()
    session.flush()


def save_conditions(session: Session, volunteer: Volunteer, answers: dict[str, str]) -> None:
    """Keep the answers by condition of life; private, so nothing is ranked anew. Any answer needs the consent."""
    _check_codes(answers, vocabulary.CONDITIONS)
    if answers:
        sensitive.check_agreed(session, volunteer.user, volunteer)
    rows = {code: {"condition": code, "answer": answer} for code, answer in answers.items()}
    _merge(volunteer.conditions, lambda row: row.condition, rows, ConditionAnswer)
    volunteer.updated_at = clock.now()
    session.flush()


def save_sharing(session: Session, volunteer: Volunteer, open_to_all: bool) -> None:
    """Keep whether coordinators of other organizations see matches, without name and contact data."""
    volunteer.open_to_all = open_to_all
    _saved(session, volunteer)


def _saved(session: Session, volunteer: Volunteer, *fields: str) -> None:
    """Note the change, drop what an import had assumed about these fields, and rank at once."""
    if volunteer.assumed and fields:
        volunteer.assumed = {name: why for name, why in volunteer.assumed.items() if name not in fields}
    volunteer.updated_at = clock.now()
    session.flush()
    ranking.rank_volunteer(session, volunteer)


def _check_codes(codes: Iterable[str], known: Iterable[str]) -> None:
    strange = [code for code in codes if code not in set(known)]
    if strange:
        raise Refused(lazy("%(codes)s is in none of our lists. Choose from the list.", codes=", ".join(strange)))


def _merge(
    rows: list[Row], key: Callable[[Row], Any], wanted: dict[Any, dict[str, Any]], make: Callable[..., Row]
) -> None:
    """Change, drop and add rows: kept ones keep their id, since an insert runs before a delete of the same key."""
    missing = dict(wanted)
    for row in list(rows):
        values = missing.pop(key(row), None)
        if values is None:
            rows.remove(row)
        else:
            for name, value in values.items():
                setattr(row, name, value)
    rows.extend(make(**values) for values in missing.values())
