"""Leaves out what a draft says again in another field: the tasks keep their words, a copy elsewhere tells nothing.

Fields of one assignment share words, so only a sentence is a copy: one with less than a third of its telling words new.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from matching.coach.draft import Draft
from matching.coach.statements import statements_of

# What comes first keeps its points. The title repeats the tasks by nature, and names are no telling texts.
ORDER = (
    ("tasks", "expected_results", "plain_day", "hardest_thing", "learning", "local_strengths", "skills_text")
    + ("conditions_text", "community_consulted", "handover", "locals_sought", "why_not_paid_local")
    + ("national_priority",)
)
LEAST_NEW = 1 / 3


def without_repeats(draft: Draft) -> Draft:
    """Return a draft without the sentences that only say again what a field before theirs says."""
    seen: set[str] = set()
    kept: dict[str, Any] = {}
    for name in ORDER:
        found = statements_of(getattr(draft, name))
        new = [one for one in found if not one.repeats(seen, LEAST_NEW)]
        if len(new) < len(found):
            kept[name] = "\n".join(one.text for one in new)
        seen |= {word for one in found for word in one.new}
    return replace(draft, **kept) if kept else draft
