"""Skills found in a text, each with the words that spoke for it: offered to who wrote it, or read as asked."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from webapp import vocabulary
from webapp.models import Assignment
from webapp.services import linking


def suggestion_words(found: Iterable[tuple[str, str]], language: str) -> list[tuple[str, str]]:
    """Return (skill code, its label and the reader's own words) for each (skill code, words)."""
    return [
        (code, _("%(skill)s (you wrote: “%(phrase)s”)", skill=vocabulary.skill_label(code, language), phrase=phrase))
        for code, phrase in found
    ]


def read_words(assignment: Assignment, language: str) -> list[str]:
    """Return the skills that ranking takes as asked where the host chose none, as any reader is told."""
    return [
        _(
            "%(skill)s (read from the host's text: “%(phrase)s”)",
            skill=vocabulary.skill_label(code, language),
            phrase=phrase,
        )
        for code, phrase in linking.read_as_asked(assignment)
    ]
