"""What recruitment's codes are called on the pages of every role."""

from __future__ import annotations

from typing import Any

from webapp.i18n import day, translate
from webapp.models import ApplicationAnswer, Question, Reference, ReferenceAnswer
from webapp.services.recruitment import alumni_reference_letters, questions
from webapp.services.recruitment.alumni_references import Beside
from webapp.services.recruitment.referees import RELATION_WORDS
from webapp.services.recruitment.reference_questions import MISCONDUCT_ANSWERS, QUESTIONS
from webapp.words import Words, lazy

KINDS: dict[str, Words] = {
    "motivation": lazy("motivation"),
    "intercultural": lazy("living and working with other cultures"),
}
# state of a reference -> words, kind of pill
REFERENCE_STATES: dict[str, tuple[Words, str]] = {
    "named": (lazy("named, not asked yet"), "unknown"),
    "asked": (lazy("asked, waits for an answer"), "waiting"),
    "answered": (lazy("answered"), "met"),
    "declined": (lazy("does not want to answer"), "closed"),
    "withdrawn": (lazy("not asked any more"), "closed"),
}


def prompt(question: Question) -> str:
    """Return a question in the reader's language where it is one of ours."""
    return translate(questions.words_of(question))


def answered(answers: list[ApplicationAnswer]) -> list[tuple[str, str]]:
    """Return each question with what was answered."""
    return [(prompt(one.question), one.text) for one in answers]


def reference_facts(reference: Reference) -> dict[str, Any]:
    """Return somebody who was named, or one of the alumni, in words."""
    words, kind = REFERENCE_STATES[reference.state]
    named, alumni = RELATION_WORDS[reference.relation], alumni_reference_letters.relation
    relation = named if reference.is_named else alumni(reference.served)
    return {
        "reference": reference,
        "relation": translate(relation),
        "state": translate(words),
        "kind": kind,
        "last_letter": day(reference.last_letter_at),
    }


def alumni_words(one: Beside) -> dict[str, Any]:
    """Return one of the alumni who may be asked, in words."""
    return {
        "id": one.alumnus.id,
        "name": one.alumnus.full_name,
        "relation": translate(alumni_reference_letters.relation(one.served)),
        "begins": day(one.begins),
        "ends": day(one.ends),
    }


def said(answer: ReferenceAnswer) -> list[tuple[str, str]]:
    """Return the five questions with the answers that were chosen."""
    return [
        (translate(one.words), translate(one.answers[answer.says[code]]))
        for code, one in QUESTIONS.items()
        if answer.says.get(code) in one.answers
    ]


def misconduct(answer: ReferenceAnswer) -> str:
    """Return the answer to the question on misconduct."""
    return translate(MISCONDUCT_ANSWERS[answer.misconduct])
