"""The bridge to the coach: an assignment's row as a draft, and what would make it better, with the points it would add.

It advises hosts and reviewers; it refuses nothing (refusals.py) and requires nothing (assignment_needs.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from matching import COACH_CHECKS, Draft, DraftLanguage, DraftMoney, DraftSkill, coach_draft, stay_is_too_long
from matching import filled_in as blanks_filled
from matching import to_fill_in as blanks_in
from webapp import clock, vocabulary
from webapp.models import Assignment

_LISTS = frozenset({"skills", "languages", "money", "local_languages", "sdg_targets", "today"})
_FIELDS = {check.code: check.fields for check in COACH_CHECKS}
_WEIGHTS = {check.code: check.weight for check in COACH_CHECKS}
# Less than this is not worth a reader's time.
LEAST_POINTS = 0.2


@dataclass(frozen=True)
class Advice:
    """What could be better: the check's code, its evidence, the fields where to mend it, the points it would add."""

    code: str
    evidence: Mapping[str, Any]
    fields: tuple[str, ...]
    points: float


@dataclass(frozen=True)
class Coaching:
    """The score of an assignment (0 to 100), and advice, what adds most first.

    `is_unread` where it is written in a language whose words some checks do not know.
    """

    score: int
    advice: tuple[Advice, ...]
    is_unread: bool = False


def coaching_of(assignment: Assignment) -> Coaching:
    """Return how well an assignment is described as it stands, and what would make it better."""
    found = coach_draft(draft_of(assignment))
    total = sum(_WEIGHTS[one.code] for one in found.findings)
    advice = [
        Advice(one.code, one.evidence, _FIELDS[one.code], 100 * _WEIGHTS[one.code] * (1 - one.share) / total)
        for one in found.findings
    ]
    worth = sorted((one for one in advice if one.points >= LEAST_POINTS), key=lambda one: -one.points)
    return Coaching(int(found.score), tuple(worth), bool(found.unread))  # rounded down: 100 is whole


def draft_of(assignment: Assignment) -> Draft:
    """Return what an assignment says, as the library reads it; blank where the host has not said it."""
    names = (one.name for one in fields(Draft) if one.name not in _LISTS)
    said = {name: value for name in names if (value := getattr(assignment, name)) is not None}
    partner = vocabulary.reference().partners.get(assignment.country or "")
    return Draft(
        **said,
        sdg_targets=tuple(assignment.sdg_targets or ()),
        skills=tuple(
            DraftSkill(one.skill, one.level, one.is_essential, one.needs_licence, vocabulary.is_licensed(one.skill))
            for one in assignment.skills
        ),
        languages=tuple(
            DraftLanguage(one.language, one.level, one.is_required, one.for_safety) for one in assignment.languages
        ),
        money=tuple(DraftMoney(one.payer, one.payee, one.what, one.amount, one.when) for one in assignment.money),
        local_languages=partner.official_languages if partner else (),
        today=clock.today(),
    )


def to_fill_in(text: str) -> tuple[str, ...]:
    """Return what the blanks left in a text ask for: one rule for advice, for the form and for publishing."""
    return blanks_in(text)


def filled_in(text: str, words: Mapping[str, str]) -> str:
    """Return a text with its blanks filled by what `words` has for each; KeyError where it has nothing."""
    return blanks_filled(text, words)


def stay_is_longer_than_dates(start_on: date | None, end_on: date | None, weeks: int | None) -> bool:
    """Whether the shortest stay is longer than the time between the days: one rule for advice and for publishing."""
    return stay_is_too_long(start_on, end_on, weeks)
