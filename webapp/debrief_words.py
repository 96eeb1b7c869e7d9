"""Debriefs in words: the questions with what had been agreed, and the answers side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from webapp.agreement_words import NEUTRAL, Told, parts_told
from webapp.i18n import translate
from webapp.models import Debrief, FollowUp, Placement
from webapp.services import agreements, follow_ups, signings
from webapp.services.debrief_questions import QUESTIONS
from webapp.words import Words, lazy

SIDES: dict[str, Words] = {
    "volunteer": lazy("The volunteer"),
    "host": lazy("The host"),
    "community": lazy("The community"),
}
MARKS: dict[int, Words] = {
    1: lazy("1: poor"),
    2: lazy("2: with great gaps"),
    3: lazy("3: fair"),
    4: lazy("4: good"),
    5: lazy("5: very good"),
}
AS_EXPECTED: dict[int, Words] = {
    1: lazy("1: quite different"),
    2: lazy("2: mostly different"),
    3: lazy("3: half and half"),
    4: lazy("4: mostly as expected"),
    5: lazy("5: as expected"),
}


@dataclass(frozen=True)
class Line:
    """A question, what had been agreed on it, and the answer (blank: none was given)."""

    question: str
    expected: list[Told]
    answer: str


@dataclass(frozen=True)
class SideSaid:
    """All that one side said."""

    heading: str
    debrief: Debrief
    overall: str
    as_expected: str
    lines: list[Line]


def expected(session: Session, placement: Placement, side: str, language: str) -> dict[str, list[Told]]:
    """Return what had been agreed, by question of a side."""
    terms = signings.terms_in_force(session, placement) or agreements.terms_for(session, placement)
    parts = parts_told(terms, NEUTRAL, language)
    told = [term for part in parts for term in part.terms if not term.is_by_hand]
    return {code: [term for term in told if term.code in one.terms] for code, one in QUESTIONS[side].items()}


def told_by(session: Session, placement: Placement, found: Sequence[Debrief], language: str) -> list[SideSaid]:
    """Return debriefs in words, in the order of the sides."""
    order = list(SIDES)
    return [_side(session, placement, one, language) for one in sorted(found, key=lambda one: order.index(one.side))]


def follow_up_lines(one: FollowUp) -> list[tuple[str, str]]:
    """Return the questions and answers of a follow-up."""
    answers, asked = follow_ups.ANSWERS, follow_ups.QUESTIONS
    return [(translate(words), translate(answers[one.says[code]])) for code, words in asked.items() if code in one.says]


def _side(session: Session, placement: Placement, one: Debrief, language: str) -> SideSaid:
    agreed = expected(session, placement, one.side, language) if one.says else {}
    lines = [
        Line(translate(asked.words), agreed.get(code, []), translate(asked.answers[one.says[code]]))
        for code, asked in QUESTIONS[one.side].items()
        if code in one.says
    ]
    heading = translate(SIDES[one.side])
    return SideSaid(heading, one, translate(MARKS[one.overall]), translate(AS_EXPECTED[one.as_expected]), lines)
