"""What a referee answers on the page behind the link, and a coordinator's look at a word on misconduct."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Application, Assignment, Reference, ReferenceAnswer, ReferenceLink, User
from webapp.services import audit
from webapp.services.correspondence import write_to_coordinators
from webapp.services.delegations import own_work
from webapp.services.errors import NotFound, Refused
from webapp.services.letter_kinds import QUEUE
from webapp.services.moves import move
from webapp.services.one_time_links import hash_of
from webapp.services.recruitment.access import check_reads
from webapp.services.recruitment.interviews import check_own
from webapp.services.recruitment.reference_questions import QUESTIONS
from webapp.words import Words, lazy

LONGEST_WORDS = 3000
# Why a link leads to no questions any more, by the state of what it asked for.
CLOSED: dict[str, Words] = {
    "answered": lazy("You have answered already. Thank you: nothing more is asked of you."),
    "declined": lazy("You have told us that you do not want to answer. We do not write again."),
    "withdrawn": lazy("Your answer is not needed any more. Thank you for your time."),
}


@dataclass(frozen=True)
class Answered:
    """The answers: codes by question, free words, and what is said on misconduct where it is asked."""

    says: Mapping[str, str]
    words: str = ""
    misconduct: str = "not_asked"
    misconduct_words: str = ""
    may_be_read: bool = False


def find(session: Session, token: str) -> Reference:
    """Return the request behind a link; NotFound where there is none, Refused with kind words where it is over."""
    query = select(Reference).join(ReferenceLink).where(ReferenceLink.token_hash == hash_of(token))
    reference = session.scalar(query.with_for_update(of=Reference))
    if reference is None:
        raise NotFound
    if reference.state in CLOSED:
        raise Refused(CLOSED[reference.state])
    if not reference.application.is_live:
        raise Refused(CLOSED["withdrawn"])
    if reference.expires_at is None or reference.expires_at <= clock.now():
        raise Refused(lazy("This link is too old. If you still want to answer, write to the office that asked you."))
    return reference


def answer(session: Session, reference: Reference, said: Answered) -> ReferenceAnswer:
    """Keep the answers and use up the links; the coordinators get a letter that says nothing of what is in them."""
    _check(reference, said)
    made = ReferenceAnswer(
        says=dict(said.says),
        words=said.words.strip(),
        misconduct=said.misconduct,
        misconduct_words=said.misconduct_words.strip(),
        may_be_read=said.may_be_read,
        answered_at=clock.now(),
    )
    _settle(session, reference, "answered")
    reference.answer = made
    session.flush()
    return made


def decline(session: Session, reference: Reference) -> None:
    """Keep that the person does not want to answer; nobody asks why."""
    _settle(session, reference, "declined")


def look(session: Session, account: User, reference: Reference, words: str) -> None:
    """Keep what a coordinator did about a word on misconduct. It moves no state: people decide what follows."""
    check_own(account, reference.application)
    check_reads(account, reference.application, "misconduct")
    found = reference.answer
    if found is None or found.misconduct != "yes":
        raise NotFound
    if found.looked_at is not None:
        raise Refused(lazy("Somebody has looked at this already. Reload the page to read what was done."))
    if not words.strip():
        raise Refused(lazy("Write what you did: with whom you spoke, and what is decided."))
    found.looked_by, found.looked_at, found.looked_words = account, clock.now(), words.strip()[:LONGEST_WORDS]
    audit.record(session, account, "reference_looked_at", reference, account.vio_id)


def waiting_for_a_person(account: User) -> Select[int, datetime]:
    """Return the query of applications where a word on misconduct waits for a coordinator, the oldest first."""
    query = select(Reference.application_id, ReferenceAnswer.answered_at).join(ReferenceAnswer)
    query = query.join(Application, Application.id == Reference.application_id).join(Assignment)
    mine = (
        own_work(account),
        ReferenceAnswer.misconduct == "yes",
        ReferenceAnswer.looked_at.is_(None),
    )
    return query.where(*mine).order_by(ReferenceAnswer.answered_at, ReferenceAnswer.id)


def _check(reference: Reference, said: Answered) -> None:
    if set(said.says) != set(QUESTIONS) or any(code not in QUESTIONS[one].answers for one, code in said.says.items()):
        raise Refused(lazy("Answer each of the five questions. “I cannot say” is an answer too."))
    if (said.misconduct == "not_asked") == reference.is_earlier_host:
        raise Refused(lazy("Answer the question on misconduct. “I cannot say” is an answer too."))
    if said.misconduct == "yes" and not said.misconduct_words.strip():
        raise Refused(lazy("Write in a few words what you know, or how we can reach you about it."))
    if max(len(said.words), len(said.misconduct_words)) > LONGEST_WORDS:
        raise Refused(lazy("This is too long: write at most %(most)s characters.", most=LONGEST_WORDS))


def _settle(session: Session, reference: Reference, state: str) -> None:
    vio_id = reference.application.assignment.vio_id
    move(session, None, reference, state, vio_id=vio_id)
    reference.state_at = clock.now()
    session.flush()
    write_to_coordinators(  # names nobody: an office's mail is read by many
        session,
        vio_id,
        QUEUE,
        lazy("There is news of a reference"),
        lazy("Somebody whom you asked for a reference has answered or declined. Sign in and look at the application."),
        about=reference.application.assignment,
    )
