"""A host asks for more days before the promise breaks: it moves the promised day, the one time that it may move."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Application, User
from webapp.services.correspondence import write_to_volunteer
from webapp.services.errors import Refused
from webapp.services.letter_kinds import APPLICATIONS
from webapp.services.locks import hold
from webapp.services.reminders import letters
from webapp.services.reminders.promises import move_promise
from webapp.services.shortlists import check_may_answer
from webapp.words import lazy


def can_ask(application: Application) -> bool:
    """Whether the promised day may still move: nobody has answered, it has not moved before, and no pause holds it."""
    waits = application.state == "submitted" and application.first_answer_by is None
    return waits and application.assignment.host.suspended_at is None


def ask(session: Session, account: User, application: Application, today: date | None = None) -> None:
    """Move the promised day once, and tell the volunteer so."""
    check_may_answer(account, application)
    hold(session, application.assignment.host, application.assignment, application)
    if application.assignment.host.suspended_at is not None:
        raise Refused(
            lazy(
                "Your organization is suspended at present, so nobody waits for your answer and the day rests. Once "
                "the pause is over, the day is set anew by itself."
            )
        )
    if not can_ask(application):
        raise Refused(lazy("The day has moved once already, or you have answered. Please answer now, or ask us."))
    before, assignment = application.answer_by, application.assignment
    move_promise(session, account, application, max(before, today or clock.today()))
    words = {"before": before, "day": application.answer_by, "office": assignment.vio.name}
    write_to_volunteer(session, application.volunteer, APPLICATIONS, *letters.told("more_days", assignment, **words))
