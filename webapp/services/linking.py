"""From own words to skills of the taxonomy: suggestions, which only who wrote them can make true."""

from __future__ import annotations

from collections.abc import Collection

from matching import MOST_FROM_TEXT, language_of, linker_for, skills_named
from webapp import vocabulary
from webapp.models import Assignment

MOST_SUGGESTIONS = 12
FEWEST_LETTERS = 20  # of a text whose language can be told
MOST_READ = 300


def prepare() -> None:
    """Read the taxonomy's words now, which takes a second: before workers are made, and never inside a request."""
    linker_for(vocabulary.reference())


def suggest_skills(text: str, known: Collection[str] = ()) -> list[tuple[str, str]]:
    """Return (skill code, the words of the text that speak for it), clearest first, without the `known` ones."""
    if not text.strip():
        return []
    links = linker_for(vocabulary.reference()).link(text)  # shared with the ranking: it has read the text already
    found = [(code, link.phrase) for code, link in links.items() if code not in known]
    return found[:MOST_SUGGESTIONS]


def suggest_asked(assignment: Assignment) -> list[tuple[str, str]]:
    """Return (skill code, the host's words that speak for it), clearest first, without the skills that are asked."""
    asked = {one.skill for one in assignment.skills}
    found = skills_named(linker_for(vocabulary.reference()), assignment)
    return [pair for pair in found.items() if pair[0] not in asked][:MOST_SUGGESTIONS]


def read_as_asked(assignment: Assignment) -> list[tuple[str, str]]:
    """Return the skills that ranking takes as asked though the host chose none; none where it chose one."""
    return [] if assignment.skills else suggest_asked(assignment)[:MOST_FROM_TEXT]


def language_of_text(text: str) -> str:
    """Return the language in which a text is written, as its code; blank where it is too short to tell."""
    letters = sum(sign.isalpha() for sign in text[:MOST_READ])
    # A Chinese sign says about as much as two letters.
    signs = sum("\u3040" <= sign <= "\u9fff" for sign in text[:MOST_READ])
    return language_of(text[:MOST_READ]) if letters + signs >= FEWEST_LETTERS else ""
