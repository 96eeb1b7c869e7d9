"""A volunteer, and what the text of the profile names, as a line of JSON and back: what reasons are told from."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from functools import lru_cache
from typing import Any

from matching.records import HeldLanguage, HeldSkill, Hours, Licence, Volunteer, Window
from matching.text import Link

KEPT = 32_768  # records of a kind
FIELDS = tuple(field.name for field in fields(Volunteer))  # a line holds them in this order, and then the links


def to_line(one: Volunteer, links: Mapping[str, Link]) -> bytes:
    """Return all of a volunteer and of the links of the text; names of fields would be a third of it."""
    hours, data = one.hours, {name: getattr(one, name) for name in FIELDS}
    data["skills"] = [(skill.code, skill.level, skill.last_used) for skill in one.skills]
    data["licences"] = [(held.skill, held.country, _day(held.valid_until)) for held in one.licences]
    data["languages"] = [(held.code, held.level, held.basis) for held in one.languages]
    data["availability"] = [(window.start.isoformat(), window.end.isoformat()) for window in one.availability]
    data["hours"] = (hours.start, hours.end, hours.time_zone) if hours else None
    told = [(link.code, link.strength, link.phrase) for link in links.values()]
    return json.dumps([*data.values(), told], separators=(",", ":")).encode()


def from_lines(lines: Iterable[bytes]) -> list[tuple[Volunteer, dict[str, Link]]]:
    """Return what `to_line` was given, person after person: all lines are read as one list."""
    # Decoded here: `json` would look for the encoding first, and take a slower way.
    return [_person(data) for data in json.loads((b"[%b]" % b",".join(lines)).decode("ascii"))]


def _person(data: list[Any]) -> tuple[Volunteer, dict[str, Link]]:
    links = {code: Link(code, strength, phrase) for code, strength, phrase in data.pop()}
    for place, make in MADE:
        data[place] = tuple([make(*one) for one in data[place]])
    for place in LISTS:
        data[place] = tuple(data[place])
    if data[HOURS]:
        data[HOURS] = _hours(*data[HOURS])
    return Volunteer(*data), links


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


MADE: Sequence[tuple[int, Callable[..., Any]]] = (
    (FIELDS.index("skills"), _skill),
    (FIELDS.index("licences"), _licence),
    (FIELDS.index("languages"), _language),
    (FIELDS.index("availability"), _window),
)
LISTS = tuple(map(FIELDS.index, ("countries", "routes", "excluded", "no_go", "modes", "causes", "served")))
HOURS = FIELDS.index("hours")
