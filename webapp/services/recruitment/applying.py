"""Applying with all that the VIO asks for: answers to its questions, and the declaration on conduct."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Application, ApplicationAnswer, Assignment, Question, QuestionSet, User, Volunteer
from webapp.services import applications
from webapp.services.errors import Refused
from webapp.services.recruitment import conduct
from webapp.words import Words, lazy

LONGEST_ANSWER = 3000


@dataclass(frozen=True)
class Said:
    """What an applicant sends."""

    note: str
    declares: bool
    asked: QuestionSet | None = None
    answers: Mapping[int, str] | None = None  # by question


def faults(asked: QuestionSet | None, answers: Mapping[int, str]) -> dict[int, Words]:
    """Return what is wrong with which answer, by question."""
    found: dict[int, Words] = {}
    for question in asked.questions if asked else ():
        text = answers.get(question.id, "").strip()
        if question.is_required and not text:
            found[question.id] = lazy("Answer this question; a few sentences are enough.")
        elif len(text) > LONGEST_ANSWER:
            found[question.id] = lazy(
                "Your answer is too long: write at most %(most)s characters.", most=LONGEST_ANSWER
            )
    return found


def send(session: Session, account: User, volunteer: Volunteer, assignment: Assignment, said: Said) -> Application:
    """Send an application with its answers; Refused without the declaration or an answer that has to be given."""
    if not said.declares:
        raise Refused(lazy("Read the declaration on conduct and confirm it."))
    answers = dict(said.answers or {})
    wrong = faults(said.asked, answers)
    if wrong:
        raise Refused(next(iter(wrong.values())))
    application = applications.apply(session, account, volunteer, assignment, said.note)
    conduct.confirm(session, application)
    for question in said.asked.questions if said.asked else ():
        if text := answers.get(question.id, "").strip():
            session.add(ApplicationAnswer(application_id=application.id, question_id=question.id, text=text))
    session.flush()
    return application


def answers_of(session: Session, application: Application) -> list[ApplicationAnswer]:
    """Return what an applicant answered, in the order in which it was asked."""
    query = select(ApplicationAnswer).join(Question).where(ApplicationAnswer.application_id == application.id)
    return list(session.scalars(query.order_by(Question.position)))
