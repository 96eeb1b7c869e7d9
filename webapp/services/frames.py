"""Rows of the database as the text frames that `matching` reads (columns: data/README.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from webapp.models import Assignment, Volunteer
from webapp.models.consents import ABROAD, MATCHING
from webapp.models.offers import PLACE_KINDS
from webapp.services.held_places import Held
from webapp.services.profiles import Profile
from webapp.services.work_rows import WorkRow

NONE: Mapping[str, int] = {}  # no place is held


def volunteers_frame(volunteers: Iterable[Volunteer | Profile]) -> pd.DataFrame:
    """Return what the matcher may know of each volunteer; names, motivation and conditions of life are not in it."""
    return pd.DataFrame([volunteer_cells(one) for one in volunteers], dtype=str)


def assignments_frame(assignments: Iterable[Assignment | WorkRow], today: date, held: Held) -> pd.DataFrame:
    """Return what the matcher may know of each assignment: a host's verification as it stands on `today`, and which
    places are open, since they are not among those that are held.
    """
    return pd.DataFrame([assignment_cells(one, today, held.get(one.id, NONE)) for one in assignments], dtype=str)


def volunteer_cells(volunteer: Volunteer | Profile) -> dict[str, str]:
    """Return one volunteer as cells."""
    consents = {consent.purpose for consent in volunteer.consents if consent.withdrawn_at is None}
    wishes: dict[str, list[str]] = {"country": [], "route": [], "excluded": []}
    for wish in volunteer.wishes:
        wishes[wish.kind].append(wish.code)
    modes = [name for name, offered in (("on_site", volunteer.on_site), ("online", volunteer.online)) if offered]
    return {
        "id": str(volunteer.id),
        "residence": volunteer.residence or "",
        "consent_matching": _flag(MATCHING in consents),
        "consent_abroad": _flag(ABROAD in consents),
        "skills": _join(f"{s.skill}:{s.level}" + (f"@{s.last_used}" if s.last_used else "") for s in volunteer.skills),
        "licences": _join(f"{one.skill}:{one.country}:{_day(one.valid_until)}" for one in volunteer.licences),
        "languages": _join(f"{one.language}:{one.level}:{one.known_by}" for one in volunteer.languages),
        "countries": _join(wishes["country"]),
        "routes": _join(wishes["route"]),
        "anywhere": _flag(volunteer.anywhere),
        "excluded": _join(wishes["excluded"]),
        "no_go": _join(volunteer.vio.no_go),
        "availability": _join(f"{one.starts_on}/{one.ends_on}" for one in volunteer.windows),
        "stay_min_weeks": _text(volunteer.stay_min_weeks),
        "stay_max_weeks": _text(volunteer.stay_max_weeks),
        "modes": _join(modes),
        "online_hours": _text(volunteer.online_hours),
        "online_from": volunteer.online_from or "",
        "online_to": volunteer.online_to or "",
        "time_zone": volunteer.time_zone or "",
        "causes": _join(volunteer.causes),
        "served": _join(dict.fromkeys(one.country for one in volunteer.services)),
        "experience": volunteer.experience,
    }


def assignment_cells(assignment: Assignment | WorkRow, today: date, held: Mapping[str, int] = NONE) -> dict[str, str]:
    """Return one assignment as cells; only an open one has open places, those that are not `held`."""
    is_open = assignment.state == "open"
    places = {kind: getattr(assignment, f"places_{kind}") if is_open else 0 for kind in PLACE_KINDS}
    left = {f"places_{kind}": str(max(0, number - held.get(kind, 0))) for kind, number in places.items()}
    required = [one for one in assignment.languages if one.is_required]
    return {
        "id": str(assignment.id),
        "title": assignment.title,
        "tasks": assignment.tasks,
        "expected_results": assignment.expected_results,
        "skills_text": assignment.skills_text,
        "skills_essential": _join(_asked(one) for one in assignment.skills if one.is_essential),
        "skills_desirable": _join(_asked(one) for one in assignment.skills if not one.is_essential),
        "licensed_skills": _join(one.skill for one in assignment.skills if one.needs_licence),
        "experience_level": assignment.experience_level or "",
        "languages": _join(f"{one.language}:{one.level}" + (":safety" if one.for_safety else "") for one in required),
        "languages_helpful": _join(one.language for one in assignment.languages if not one.is_required),
        "country": assignment.country or "",
        "start_on": _day(assignment.start_on),
        "end_on": _day(assignment.end_on),
        "weeks": _text(assignment.weeks),
        **left,
        "mode": assignment.mode or "",
        "hours": _text(assignment.hours),
        "online_from": assignment.online_from or "",
        "online_to": assignment.online_to or "",
        "time_zone": assignment.time_zone or "",
        "sdg_targets": _join(assignment.sdg_targets),
        "host_verified": _flag(assignment.host.is_verified(today)),
    }


def _asked(skill: Any) -> str:
    return f"{skill.skill}:{skill.level}" if skill.level else skill.skill


def _flag(value: bool) -> str:
    return "yes" if value else "no"


def _text(value: int | None) -> str:
    return "" if value is None else str(value)


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def _join(items: Iterable[str]) -> str:
    return "|".join(items)
