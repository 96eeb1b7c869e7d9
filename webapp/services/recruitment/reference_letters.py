"""Asking for a reference: the letter with its one-time link, once more, a reminder, and ending it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Application, Reference, ReferenceLink, User
from webapp.models.applications import LIVE_APPLICATION_STATES
from webapp.services import audit
from webapp.services.errors import Refused
from webapp.services.letter_kinds import APPLICATIONS
from webapp.services.letters import write_letter
from webapp.services.locks import hold
from webapp.services.moves import move
from webapp.services.one_time_links import Link, new_token
from webapp.services.readers import Reader, with_account, without_account
from webapp.services.recruitment import alumni_reference_letters, referees
from webapp.services.recruitment.interviews import check_own
from webapp.words import Words, joined, lazy

DAYS = 30  # a link works
REMINDER_DAYS = 7
MOST_LETTERS = 4  # to one person for one application, the reminder among them
DAYS_BETWEEN_LETTERS = 2

SUBJECT = lazy("%(person)s has named you: may we ask you for a reference?")
BODY = lazy(
    "%(name)s, good day.\n\n%(person)s has applied to serve as a volunteer through %(vio)s and has named you as "
    "somebody who knows them. %(vio)s asks you for a reference: a few short questions, about ten minutes, without an "
    "account.\n\n%(link)s\n\nThe link works once, until %(day)s. Your answers are read by the coordinators of %(vio)s; "
    "the page says what %(person)s may read. If you do not want to answer, open the link and say so there: nobody is "
    "asked why, and we do not write again."
)
REMINDER = lazy("A week ago we wrote to you. If you have answered by now, please forgive this letter.")


def ask(session: Session, account: User, reference: Reference, link: Link) -> None:
    """Send the first letter to somebody whom the volunteer named, or to one of the alumni."""
    check_own(account, reference.application)
    _check_runs(reference.application)
    hold(session, reference)
    move(session, account, reference, "asked", vio_id=account.vio_id)
    reference.state_at = clock.now()
    _write(session, reference, link, renews=True)


def ask_again(session: Session, account: User, reference: Reference, link: Link, now: datetime | None = None) -> None:
    """Send the letter once more, with a new term; not every day, and not for ever."""
    check_own(account, reference.application)
    _check_runs(reference.application)
    now = now or clock.now()
    if reference.state != "asked":
        raise Refused(lazy("This person does not wait for a letter."))
    if reference.letters >= MOST_LETTERS:
        raise Refused(lazy("We have written often enough to this person. Call them, or ask the volunteer for another."))
    if reference.last_letter_at is not None and now - reference.last_letter_at < timedelta(days=DAYS_BETWEEN_LETTERS):
        raise Refused(lazy("The last letter is less than two days old. Give the person time."))
    audit.record(session, account, "reference_asked_again", reference, account.vio_id)
    _write(session, reference, link, renews=True)


def end(session: Session, account: User, reference: Reference) -> None:
    """End a request: its links stop at once."""
    check_own(account, reference.application)
    referees.withdraw(session, account, reference)


def remind_due(session: Session, now: datetime, link: Link) -> int:
    """Remind, once, everybody who was asked a week ago and has said nothing; return how many."""
    query = select(Reference).join(Application)
    query = query.where(
        Reference.state == "asked",
        Reference.letters == 1,
        Reference.last_letter_at <= now - timedelta(days=REMINDER_DAYS),
        Reference.expires_at > now,
        Application.state.in_(LIVE_APPLICATION_STATES),
    )
    due = list(session.scalars(query.order_by(Reference.id)))
    for reference in due:
        audit.record(session, None, "reference_reminded", reference, reference.application.assignment.vio_id)
        _write(session, reference, link, renews=False)
    return len(due)


def _check_runs(application: Application) -> None:
    if not application.is_live:
        raise Refused(lazy("This application is over. Nobody is asked about it any more."))


def _write(session: Session, reference: Reference, link: Link, *, renews: bool) -> None:
    now = clock.now()
    if renews or reference.expires_at is None:
        reference.expires_at = now + timedelta(days=DAYS)
    token, token_hash = new_token()
    reference.links.append(ReferenceLink(token_hash=token_hash))
    reference.letters += 1
    reference.last_letter_at = now
    application = reference.application
    person, vio, address = application.volunteer.full_name, application.assignment.vio, link(token)
    values = {"name": reference.name, "person": person, "vio": vio.name, "link": address}
    subject, body = _words(reference, {**values, "day": reference.expires_at.date()})
    text = body if renews else joined((REMINDER, body))
    write_letter(session, _reader(reference), APPLICATIONS, subject, text, secrets=[address])


def _words(reference: Reference, values: dict[str, Any]) -> tuple[Words, Words]:
    if reference.is_named:
        return Words(SUBJECT.text, values), Words(BODY.text, values)
    ours, why = alumni_reference_letters, alumni_reference_letters.why(reference)
    return Words(ours.SUBJECT.text, values), Words(ours.BODY.text, {**values, "why": why})


def _reader(reference: Reference) -> Reader:
    """Return who gets the letter: one of the alumni has an account, and a language of their own."""
    vio, alumnus = reference.application.assignment.vio, reference.served_beside
    if alumnus is None or alumnus.user is None:
        return without_account(reference.email, vio)
    return replace(with_account(alumnus.user), office=vio.name)
