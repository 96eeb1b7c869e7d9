"""Lets some hosts and volunteers of the demonstration finish the training, some begin it, and some not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.courses import Course, Module
from webapp.models import Application, Certificate, TrainingProgress, User, Volunteer
from webapp.services import training

# Before hosts wrote their assignments, but after the first of those of the past (past.py); before volunteers applied.
HOSTS_DAYS_AGO, VOLUNTEERS_DAYS_AGO = 480, 60
BEGUN, NOT_BEGUN = 2, 4  # of each five accounts, by their place
VOLUNTEERS = 20


def train(session: Session, accounts: Iterable[User], days_ago: int = HOSTS_DAYS_AGO) -> None:
    """Train three of each five accounts; one more has passed a module and is stuck in the next, one has not begun."""
    for place, account in enumerate(accounts):
        course = training.own_course(account, "en")
        if place % 5 == BEGUN:
            _answer(session, account, course, course.modules[0])
            _answer(session, account, course, course.modules[1], wrong=True)
        elif place % 5 != NOT_BEGUN:
            for module in course.modules:
                _answer(session, account, course, module)
        _date_back(session, account, timedelta(days=days_ago))


def train_shortlisted(session: Session) -> None:
    """Train some of the volunteers whom hosts have put on a shortlist: those who may soon leave."""
    listed = select(Volunteer.user_id).join(Application).where(Application.state == "shortlisted")
    people = session.scalars(select(User).where(User.id.in_(listed)).order_by(User.id).limit(VOLUNTEERS)).all()
    train(session, people, VOLUNTEERS_DAYS_AGO)


def _answer(session: Session, account: User, course: Course, module: Module, wrong: bool = False) -> None:
    chosen = {question.code: question.right for question in module.questions}
    if wrong:
        last = module.questions[-1]
        chosen[last.code] = next(option.code for option in last.options if not option.is_right)
    training.answer(session, account, course, module.code, chosen)


def _date_back(session: Session, account: User, back: timedelta) -> None:
    for progress in session.scalars(select(TrainingProgress).where(TrainingProgress.user_id == account.id)):
        progress.begun_at -= back
        progress.passed_at = progress.passed_at and progress.passed_at - back
    for certificate in session.scalars(select(Certificate).where(Certificate.user_id == account.id)):
        certificate.issued_at -= back
    session.flush()
