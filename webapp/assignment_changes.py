"""What differs between two wordings of an assignment, field by field, under the labels of the pages that show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from webapp.assignment_facts import parts_of
from webapp.assignment_words import COORDINATOR
from webapp.models import Assignment

_NOT_OF_THE_ASSIGNMENT = "host"


@dataclass(frozen=True)
class Change:
    """A field whose value is not what it was; a blank value is one that the host has not said."""

    label: str
    before: str
    after: str


def changes_between(before: Assignment, after: Assignment, language: str, today: date) -> list[Change]:
    """Return what a reviewer reads otherwise in `after` than in `before`, in the order of the page."""
    was, now = (_facts(one, language, today) for one in (before, after))
    return [
        Change(label, was.get((code, label), ""), now.get((code, label), ""))
        for code, label in {**now, **was}
        if was.get((code, label), "") != now.get((code, label), "")
    ]


def _facts(assignment: Assignment, language: str, today: date) -> dict[tuple[str, str], str]:
    facts = {("", _("Title")): assignment.title}
    for part in parts_of(assignment, language, COORDINATOR, today):
        if part.code != _NOT_OF_THE_ASSIGNMENT:
            facts.update({(part.code, label): value for label, value in part.facts})
    return facts
