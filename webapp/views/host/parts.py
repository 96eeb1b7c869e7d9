"""The sections of an assignment's form in their order, and which field stands in which."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from webapp.models import Assignment
from webapp.services.assignment_needs import missing_items
from webapp.services.errors import NotFound
from webapp.services.refusals import Refusal, refusals_of
from webapp.views.host.forms.facts import ConditionsForm, MoneyForm, PlaceForm
from webapp.views.host.forms.fields import Section
from webapp.views.host.forms.people import BackgroundForm, PeopleForm
from webapp.views.host.forms.work import GoalsForm, SkillsForm, WorkForm
from webapp.words import Words


@dataclass(frozen=True)
class Part:
    """A section: its address, its heading and its form."""

    code: str
    heading: Any
    form: type[Section]

    @property
    def fields(self) -> frozenset[str]:
        """The names of its fields."""
        return frozenset(name for name in dir(self.form) if hasattr(getattr(self.form, name), "field_class"))


PARTS: tuple[Part, ...] = (
    Part("work", _l("The work"), WorkForm),
    Part("skills", _l("Skills and languages"), SkillsForm),
    Part("place", _l("Where and when"), PlaceForm),
    Part("conditions", _l("Conditions of life"), ConditionsForm),
    Part("money", _l("Money"), MoneyForm),
    Part("people", _l("People and safety"), PeopleForm),
    Part("background", _l("Local jobs and who stands behind it"), BackgroundForm),
    Part("goals", _l("What it serves"), GoalsForm),
)
BY_CODE = {part.code: part for part in PARTS}


@dataclass(frozen=True)
class Progress:
    """A section with what is missing in it, by field, what refuses it, and whether anything is said in it.

    Nothing may be said and nothing missing: what people live with is asked once it is known that they come.
    """

    part: Part
    missing: dict[str, Words]
    refusals: list[Refusal]
    is_blank: bool


def part_of(code: str) -> Part:
    """Return a section by its address."""
    if code not in BY_CODE:
        raise NotFound
    return BY_CODE[code]


def part_with(field: str) -> Part:
    """Return the section in which a field stands."""
    return next(part for part in PARTS if field in part.fields)


def place_of(field: str) -> tuple[int, int]:
    """Return where the form asks for a field: its section, then the order in which that one is written."""
    part = part_with(field)
    return PARTS.index(part), getattr(part.form, field).creation_counter


def next_part(part: Part) -> Part | None:
    """Return the section that follows, None after the last."""
    return next((after for before, after in zip(PARTS, PARTS[1:], strict=False) if before is part), None)


def progress(assignment: Assignment, today: date, parts: Iterable[Part] = PARTS) -> list[Progress]:
    """Return for each section what is missing and what refuses."""
    missing, refusals = missing_items(assignment, today), refusals_of(assignment)
    return [
        Progress(
            part,
            {name: words for name, words in missing.items() if name in part.fields},
            [refusal for refusal in refusals if refusal.field in part.fields],
            all(getattr(assignment, name) in (None, "", []) for name in part.fields),
        )
        for part in parts
    ]
