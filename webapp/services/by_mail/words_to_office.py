"""What a host says to the coordinators about an applicant: a question, a day to talk, or that both want to go on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Application, AuditEvent, User
from webapp.services import audit
from webapp.services.correspondence import write_to_coordinators
from webapp.services.errors import Refused
from webapp.services.letter_kinds import APPLICATIONS
from webapp.services.shortlists import check_may_answer
from webapp.words import Words, lazy

LONGEST_WORDS = 2000
MOST_A_DAY, A_DAY = 5, timedelta(days=1)  # letters about one application
TALKING = ("shortlisted", "interview")  # states in which host and applicant speak with each other

ACTIONS = ("host_asked", "host_talks", "host_agreed")

ASKS = (
    lazy("A host asks you something: %(title)s"),
    lazy(
        "%(host)s asks about application number %(number)s for “%(title)s”:\n\n%(words)s\n\n"
        "Answer to %(address)s. The host has no account here."
    ),
)
TALKS = (
    lazy("A day to talk: %(title)s"),
    lazy("%(host)s and the person of application number %(number)s talk on %(day)s about “%(title)s”."),
)
AGREES = (
    lazy("Host and applicant agree: %(title)s"),
    lazy(
        "%(host)s has talked with the person of application number %(number)s about “%(title)s”, and both would like "
        "to work together. Sign in and decide: an offer comes from you."
    ),
)


def ask(session: Session, account: User, application: Application, words: str) -> None:
    """Send a question to the coordinators, who answer by mail."""
    check_may_answer(account, application)
    if not words.strip():
        raise Refused(lazy("Write your question."))
    _tell(session, account, application, "host_asked", ASKS, words=words.strip()[:LONGEST_WORDS])


def tell_day(session: Session, account: User, application: Application, day: date | None) -> None:
    """Say on which day host and applicant talk."""
    _check_talking(account, application)
    if day is None or day < clock.today():
        raise Refused(lazy("Choose the day on which you talk, today or later."))
    _tell(session, account, application, "host_talks", TALKS, day=day)


def tell_agreed(session: Session, account: User, application: Application) -> None:
    """Say that both would like to work together; the coordinator decides."""
    _check_talking(account, application)
    _tell(session, account, application, "host_agreed", AGREES)


def said(session: Session, application: Application) -> list[AuditEvent]:
    """Return when the host said something of it to the coordinators, oldest first."""
    return [event for event in audit.history_of(session, application) if event.action in ACTIONS]


def day_in(event: AuditEvent) -> date | None:
    """Return the day on which they talk, where the event sets one."""
    return date.fromisoformat(event.detail["day"]) if "day" in event.detail else None


def _check_talking(account: User, application: Application) -> None:
    check_may_answer(account, application)
    if application.state not in TALKING:
        raise Refused(lazy("Put the person on the shortlist first: then you see how to reach each other."))


def _tell(
    session: Session, account: User, application: Application, action: str, letter: tuple[Words, Words], **more: Any
) -> None:
    since = clock.now() - A_DAY
    if sum(event.at > since for event in said(session, application)) >= MOST_A_DAY:
        raise Refused(lazy("You have written to the coordinators often today. Wait for their answer, or call them."))
    assignment = application.assignment
    day = {"day": more["day"].isoformat()} if "day" in more else {}
    audit.record(session, account, action, application, assignment.vio_id, **day)
    values = {
        "host": assignment.host.name,
        "title": assignment.title,
        "number": application.id,
        "address": assignment.host.contact_email or "",
        **more,
    }
    subject, body = letter
    filled = Words(subject.text, values), Words(body.text, values)
    write_to_coordinators(session, assignment.vio_id, APPLICATIONS, *filled, about=assignment)
