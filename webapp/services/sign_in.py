"""Slow down guessing: too many failed log-ins for one account or from one address must wait.

A try is written down before it is made, and forgiven when it was right: otherwise many at the same moment would all
find that few had failed.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from webapp import clock
from webapp.db import Sessions, data_key_in_use
from webapp.models import SignInFailure

WINDOW = timedelta(minutes=5)
MOST_FOR_ACCOUNT = 8
# From everywhere together at one account, by those whose address is known: one of them alone keeps nobody else out.
MOST_FROM_EVERYWHERE = 40
MOST_FROM_ADDRESS = 40  # an office shares one address
AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
# Six digits, and whoever guesses at them has the password: without this a year of guessing would be worth it.
MOST_CODES_A_DAY = 50
OF_CODES = "code "  # how the marks of wrong codes begin, which count for a day


@dataclass(frozen=True)
class Try:
    """A password or code about to be looked at: what it is to open, and the address it comes from (None: not known)."""

    at: str
    address: str | None = None
    most: int = MOST_FOR_ACCOUNT  # failures at the same from everywhere together
    is_code: bool = False  # of an app, which is short

    @property
    def mark(self) -> str:
        """What is kept of what it is to open."""
        return f"{OF_CODES}{hashed(self.at)}"[:64] if self.is_code else hashed(self.at)


def take_turn(sessions: Sessions, tried: Try) -> int | None:
    """Write a try down as a failure, for `forgive`; None where there were too many within the last five minutes.

    Of many at the same moment none too many passes: each is stored before it counts all that are.
    """
    with sessions() as session:
        if _failed_most(session, tried) >= 0:
            return None
        row = note_failure(session, tried)
    with sessions() as session:
        if _failed_most(session, tried) <= 0:
            return row.id
        forgive(session, row.id)
    return None


def forgive(session: Session, try_id: int) -> None:
    """Forget a try: it was right, or was not made."""
    session.execute(delete(SignInFailure).where(SignInFailure.id == try_id))


def has_spent_codes(session: Session, tried: Try) -> bool:
    """Whether so many codes were wrong that none is looked at before tomorrow."""
    same = SignInFailure.email_hash == tried.mark
    return tried.is_code and number_since(session, A_DAY, same) >= MOST_CODES_A_DAY


def note_failure(session: Session, tried: Try) -> SignInFailure:
    """Remember a failure; hashes only, so that the table tells nothing by itself."""
    row = SignInFailure(email_hash=tried.mark, address_hash=hashed(tried.address or ""), at=clock.now())
    session.add(row)
    session.flush()
    return row


def is_throttled(session: Session, at: str) -> bool:
    """Whether there were too many failures at the same within the last five minutes."""
    return _failed_most(session, Try(at)) >= 0


def forget_old_failures(session: Session) -> int:
    """Delete what no rule looks at any more; return how many. From where a code came is not kept longer than others."""
    now, is_code = clock.now(), SignInFailure.email_hash.startswith(OF_CODES)
    is_old = SignInFailure.at < now - AN_HOUR
    session.execute(update(SignInFailure).where(is_old, is_code).values(address_hash=hashed("")))
    old = delete(SignInFailure).where(or_(and_(is_old, ~is_code), SignInFailure.at < now - A_DAY))
    return int(session.execute(old).rowcount)  # type: ignore[attr-defined]


def _failed_most(session: Session, tried: Try) -> int:
    """Return by how many failures the strictest rule is passed: 0 where no more may be, below it where some may."""
    return max(number_since(session, within, *which) - most for within, which, most in _rules(tried))


def _rules(tried: Try) -> list[tuple[timedelta, tuple[ColumnElement[bool], ...], int]]:
    same = SignInFailure.email_hash == tried.mark
    a_day = [(A_DAY, (same,), MOST_CODES_A_DAY)] if tried.is_code else []
    if tried.address is None:
        return [(WINDOW, (same,), MOST_FOR_ACCOUNT), *a_day]
    here = SignInFailure.address_hash == hashed(tried.address)
    return [
        (WINDOW, (same, here), MOST_FOR_ACCOUNT),
        (WINDOW, (same,), tried.most),
        (WINDOW, (here,), MOST_FROM_ADDRESS),
        *a_day,
    ]


def number_since(session: Session, within: timedelta, *which: ColumnElement[bool]) -> int:
    """Return how many such rows are younger than `within`: an hour at most, or of codes a day; older ones go."""
    recent = SignInFailure.at > clock.now() - within
    return session.scalar(select(func.count()).select_from(SignInFailure).where(recent, *which)) or 0


def hashed(text: str) -> str:
    """Return what is kept of an address, under the installation's key: all addresses of a network are soon tried."""
    key = hashlib.sha256(f"failures {data_key_in_use()}".encode()).digest()
    return hmac.new(key, text.strip().casefold().encode(), "sha256").hexdigest()
