"""Cells of a volunteer onto a row of the database; consents are apart, since each is a record of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import (
    AvailabilityWindow,
    Consent,
    CountryWish,
    EarlierService,
    Licence,
    User,
    Volunteer,
    VolunteerLanguage,
    VolunteerSkill,
)
from webapp.models.consents import ABROAD, MATCHING
from webapp.services import audit, consents
from webapp.services.imports.values import items, merge, value_of

_PLAIN = ("full_name", "call_me", "email", "phone", "residence", "stay_min_weeks", "stay_max_weeks", "online_hours") + (
    "online_from",
    "online_to",
    "time_zone",
    "experience",
    "motivation",
)
_BLANK: dict[str, Any] = dict.fromkeys((*_PLAIN, "on_site", "online")) | {
    "experience": "",
    "motivation": "",
    "anywhere": False,
    "open_to_all": False,
    "causes": [],
}
WISHES = {"country": "countries", "route": "routes", "excluded": "excluded"}


def fill(volunteer: Volunteer, cells: Mapping[str, str]) -> Volunteer:
    """Set what `cells` speak of and nothing else."""
    for name, value in _stated(cells).items():
        setattr(volunteer, name, value)
    for model, column, read in LISTS:
        if column in cells:
            rows, key = _KEPT[model]
            merge(getattr(volunteer, rows), key, map(read, items(cells[column])), model)
    _fill_places(volunteer, cells)
    return volunteer


def columns_of(cells: Mapping[str, str]) -> dict[str, Any]:
    """Return all columns of a new volunteer's row that a list may speak of; what it says nothing of is blank."""
    return _BLANK | _stated(cells)


def _stated(cells: Mapping[str, str]) -> dict[str, Any]:
    """Return the columns that `cells` speak of."""
    found = {name: value_of("volunteers", name, cells[name]) for name in _PLAIN if name in cells}
    if "call_me" in found:
        found["call_me"] = found["call_me"] or None
    found |= {name: cells[name] == "yes" for name in ("anywhere", "open_to_all") if name in cells}
    if "modes" in cells:
        modes = items(cells["modes"])
        found["on_site"], found["online"] = ("on_site" in modes, "online" in modes) if modes else (None, None)
    if "causes" in cells:
        found["causes"] = items(cells["causes"])
    return found


def _fill_places(volunteer: Volunteer, cells: Mapping[str, str]) -> None:
    for kind, name in WISHES.items():
        if name in cells:
            others = [{"kind": wish.kind, "code": wish.code} for wish in volunteer.wishes if wish.kind != kind]
            wished = others + [{"kind": kind, "code": code} for code in items(cells[name])]
            merge(volunteer.wishes, lambda row: (row.kind, row.code), wished, CountryWish)
    if "served" in cells:
        countries = items(cells["served"])
        volunteer.services[:] = [one for one in volunteer.services if one.country in countries]
        kept = {one.country for one in volunteer.services}
        volunteer.services.extend(EarlierService(country=code) for code in countries if code not in kept)


def _skill(item: str) -> dict[str, Any]:
    stated, _, year = item.partition("@")
    code, _, level = stated.partition(":")
    return {"skill": code, "level": int(level), "last_used": int(year) if year else None}


def _licence(item: str) -> dict[str, Any]:
    skill, country, until = item.split(":")
    return {"skill": skill, "country": country, "valid_until": date.fromisoformat(until) if until else None}


def _window(item: str) -> dict[str, Any]:
    start, _, end = item.partition("/")
    return {"starts_on": date.fromisoformat(start), "ends_on": date.fromisoformat(end)}


def _language(item: str) -> dict[str, Any]:
    return dict(zip(("language", "level", "known_by"), item.split(":"), strict=True))


# Table, column of the list, and how an item of it becomes a row.
LISTS: tuple[tuple[Any, str, Callable[[str], dict[str, Any]]], ...] = (
    (VolunteerSkill, "skills", _skill),
    (VolunteerLanguage, "languages", _language),
    (Licence, "licences", _licence),
    (AvailabilityWindow, "availability", _window),
)
# Where the rows hang, and what tells one from another.
_KEPT: dict[Any, tuple[str, Callable[[Any], Any]]] = {
    VolunteerSkill: ("skills", lambda row: row.skill),
    VolunteerLanguage: ("languages", lambda row: row.language),
    Licence: ("licences", lambda row: (row.skill, row.country, row.valid_until)),
    AvailabilityWindow: ("windows", lambda row: (row.starts_on, row.ends_on)),
}


def record_consents(session: Session, actor: User | None, volunteer: Volunteer, cells: Mapping[str, str]) -> None:
    """Record the consents that the list states, and end those that it says are not given, matching first."""
    for purpose in (MATCHING, ABROAD):
        said = cells.get(f"consent_{purpose}", "")
        if not said:
            continue
        kept = consents.standing(session, volunteer, purpose)
        if said == "no":
            if kept is not None:
                _end(session, actor, volunteer, kept)
            continue
        on, how = date.fromisoformat(cells[f"consent_{purpose}_on"]), cells[f"consent_{purpose}_how"]
        if kept is not None and (kept.given_on, kept.how) != (on, how):
            kept.given_on, kept.how = on, how  # the same consent, described better
        elif kept is None:
            consents.give(session, actor, volunteer, purpose, how, on)


def _end(session: Session, actor: User | None, volunteer: Volunteer, consent: Consent) -> None:
    """End a consent of an unclaimed profile; nothing rests on it but matches, which ask for it each time."""
    consent.withdrawn_at = clock.now()
    audit.record(session, actor, "consent_withdrawn", volunteer, purpose=consent.purpose, version=consent.version)
    session.expire(volunteer, ["consents"])
