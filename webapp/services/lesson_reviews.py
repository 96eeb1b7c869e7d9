"""A coordinator reads each lesson before anybody else does."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager

from webapp import clock
from webapp.models import Lesson, Placement, User
from webapp.services.correspondence import write_to_account
from webapp.services.errors import NotFound, Refused
from webapp.services.letter_kinds import LESSONS
from webapp.services.locks import hold
from webapp.services.moves import check_can_move, move
from webapp.services.placement_sight import check_decides, received_by
from webapp.words import Words, lazy

PUBLISHED = (
    lazy("Your lesson can be read now"),
    lazy(
        "A coordinator has read what you would tell the next one. Those who are signed in find it under “Lessons”. "
        "You can take it back at any time. Thank you."
    ),
)
DECLINED = (
    lazy("Your lesson is not shown"),
    lazy(
        "A coordinator has read what you would tell the next one, and it is not shown:\n\n%(words)s\n\nNothing else "
        "follows from it. You can write another one."
    ),
)


def waiting(account: User) -> Select[int, datetime]:
    """Return the query of lessons that wait for the coordinators of the receiving VIO, the oldest first."""
    mine = (received_by(account), Lesson.state == "waiting")
    return select(Lesson.id, Lesson.state_at).join(Placement).where(*mine).order_by(Lesson.state_at, Lesson.id)


def to_review(session: Session, account: User) -> tuple[list[Lesson], list[Lesson]]:
    """Return the lessons of the VIO's placements that wait, oldest first, and those that are shown, newest first."""
    mine = select(Lesson).join(Placement).where(received_by(account))
    mine = mine.options(contains_eager(Lesson.placement).selectinload(Placement.assignment))
    first = mine.where(Lesson.state == "waiting").order_by(Lesson.state_at, Lesson.id)
    shown = mine.where(Lesson.state == "published").order_by(Lesson.state_at.desc(), Lesson.id.desc()).limit(50)
    return list(session.scalars(first)), list(session.scalars(shown))


def lesson_of(session: Session, account: User, lesson_id: int) -> Lesson:
    """Return a lesson of a placement that the coordinator's VIO received, where its author lets it be shown."""
    found = session.get(Lesson, lesson_id)
    if found is None or found.state not in ("waiting", "published"):
        raise NotFound
    check_decides(account, found.placement.assignment)
    return found


def publish(session: Session, account: User, lesson: Lesson) -> None:
    """Show it in the library."""
    _decide(session, account, lesson, "published", PUBLISHED)


def decline(session: Session, account: User, lesson: Lesson, words: str) -> None:
    """Show it not, or no longer, and say why to its author."""
    check_can_move(lesson, "declined")
    if not words.strip():
        raise Refused(lazy("Write a sentence to its author: why it is not shown."))
    subject, body = DECLINED
    _decide(session, account, lesson, "declined", (subject, Words(body.text, {"words": words.strip()})))


def _decide(session: Session, account: User, lesson: Lesson, state: str, letter: tuple[Words, Words]) -> None:
    check_decides(account, lesson.placement.assignment)
    hold(session, lesson)  # its author may take the consent back at this moment
    move(session, account, lesson, state, vio_id=account.vio_id)
    lesson.state_at = clock.now()
    session.flush()
    write_to_account(session, lesson.author, LESSONS, *letter)
