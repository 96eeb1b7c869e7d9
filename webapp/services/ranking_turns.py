"""Whose rankings wait for whose, so that hardly a pair ends with two matches that are shown.

Two transactions that retire and add matches of the same person or assignment do not see what the other adds; nor does
one that ranks see what a run shows meanwhile. On PostgreSQL they take turns, by locks that no row stands for: whoever
locks the row of a person holds up everybody who refers to it. SQLite's writers come one after the other anyway.

Nobody waits long, and nobody queues: a request that hangs on another machine must not stop whoever saves something. So
a lock is tried again and again, and after PATIENCE one goes on without it.
"""

from __future__ import annotations

from time import monotonic, sleep

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

SHOWING, OF_WORK, OF_PERSON = 4_113, 4_114, 4_115  # any numbers that no other lock has
PATIENCE = 5.0  # seconds
AGAIN = 0.05  # seconds


def of_person(session: Session, volunteer_id: int, patience: float | None = None) -> bool:
    """Wait for other rankings of a person, for rankings of an assignment, and for a run that is being shown.

    Return whether all of these wait for the end of this transaction now.
    """
    shared = func.pg_try_advisory_xact_lock_shared
    alone = func.pg_try_advisory_xact_lock(OF_PERSON, volunteer_id)
    return _take(session, and_(shared(SHOWING), shared(OF_WORK), alone), PATIENCE if patience is None else patience)


def of_assignment(session: Session) -> bool:
    """Wait for all other rankings, and for a run that is being shown; return as `of_person`."""
    shared = func.pg_try_advisory_xact_lock_shared(SHOWING)
    return _take(session, and_(shared, func.pg_try_advisory_xact_lock(OF_WORK)), PATIENCE)


def to_show(session: Session) -> bool:
    """Wait for all rankings under way; return as `of_person`."""
    return _take(session, func.pg_try_advisory_xact_lock(SHOWING), PATIENCE)


def _take(session: Session, locks: ColumnElement[bool], patience: float) -> bool:
    if session.get_bind().dialect.name != "postgresql":
        return True
    until = monotonic() + patience
    while not session.scalar(select(locks)):  # what was taken of several is taken again, which is no harm
        if monotonic() > until:
            return False
        sleep(AGAIN)
    return True
