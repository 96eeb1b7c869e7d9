"""How many letters strangers can have sent in an hour: no form of ours fills the mailbox of somebody else.

Each is counted in the transaction that writes it, beside failed log-ins and like them by hashes alone.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import SignInFailure
from webapp.services import sign_in

WINDOW = timedelta(hours=1)
MOST_TO_ADDRESS = 3  # of one kind: nobody uses up the letter that its reader waits for without sending it
MOST_FOR_VISITOR = 60  # an office that registers people on one day shares one network address
TURN = 4_112  # of a lock of PostgreSQL; any number that no other lock has


def take(session: Session, kind: str, email: str, visitor: str | None) -> bool:
    """Count a letter to an address, asked for from a network address (None: not known); False where it may not go."""
    if session.get_bind().dialect.name == "postgresql":  # SQLite's writers come one after the other anyway
        session.execute(select(func.pg_advisory_xact_lock(TURN)))
    row = SignInFailure(
        email_hash=sign_in.hashed(f"{kind} to {email}"),
        address_hash=sign_in.hashed(f"letters for {visitor}" if visitor else ""),
        at=clock.now(),
    )
    to_address, for_visitor = SignInFailure.email_hash == row.email_hash, SignInFailure.address_hash == row.address_hash
    if sign_in.number_since(session, WINDOW, to_address) >= MOST_TO_ADDRESS:
        return False
    if visitor and sign_in.number_since(session, WINDOW, for_visitor) >= MOST_FOR_VISITOR:
        return False
    session.add(row)
    session.flush()
    return True
