"""Write letters into the outbox, each in its reader's language, and send what waits there."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from secrets import token_hex
from typing import Literal

from prometheus_client import Counter
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.db import Sessions
from webapp.models import Mail
from webapp.models.accounts import ERASED_HOUSE
from webapp.models.mail import LONGEST_SUBJECT
from webapp.plain import one_line
from webapp.services import address_choices, letter_choices
from webapp.services.filled import filled_of
from webapp.services.readers import Reader
from webapp.speech import say
from webapp.words import Words

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 16  # over two days, with the rests between them
LONGEST_REST = timedelta(hours=6)
# A letter that waits to be sent; one that its reader has stopped stays on the site.
WAITING = (Mail.sent_at.is_(None), ~Mail.stays_here, Mail.attempts < MOST_ATTEMPTS)
GIVEN_UP = Mail.attempts >= MOST_ATTEMPTS  # where it was not sent
TAKEN_OUT = "[…]"  # stands in a copy for an address that worked once
AT_ONCE = 50  # letters in one go, so that rankings get their turn
CLAIM_HOLDS = timedelta(minutes=5)  # longer than the slowest server may take; then its worker counts as dead
REPEATS = Counter("caravanserai_letters_repeated_total", "Letters that went again after an attempt without an end")
Answer = Literal["taken", "refused", "none"]


class Unanswered(OSError):
    """The connection broke when the server had the letter: it may have taken it, or not."""


def write_letter(
    session: Session, reader: Reader, kind: str, subject: Words, body: Words, *, secrets: Sequence[str] = ()
) -> Mail:
    """Put a plain-text letter of a kind (letter_kinds) into the outbox, in the caller's transaction.

    No change, no letter. `secrets` are addresses in the body that work once: no copy keeps them.
    """
    letter = Mail(
        to=reader.email,
        subject=one_line(say(subject, reader.language))[:LONGEST_SUBJECT],  # one line: a newline would begin a header
        body=say(body, reader.language).strip("\n") + "\n",
        message_id=f"{token_hex(16)}@caravanserai",
        created_at=clock.now(),
        user_id=reader.account_id,
        kind=kind,
        language=reader.language,
        office=reader.office,
        secrets="\n".join(secrets),
        filled=filled_of([subject, body], secrets),
        stays_here=_is_off(session, reader, kind),
    )
    session.add(letter)
    session.flush()
    session.info["wake"] = True
    return letter


def _is_off(session: Session, reader: Reader, kind: str) -> bool:
    if reader.email.endswith(ERASED_HOUSE):
        return True  # nobody reads it any more
    if reader.account_id is None:
        return address_choices.is_off(session, address_choices.mark_of(reader.email), kind)
    return letter_choices.is_off(session, reader.account_id, kind)


def copy_of(letter: Mail) -> str:
    """Return the body as it may be read again: without the addresses that work once."""
    text = letter.body
    for address in letter.secrets.split():
        text = text.replace(address, TAKEN_OUT)
    return text


def send_waiting(sessions: Sessions, deliver: Callable[[Mail], None]) -> int:
    """Hand waiting letters to `deliver`, each once; return how many went. One that fails waits for the next time.

    A letter is claimed first, so that two workers never send the same one, and no transaction is open while a server
    is spoken to. A crash between delivery and record repeats the letter under the same Message-ID, and counts it.
    """
    sent = last = 0
    for _ in range(AT_ONCE):
        with sessions() as session:
            letter = _claim(session, last)
        if letter is None:
            break
        last = letter.id
        answer = _answer(deliver, letter)
        with sessions() as session:
            _record(session, letter, answer)
        sent += answer == "taken"
    return sent


def rest_after(attempts: int) -> timedelta:
    """Return how long a letter rests that was refused so often: a minute, then twice as long, six hours at most.

    A server that is away for a night costs no letter.
    """
    return min(timedelta(minutes=2 ** (attempts - 1)), LONGEST_REST)


def _claim(session: Session, last: int) -> Mail | None:
    """Take the next letter after `last` that is nobody's; what a worker took and never told of is nobody's again."""
    is_free = or_(Mail.claimed_at.is_(None), clock.is_silent(Mail.claimed_at, CLAIM_HOLDS))
    is_rested = or_(Mail.rests_until.is_(None), Mail.rests_until <= clock.now())
    waiting = select(Mail).where(*WAITING, Mail.id > last, is_free, is_rested)
    letter = session.scalar(waiting.order_by(Mail.id).limit(1).with_for_update(skip_locked=True))
    if letter is not None:
        if letter.claimed_at is not None:
            letter.repeats += 1
            REPEATS.inc()
            log.warning("letter %s goes once more: nobody told how the last attempt ended", letter.message_id)
        letter.claimed_at = clock.now()
    return letter


def _answer(deliver: Callable[[Mail], None], letter: Mail) -> Answer:
    """Deliver, and say what came of it. Whatever is wrong with one letter keeps no other from its turn."""
    try:
        deliver(letter)
    except Unanswered:
        return "none"
    except Exception as error:
        log.warning("letter %s was not taken: %s", letter.message_id, type(error).__name__)  # the rest names people
        return "refused"
    return "taken"


def _record(session: Session, letter: Mail, answer: Answer) -> None:
    """Keep what came of an attempt; a letter that went has gone, also where somebody else has claimed it meanwhile."""
    kept = session.get(Mail, letter.id, with_for_update=True)
    if kept is None:
        return  # whom it named, or whose link it brought, has gone meanwhile
    kept.attempts += 1
    kept.rests_until = clock.now() + rest_after(kept.attempts) if answer == "refused" else None
    if answer == "taken":
        kept.sent_at = kept.sent_at or clock.now()
        kept.body, kept.secrets = copy_of(kept), ""  # what went needs its one-time address no more
    if answer != "none" and kept.claimed_at == letter.claimed_at:
        kept.claimed_at = None  # without an answer it stays claimed for a while, and then counts as a repeat
