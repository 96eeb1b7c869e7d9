"""Write letters into the outbox, and send what waits there."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.db import Sessions
from webapp.models import Mail

MOST_ATTEMPTS = 8


def write_letter(session: Session, to: str, subject: str, body: str) -> Mail:
    """Put a plain-text letter into the outbox, in the caller's transaction: no change, no letter."""
    letter = Mail(
        to=to,
        subject=" ".join(subject.split()),  # one line: a newline would begin a header
        body=body,
        message_id=f"{secrets.token_hex(16)}@caravanserai",
        created_at=clock.now(),
    )
    session.add(letter)
    session.flush()
    session.info["wake"] = True
    return letter


def send_waiting(sessions: Sessions, deliver: Callable[[Mail], None]) -> int:
    """Hand waiting letters to `deliver`; return how many went. One that fails waits for the next time.

    No transaction is open while a server is spoken to. A crash between delivery and record repeats the letter
    under the same Message-ID.
    """
    with sessions() as session:
        waiting = select(Mail).where(Mail.sent_at.is_(None), Mail.attempts < MOST_ATTEMPTS).order_by(Mail.id)
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
            kept = session.get_one(Mail, letter.id)
            kept.attempts += 1
            kept.sent_at = clock.now() if went else None
        sent += went
    return sent
