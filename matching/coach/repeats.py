"""Leaves out what a draft says again in another field: the tasks keep their words, a copy elsewhere tells nothing.

Fields of one assignment speak of the same people and things, so words in common make no copy: a sentence is one where a
single sentence before it holds nearly all of its telling words.
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
LEAST_NEW = 0.15


def without_repeats(draft: Draft) -> Draft:
    """Return a draft without the sentences that only say again what a field before theirs says."""
    before: list[frozenset[str]] = []
    kept: dict[str, Any] = {}
    for name in ORDER:
        found = statements_of(getattr(draft, name))
        new = [one for one in found if not one.repeats(before, LEAST_NEW)]
        if len(new) < len(found):
            kept[name] = "\n".join(one.text for one in new)
        before += [one.new for one in found]
    return replace(draft, **kept) if kept else draft
