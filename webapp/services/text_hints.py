"""Words in a host's texts that hint at what is never published. They refuse nothing: a reviewer reads the passage.

A word cannot tell "we do not work with orphanages" from its opposite; that is why only answers refuse (refusals.py).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from webapp.models import Assignment
from webapp.services.hint_words import HINT_WORDS
from webapp.words import Words, lazy

TEXT_FIELDS = (
    "title",
    "tasks",
    "plain_day",
    "hardest_thing",
    "expected_results",
    "learning",
    "local_strengths",
    "skills_text",
    "lodging",
    "conditions_text",
    "community_consulted",
    "why_not_paid_local",
    "handover",
    "project_ties",
    "community_dispute",
    "national_priority",
)
LABELS: dict[str, Words] = {
    "resident_children": lazy("may be about an institution where children live"),
    "clinical_acts": lazy("may be about acts on patients"),
    "security_work": lazy("may be about guarding, police or military work"),
    "party_or_religious_work": lazy("may be about a party or winning people for a religion"),
    "replaces_strikers": lazy("may be about standing in for people on strike"),
    "hidden_fees": lazy("may be about fees"),
}
_WHOLE_WORDS = ("en", "fr", "es", "ru")  # scripts with spaces: an entry begins a word and matches to its end
_MARKS = re.compile("[\u064b-\u065f\u0670\u0640]")  # Arabic vowel signs and the stretching line


@dataclass(frozen=True)
class Hint:
    """What a text may be about, where, and the words that were found, in lower case."""

    code: str
    field: str
    words: tuple[str, ...]

    @property
    def label(self) -> Words:
        """What the words may mean."""
        return LABELS[self.code]


def hints_of(assignment: Assignment) -> list[Hint]:
    """Return the hints in all texts of an assignment, its list of money included."""
    texts = {name: getattr(assignment, name) or "" for name in TEXT_FIELDS}
    texts["money"] = "\n".join(f"{line.what} {line.when}" for line in assignment.money)
    return hints_in(texts)


def hints_in(texts: Mapping[str, str]) -> list[Hint]:
    """Return the hints in named texts, by code and then in the order of the texts; the same word is named once."""
    folded = {name: _fold(text) for name, text in texts.items() if text}
    found = [Hint(code, name, _words(code, text)) for code in HINT_WORDS for name, text in folded.items()]
    return [hint for hint in found if hint.words]


def _words(code: str, text: str) -> tuple[str, ...]:
    matched = (" ".join(match.group().split()) for match in _pattern(code).finditer(text))
    return tuple(dict.fromkeys(matched))


def _fold(text: str) -> str:
    """Return the text in one form of writing: lower case, one kind of apostrophe, no Arabic vowel signs."""
    one_form = unicodedata.normalize("NFC", text).replace("\u2019", "'")
    return _MARKS.sub("", one_form).casefold()


@cache
def _pattern(code: str) -> re.Pattern[str]:
    beginnings = [word for language in _WHOLE_WORDS for word in HINT_WORDS[code][language]]
    parts = [word for language in ("zh", "ar") for word in HINT_WORDS[code][language]]
    as_beginning = "|".join(map(_any_space, sorted(beginnings, key=len, reverse=True)))
    as_part = "|".join(map(_any_space, sorted(parts, key=len, reverse=True)))
    return re.compile(rf"\b(?:{as_beginning})\w*|(?:{as_part})")


def _any_space(word: str) -> str:
    return r"\s+".join(re.escape(_fold(part)) for part in word.split())
