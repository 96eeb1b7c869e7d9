"""Recruitment in the demonstration: questions with answers, references, and interviews with one card or two."""

from __future__ import annotations

from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Application, Assignment, Reference, User, Vio
from webapp.models.accounts import COORDINATOR
from webapp.services.demo.people import account_of
from webapp.services.recruitment import (
    interviews,
    questions,
    referees,
    reference_answers,
    reference_letters,
    scorecards,
)
from webapp.services.recruitment.applying import Said
from webapp.services.recruitment.competencies import COMPETENCIES, SCORES
from webapp.services.recruitment.reference_answers import Answered
from webapp.services.recruitment.reference_questions import QUESTIONS
from webapp.services.recruitment.scorecards import Mark

SEED = 2028  # of its own, so that who applied and who was chosen stays as it was
ANSWERS = (
    "I was looked after by a volunteer once. I would like to be that person for somebody else, for a while.",
    "Somebody of the team can do it without me, and has taught the next one.",
    "I used to fill every silence. In the mountains I learned to wait, and heard more.",
    "I would first watch how it is done, then ask why, and only then say what I know.",
)
REFEREES = (("Amina Njoroge", "host"), ("Тимур Ахметов", "supervisor"), ("刘 海燕", "host"))
SAYS = {"how_long": "years", "keeps_word": "always", "works_with_others": "mostly", "again": "yes"}
HEARD = ("Told of a plan that failed, and of what came next.", "Answered fast; I asked twice.", "")


def ask(session: Session) -> None:
    """Let every office keep the suggested questions."""
    for vio in session.scalars(select(Vio).order_by(Vio.id)):
        questions.keep(session, _office(session, vio.id)[0], questions.suggested())


def said(session: Session, assignment: Assignment, note: str) -> Said:
    """Return what somebody sends who applies: a note, answers to what has to be answered, the declaration."""
    asked = questions.asked_for(session, assignment)
    dice = Random(f"{SEED} {assignment.id} {note}")  # noqa: S311  (an invented history needs no secrets)
    needed = [one.id for one in asked.questions if one.is_required] if asked else []
    return Said(note, True, asked, {one: dice.choice(ANSWERS) for one in needed})


def write(session: Session) -> None:
    """Let some on a shortlist name people, let these answer, and let the office interview some."""
    dice = Random(SEED)  # noqa: S311
    query = select(Application).where(Application.state == "shortlisted").order_by(Application.id)
    for number, application in enumerate(session.scalars(query)):
        office = _office(session, application.assignment.vio_id)
        if number % 2 == 0:
            _references(session, dice, application, office[0])
        if number % 3 == 0:
            _interview(session, dice, application, office[: 1 + (number % 6 == 0)])


def _office(session: Session, vio_id: int) -> list[User]:
    query = select(User).where(User.role == COORDINATOR, User.vio_id == vio_id).order_by(User.id)
    return list(session.scalars(query))


def _references(session: Session, dice: Random, application: Application, who: User) -> None:
    """Name two people; one has answered, the other one still has the letter."""
    account = account_of(application.volunteer)
    first, second = dice.sample(REFEREES, 2)
    for answers, (name, relation) in ((True, first), (False, second)):
        address = f"referee{REFEREES.index((name, relation))}@known.example"
        reference = referees.name(session, account, application, name, address, relation)
        reference_letters.ask(session, who, reference, str)
        if answers:
            _answer(session, dice, reference)


def _answer(session: Session, dice: Random, reference: Reference) -> None:
    says = {**SAYS, "other_ways": dice.choice(list(QUESTIONS["other_ways"].answers))}
    words = "We would have them back, and the ward still speaks of the songs."
    reference_answers.answer(session, reference, Answered(says, words, "no", may_be_read=dice.random() < 0.5))


def _interview(session: Session, dice: Random, application: Application, raters: list[User]) -> None:
    interviews.invite_to_interview(session, raters[0], application)
    for rater in raters:
        marks = {code: Mark(dice.choice(SCORES[1:]), dice.choice(HEARD)) for code in COMPETENCIES}
        scorecards.send(session, rater, application, marks)
