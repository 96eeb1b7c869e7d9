"""Slow down guessing: too many failed log-ins for one account or from one address must wait.

A try is written down before it is made, and forgiven when it was right: otherwise many at the same moment would all
find that few had failed.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.db import Sessions, data_key_in_use
from webapp.models import SignInFailure

WINDOW = timedelta(minutes=5)
MOST_FOR_ACCOUNT = 8
# From everywhere together at one account, by those whose address is known: one of them alone keeps nobody else out.
MOST_FROM_EVERYWHERE = 40
MOST_FROM_ADDRESS = 40  # an office shares one address


@dataclass(frozen=True)
class Try:
    """A password or code about to be looked at: what it is to open, and the address it comes from (None: not known)."""

    at: str
    address: str | None = None
    most: int = MOST_FOR_ACCOUNT  # failures at the same from everywhere together


def take_turn(sessions: Sessions, tried: Try) -> int | None:
    """Write a try down as a failure, for `forgive`; None where there were too many within the last five minutes.

    Of many at the same moment none too many passes: each is stored before it counts all that are.
    """
    with sessions() as session:
        if _failed_most(session, tried) >= 0:
            return None
        row = note_failure(session, tried.at, tried.address)
    with sessions() as session:
        if _failed_most(session, tried) <= 0:
            return row.id
        forgive(session, row.id)
    return None


def forgive(session: Session, try_id: int) -> None:
    """Forget a try: it was right, or was not made."""
    session.execute(delete(SignInFailure).where(SignInFailure.id == try_id))


def note_failure(session: Session, at: str, address: str | None) -> SignInFailure:
    """Remember a failure; hashes only, so that the table tells nothing by itself."""
    row = SignInFailure(email_hash=hashed(at), address_hash=hashed(address or ""), at=clock.now())
    session.add(row)
    session.flush()
    return row


def is_throttled(session: Session, at: str) -> bool:
    """Whether there were too many failures at the same within the last five minutes."""
    return _failed_most(session, Try(at)) >= 0


def forget_old_failures(session: Session) -> int:
    """Delete what no rule looks at any more; return how many."""
    old = delete(SignInFailure).where(SignInFailure.at < clock.now() - WINDOW * 12)
    return int(session.execute(old).rowcount)  # type: ignore[attr-defined]


def _failed_most(session: Session, tried: Try) -> int:
    """Return by how many failures the strictest rule is passed: 0 where no more may be, below it where some may."""
    return max(number_since(session, WINDOW, *which) - most for which, most in _rules(tried))


def _rules(tried: Try) -> list[tuple[tuple[ColumnElement[bool], ...], int]]:
    same = SignInFailure.email_hash == hashed(tried.at)
    if tried.address is None:
        return [((same,), MOST_FOR_ACCOUNT)]
    here = SignInFailure.address_hash == hashed(tried.address)
    return [((same, here), MOST_FOR_ACCOUNT), ((same,), tried.most), ((here,), MOST_FROM_ADDRESS)]


def number_since(session: Session, within: timedelta, *which: ColumnElement[bool]) -> int:
    """Return how many such rows are younger than `within`, at most an hour: older ones are thrown away."""
    recent = SignInFailure.at > clock.now() - within
    return session.scalar(select(func.count()).select_from(SignInFailure).where(recent, *which)) or 0


def hashed(text: str) -> str:
    """Return what is kept of an address, under the installation's key: all addresses of a network are soon tried."""
    key = hashlib.sha256(f"failures {data_key_in_use()}".encode()).digest()
    return hmac.new(key, text.strip().casefold().encode(), "sha256").hexdigest()
