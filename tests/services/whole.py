"""An assignment that says everything publishing needs, for tests that take one thing away."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.factories import AnySession, make_assignment, make_host
from webapp import clock
from webapp.models import Assignment, AssignmentSkill, Host, MoneyLine

SAFE_ANSWERS = {
    "is_child_institution": False,
    "has_clinical_acts": False,
    "is_security_work": False,
    "is_party_or_religious_work": False,
    "replaces_strikers": False,
    "has_fees_not_listed": False,
}


def whole_columns() -> dict[str, Any]:
    """Return every column but dates and lists."""
    return {
        "sector": "health",
        "tasks": "Teach four colleagues to keep the ward's records.",
        "expected_results": "The ward keeps its own records.",
        "learning": "How a small ward works without a doctor.",
        "local_strengths": "The team knows every family in the valley.",
        "plain_day": "Ward round at seven, records until noon, free evenings.",
        "hardest_thing": "The road is closed after rain.",
        "experience_level": "experienced",
        "mode": "on_site",
        "country": "KE",
        "location": "Kitui",
        "hours": 35,
        "lodging": "Own room with a family",
        "water": "well",
        "power": "few_hours",
        "internet": "slow",
        "hospital_hours": 2,
        "step_free": "no",
        "contact_children": "none",
        "contact_adults": "supervised",
        "supervisor": "Wanjiru Kamau, head nurse",
        "supervision_hours": 3,
        "counterpart": "Otieno Odhiambo, clerk",
        "community_consulted": "The health committee asked for records first, not for a new building.",
        "was_paid_post": False,
        "locals_sought": "Notice at the county office for two months.",
        "why_not_paid_local": "A clerk is paid from next year on.",
        "handover": "The clerk takes over.",
        "funder": "County health fund",
        "sponsor": "none",
        "project_ties": "none",
        "community_dispute": "none",
        "national_priority": "Kenya Vision 2030, health records",
        "sdg_targets": ["3.8"],
        **SAFE_ANSWERS,
    }


def make_whole(session: AnySession, host: Host | None = None, **over: Any) -> Assignment:
    """Make a complete draft of a verified host."""
    today = clock.today()
    columns = {
        "state": "draft",
        "published_at": None,
        "start_on": today + timedelta(60),
        "end_on": today + timedelta(300),
    }
    assignment = make_assignment(session, host or make_host(session), **{**whole_columns(), **columns, **over})
    assignment.money = [MoneyLine(payer="host", payee="volunteer", what="room", amount="free", when="every month")]
    session.flush()
    return assignment


def skill(code: str, *, licence: bool) -> AssignmentSkill:
    """Make a skill row, which the caller adds."""
    return AssignmentSkill(skill=code, level=2, is_essential=True, needs_licence=licence)
