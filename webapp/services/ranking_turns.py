"""Whose rankings wait for whose, so that no pair ends with two matches that are shown.

Two transactions that retire and add matches of the same person do not see what the other adds; nor does one that ranks
see what a run shows meanwhile. On PostgreSQL they take turns, by locks that no row stands for: whoever waits for a row
of a person holds up everybody who refers to it. SQLite's writers come one after the other anyway.
"""

from __future__ import annotations

from sqlalchemy import Function, func, select
from sqlalchemy.orm import Session

SHOWING, OF_PERSON = 4_113, 4_114  # any numbers that no other lock has


def of_person(session: Session, volunteer_id: int) -> None:
    """Wait for other rankings of a person, and for a run that is being shown; both wait for the end of this one."""
    of_any(session)
    _take(session, func.pg_advisory_xact_lock(OF_PERSON, volunteer_id))


def of_any(session: Session) -> None:
    """Wait for a run that is being shown; the next one waits for the end of this transaction."""
    _take(session, func.pg_advisory_xact_lock_shared(SHOWING))


def to_show(session: Session) -> None:
    """Wait for all rankings under way; others wait for the end of this transaction."""
    _take(session, func.pg_advisory_xact_lock(SHOWING))


def _take(session: Session, lock: Function[None]) -> None:
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(lock))
