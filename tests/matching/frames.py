"""Builders of tiny frames: a volunteer and an assignment that fit in every respect, changed by what a test names."""

import functools
import json
from typing import Any

import pandas as pd

from matching import Explanation, Matcher

VOLUNTEER: dict[str, str] = {
    "id": "v-amina",
    "residence": "TZ",
    "consent_matching": "yes",
    "consent_abroad": "yes",
    "skills": "WAT-02:3@2024|WAT-04:2",
    "licences": "",
    "languages": "en:C1:certificate|sw:B2:interview",
    "countries": "KE",
    "routes": "",
    "anywhere": "no",
    "excluded": "",
    "no_go": "",
    "availability": "2026-09-01/2027-06-30",
    "stay_min_weeks": "4",
    "stay_max_weeks": "40",
    "modes": "on_site|online",
    "online_hours": "10",
    "online_from": "17:00",
    "online_to": "21:00",
    "time_zone": "Africa/Dar_es_Salaam",
    "causes": "6",
    "served": "KE",
    "experience": "",
}
ASSIGNMENT: dict[str, str] = {
    "id": "a-wells",
    "host_id": "h-1",
    "title": "",
    "tasks": "",
    "expected_results": "",
    "skills_essential": "WAT-02:3",
    "skills_desirable": "WAT-04:2",
    "licensed_skills": "",
    "experience_level": "experienced",
    "languages": "en:B2|sw:B1",
    "languages_helpful": "",
    "country": "KE",
    "start_on": "2026-10-01",
    "end_on": "2027-03-31",
    "weeks": "20",
    "places_international": "2",
    "places_national": "0",
    "places_local": "0",
    "mode": "on_site",
    "hours": "",
    "online_from": "",
    "online_to": "",
    "time_zone": "",
    "sdg_targets": "6.1",
    "host_verified": "yes",
}
ONLINE: dict[str, str] = {
    "mode": "online",
    "hours": "8",
    "online_from": "16:00",
    "online_to": "20:00",
    "time_zone": "Africa/Nairobi",
}


def volunteer(**over: str) -> dict[str, str]:
    return {**VOLUNTEER, **over}


def assignment(**over: str) -> dict[str, str]:
    return {**ASSIGNMENT, **over}


def frame(*rows: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), dtype=str).fillna("")


@functools.cache
def _explain(person: tuple[tuple[str, str], ...], work: tuple[tuple[str, str], ...]) -> Explanation:
    return Matcher().fit(frame(dict(person))).pair(dict(person)["id"], frame(dict(work)))


def explain(person: dict[str, str] | None = None, work: dict[str, str] | None = None) -> Explanation:
    """Return everything about one pair; by default the pair that fits in every respect."""
    return _explain(tuple((person or VOLUNTEER).items()), tuple((work or ASSIGNMENT).items()))


def codes(explanation: Explanation) -> list[str]:
    return [obstacle.code for obstacle in explanation.obstacles]


def lines(explanation: Explanation, criterion: str) -> dict[str, float]:
    """Return what each line of a criterion gives, as a share of what it could give, by reason code."""
    found = [reason for reason in explanation.reasons if reason.criterion == criterion]
    return {reason.code: round(reason.contribution / reason.possible, 9) for reason in found}


def evidence(explanation: Explanation, code: str) -> dict[str, Any]:
    (found,) = [reason.evidence for reason in explanation.reasons if reason.code == code]
    return dict(found)


def reasons(row: pd.Series) -> list[dict[str, Any]]:
    return list(json.loads(row["reasons"]))
