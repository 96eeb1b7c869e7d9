"""The people of the synthetic world as rows of text: the columns of the import, and those of matching."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from matching import CEFR_LEVELS, Volunteer
from matching.records import HeldLanguage, HeldSkill, Hours, Licence, Window

CONSENTED_ON = "2026-10-01"


def frame_of(people: Sequence[Volunteer]) -> pd.DataFrame:
    """Return a frame of text, a row a person: `schema.parse_volunteers` reads the same records back."""
    return pd.DataFrame([row_of(one) for one in people], dtype=str)


def row_of(one: Volunteer) -> dict[str, str]:
    """Return a person as cells, with a name and an address that nobody has."""
    consents = {"consent_matching": one.consent_matching, "consent_abroad": one.consent_abroad}
    return {
        "id": one.id,
        "full_name": f"Person {one.id}",
        "email": f"{one.id}@people.example",
        "residence": one.residence,
        **{name: _flag(given) for name, given in consents.items()},
        **{f"{name}_on": CONSENTED_ON if given else "" for name, given in consents.items()},
        "skills": _list(map(_skill, one.skills)),
        "licences": _list(map(_licence, one.licences)),
        "languages": _list(map(_language, one.languages)),
        "countries": _list(one.countries),
        "routes": _list(one.routes),
        "anywhere": _flag(one.anywhere),
        "excluded": _list(one.excluded),
        "no_go": _list(one.no_go),
        "availability": _list(map(_window, one.availability)),
        "stay_min_weeks": _number(one.stay_min_weeks),
        "stay_max_weeks": _number(one.stay_max_weeks),
        "modes": _list(one.modes),
        "online_hours": _number(one.online_hours),
        **_clock(one.hours),
        "causes": _list(map(str, one.causes)),
        "served": _list(one.served),
        "experience": one.experience,
    }


def _list(items: Iterable[str]) -> str:
    return "|".join(items)


def _flag(given: bool) -> str:
    return "yes" if given else "no"


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _skill(held: HeldSkill) -> str:
    return f"{held.code}:{held.level}" + (f"@{held.last_used}" if held.last_used else "")


def _licence(held: Licence) -> str:
    return f"{held.skill}:{held.country}" + (f":{held.valid_until.isoformat()}" if held.valid_until else "")


def _language(held: HeldLanguage) -> str:
    return f"{held.code}:{CEFR_LEVELS[held.level - 1]}:{held.basis}"


def _window(window: Window) -> str:
    return f"{window.start.isoformat()}/{window.end.isoformat()}"


def _clock(hours: Hours | None) -> dict[str, str]:
    if hours is None:
        return {"online_from": "", "online_to": "", "time_zone": ""}
    start, end = (f"{minutes // 60:02}:{minutes % 60:02}" for minutes in (hours.start, hours.end))
    return {"online_from": start, "online_to": end, "time_zone": hours.time_zone}
