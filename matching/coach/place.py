"""What life there is like: lodging and supplies, safety, steps. Work online asks nothing of it."""

from __future__ import annotations

from collections.abc import Mapping

from matching.coach.draft import Draft
from matching.coach.finding import Finding, blanks
from matching.coach.statements import enough

# The host's own words on living there stand for half of what the fields would say.
CONDITION_WORDS = 15


def living(draft: Draft) -> Finding | None:
    """Are lodging, water, electricity and internet stated?"""
    facts = {"lodging": draft.lodging, "water": draft.water, "power": draft.power, "internet": draft.internet}
    return None if draft.is_online else _stated("living", draft, facts)


def safety(draft: Draft) -> Finding | None:
    """Are the way to a hospital and what the body has to bear stated?"""
    climate = draft.hottest_celsius if draft.hottest_celsius is not None else draft.coldest_celsius
    facts = {"hospital_hours": draft.hospital_hours, "hottest_celsius": climate, "walking_km": draft.walking_km}
    return None if draft.is_online else _stated("safety", draft, facts)


def access(draft: Draft) -> Finding | None:
    """Is it said whether home and work can be reached without steps? A no is an answer."""
    if draft.is_online:
        return None
    missing = blanks(step_free=draft.step_free)
    return Finding("access", 0.0 if missing else 1.0, {"missing": missing})


def _stated(code: str, draft: Draft, facts: Mapping[str, object]) -> Finding:
    missing = blanks(**facts)
    words = 0.5 * enough(draft.conditions_text, CONDITION_WORDS)
    return Finding(code, 1 - len(missing) * (1 - words) / len(facts), {"missing": missing})
