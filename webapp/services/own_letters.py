"""What the service wrote to an account, to be read on the site: by that account alone."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Mail, User
from webapp.services.letters import MOST_ATTEMPTS

PAGE = 20


def page_of(session: Session, account: User, before: int | None = None) -> tuple[Sequence[Mail], int | None]:
    """Return letters to the account, newest first, below the id `before`; and the id below which older ones lie."""
    query = select(Mail).where(Mail.user_id == account.id)
    if before is not None:
        query = query.where(Mail.id < before)
    found = session.scalars(query.order_by(Mail.id.desc()).limit(PAGE + 1)).all()
    shown = found[:PAGE]
    return shown, shown[-1].id if len(found) > PAGE else None


def standing(letter: Mail) -> str:
    """Return how it stands with the e-mail: here (only on the site), sent, failed, waiting."""
    if letter.stays_here:
        return "here"
    if letter.sent_at is not None:
        return "sent"
    return "failed" if letter.attempts >= MOST_ATTEMPTS else "waiting"
