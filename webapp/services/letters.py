"""Write letters into the outbox, each in its reader's language, and send what waits there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from secrets import token_hex

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.db import Sessions
from webapp.models import Mail
from webapp.plain import one_line
from webapp.services import letter_choices
from webapp.services.readers import Reader
from webapp.speech import say
from webapp.words import Words

MOST_ATTEMPTS = 8
# A letter that waits to be sent; one that its reader has stopped stays on the site.
WAITING = (Mail.sent_at.is_(None), ~Mail.stays_here, Mail.attempts < MOST_ATTEMPTS)
TAKEN_OUT = "[…]"  # stands in a copy for an address that worked once


def write_letter(
    session: Session, reader: Reader, kind: str, subject: Words, body: Words | str, *, secrets: Sequence[str] = ()
) -> Mail:
    """Put a plain-text letter of a kind (letter_kinds) into the outbox, in the caller's transaction.

    No change, no letter. `secrets` are addresses in the body that work once: no copy keeps them.
    """
    letter = Mail(
        to=reader.email,
        subject=one_line(say(subject, reader.language))[:300],  # one line: a newline would begin a header
        body=say(body, reader.language).strip("\n") + "\n",
        message_id=f"{token_hex(16)}@caravanserai",
        created_at=clock.now(),
        user_id=reader.account_id,
        kind=kind,
        language=reader.language,
        office=reader.office,
        secrets="\n".join(secrets),
        stays_here=letter_choices.is_off(session, reader.account_id, kind),
    )
    session.add(letter)
    session.flush()
    session.info["wake"] = True
    return letter


def copy_of(letter: Mail) -> str:
    """Return the body as it may be read again: without the addresses that work once."""
    text = letter.body
    for address in letter.secrets.split():
        text = text.replace(address, TAKEN_OUT)
    return text


def send_waiting(sessions: Sessions, deliver: Callable[[Mail], None]) -> int:
    """Hand waiting letters to `deliver`; return how many went. One that fails waits for the next time.

    No transaction is open while a server is spoken to. A crash between delivery and record repeats the letter
    under the same Message-ID.
    """
    with sessions() as session:
        waiting = select(Mail).where(*WAITING).order_by(Mail.id)
        letters = list(session.scalars(waiting.limit(50)))
    sent = 0
    for letter in letters:
        try:
            deliver(letter)
        except OSError:
            went = False
        else:
            went = True
        with sessions() as session:
            _note(session.get_one(Mail, letter.id), went=went)
        sent += went
    return sent


def _note(letter: Mail, *, went: bool) -> None:
    """Record an attempt; what went needs its one-time address no more."""
    letter.attempts += 1
    letter.sent_at = clock.now() if went else None
    if went:
        letter.body, letter.secrets = copy_of(letter), ""
