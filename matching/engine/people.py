"""A volunteer, and what the text of the profile names, as a line of JSON and back: what reasons are told from."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from matching.records import HeldLanguage, HeldSkill, Hours, Licence, Volunteer, Window
from matching.text import Link

PLAIN = (
    "residence",
    "consent_matching",
    "consent_abroad",
    "countries",
    "routes",
    "anywhere",
    "excluded",
    "no_go",
    "stay_min_weeks",
    "stay_max_weeks",
    "modes",
    "online_hours",
    "causes",
    "served",
    "experience",
    "noted",
)
KEPT = 32_768  # records of a kind
LISTS = ("countries", "routes", "excluded", "no_go", "modes", "causes", "served")


def to_line(one: Volunteer, links: Mapping[str, Link]) -> bytes:
    """Return all of a volunteer and of the links of the text; what is empty is left out."""
    hours = one.hours
    data: dict[str, Any] = {"id": one.id} | {name: getattr(one, name) for name in PLAIN if getattr(one, name)}
    # Nought weeks or hours are said, and no blank.
    numbers = ("stay_min_weeks", "stay_max_weeks", "online_hours")
    data |= {name: 0 for name in numbers if getattr(one, name) == 0}
    data["skills"] = [(skill.code, skill.level, skill.last_used) for skill in one.skills]
    data["licences"] = [(held.skill, held.country, _day(held.valid_until)) for held in one.licences]
    data["languages"] = [(held.code, held.level, held.basis) for held in one.languages]
    data["availability"] = [(window.start.isoformat(), window.end.isoformat()) for window in one.availability]
    data["hours"] = (hours.start, hours.end, hours.time_zone) if hours else None
    data["links"] = [(link.code, link.strength, link.phrase) for link in links.values()]
    return json.dumps({name: value for name, value in data.items() if value or value == 0}).encode()


def from_lines(lines: Iterable[bytes]) -> list[tuple[Volunteer, dict[str, Link]]]:
    """Return what `to_line` was given, person after person: all lines are read as one list."""
    # Decoded here: `json` would look for the encoding first, and take a slower way.
    return [_person(data) for data in json.loads((b"[%b]" % b",".join(lines)).decode("ascii"))]


def _person(data: dict[str, Any]) -> tuple[Volunteer, dict[str, Link]]:
    links = {code: Link(code, strength, phrase) for code, strength, phrase in data.pop("links", ())}
    for name, make in MADE.items():
        if name in data:
            data[name] = tuple([make(*one) for one in data[name]])
    for name in LISTS:
        if name in data:
            data[name] = tuple(data[name])
    if "hours" in data:
        data["hours"] = _hours(*data["hours"])
    return Volunteer(**data), links


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


# Many people share a record: to find one again costs a quarter of making it.
@lru_cache(KEPT)
def _skill(code: str, level: int, last_used: int | None) -> HeldSkill:
    return HeldSkill(code, level, last_used)


@lru_cache(KEPT)
def _licence(skill: str, country: str, until: str | None) -> Licence:
    return Licence(skill, country, date.fromisoformat(until) if until else None)


@lru_cache(KEPT)
def _language(code: str, level: int, basis: str) -> HeldLanguage:
    return HeldLanguage(code, level, basis)


@lru_cache(KEPT)
def _window(start: str, end: str) -> Window:
    return Window(date.fromisoformat(start), date.fromisoformat(end))


@lru_cache(KEPT)
def _hours(start: int, end: int, time_zone: str) -> Hours:
    return Hours(start, end, time_zone)


MADE: Mapping[str, Callable[..., Any]] = {
    "skills": _skill,
    "licences": _licence,
    "languages": _language,
    "availability": _window,
}
