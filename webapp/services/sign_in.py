"""Slow down guessing: too many failed log-ins for one account or from one address must wait."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import SignInFailure

WINDOW = timedelta(minutes=5)
MOST_FOR_ACCOUNT = 8
MOST_FROM_ADDRESS = 40  # an office shares one address


def _hash(text: str) -> str:
    return hashlib.sha256(text.strip().casefold().encode()).hexdigest()


def note_failure(session: Session, email: str, address: str | None) -> None:
    """Remember a failed log-in; hashes only, so that the table tells nothing by itself."""
    session.add(SignInFailure(email_hash=_hash(email), address_hash=_hash(address or ""), at=clock.now()))
    session.flush()


def is_throttled(session: Session, email: str, address: str | None) -> bool:
    """Whether the account or the address (None: not known) has failed too often within the last five minutes."""
    recent = SignInFailure.at > clock.now() - WINDOW
    for column, value, most in (
        (SignInFailure.email_hash, _hash(email), MOST_FOR_ACCOUNT),
        (SignInFailure.address_hash, _hash(address) if address else None, MOST_FROM_ADDRESS),
    ):
        if value is None:
            continue
        if (session.scalar(select(func.count()).where(recent, column == value)) or 0) >= most:
            return True
    return False


def forget_old_failures(session: Session) -> int:
    """Delete what no rule looks at any more; return how many."""
    old = delete(SignInFailure).where(SignInFailure.at < clock.now() - WINDOW * 12)
    return int(session.execute(old).rowcount)  # type: ignore[attr-defined]
