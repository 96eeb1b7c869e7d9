"""From a person's own words to skills of the taxonomy: suggestions, which only the person can make true."""

from __future__ import annotations

from collections.abc import Collection

from matching import linker_for
from webapp import vocabulary

MOST_SUGGESTIONS = 12


def suggest_skills(text: str, known: Collection[str] = ()) -> list[tuple[str, str]]:
    """Return (skill code, the words of the text that speak for it), clearest first, without the `known` ones."""
    if not text.strip():
        return []
    links = linker_for(vocabulary.reference()).link(text)  # shared with the ranking: it has read the text already
    found = [(code, link.phrase) for code, link in links.items() if code not in known]
    return found[:MOST_SUGGESTIONS]
