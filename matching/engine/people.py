"""A volunteer, and what the text of the profile names, as a line of JSON and back: what reasons are told from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
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


def from_line(line: bytes) -> tuple[Volunteer, dict[str, Link]]:
    """Return what `to_line` was given."""
    data = json.loads(line)
    links = {code: Link(code, strength, phrase) for code, strength, phrase in data.pop("links", ())}
    for name in LISTS:
        data[name] = tuple(data.get(name, ()))
    data["skills"] = tuple(HeldSkill(*one) for one in data.get("skills", ()))
    data["licences"] = tuple(
        Licence(skill, country, date.fromisoformat(until) if until else None)
        for skill, country, until in data.get("licences", ())
    )
    data["languages"] = tuple(HeldLanguage(*one) for one in data.get("languages", ()))
    windows = data.get("availability", ())
    data["availability"] = tuple(Window(date.fromisoformat(start), date.fromisoformat(end)) for start, end in windows)
    data["hours"] = Hours(*data["hours"]) if data.get("hours") else None
    return Volunteer(**data), links


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
