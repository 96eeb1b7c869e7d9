"""Runs in the background that their worker left, killed or silent: back into the queue, after some attempts given up.

One rule for rankings and for looks at the decisions; what a kind of run has of its own stands in its `Kind`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from webapp import clock
from webapp.models import LearningRun, MatchRun

log = logging.getLogger(__name__)

Run = TypeVar("Run", MatchRun, LearningRun)


@dataclass(frozen=True)
class Kind(Generic[Run]):
    """What a kind of run has of its own; `set_back` readies it for another attempt, `fail` ends it for good and
    says why.
    """

    table: type[Run]
    sign_of_life: InstrumentedAttribute[datetime | None]
    stale_after: timedelta
    most_attempts: int
    set_back: Callable[[Session, Run], None]
    fail: Callable[[Session, Run, str], None]
    ours: set[int] = field(default_factory=set)  # the runs that this process carries out: nobody has left them


def requeue_stale(session: Session, kind: Kind[Run]) -> int:
    """Put runs back whose worker gave no sign of life for too long; return how many."""
    return _put_back(session, kind, clock.is_silent(kind.sign_of_life, kind.stale_after))


def take_up(session: Session, kind: Kind[Run]) -> int:
    """Put back every run under way but our own, when whoever carries them out starts: its worker was killed.

    Return how many.
    """
    return _put_back(session, kind, true())


def _put_back(session: Session, kind: Kind[Run], which: ColumnElement[bool]) -> int:
    left = kind.table.state == "running", which, kind.table.id.not_in(kind.ours)
    dead = list(session.scalars(select(kind.table).where(*left).with_for_update()))
    for run in dead:
        if run.attempts < kind.most_attempts:
            kind.set_back(session, run)
            run.state, run.error = "queued", ""
        else:
            kind.fail(session, run, f"Given up after {run.attempts} attempts")
        log.warning("%s %s was left by its worker and is now %s", run.__tablename__, run.id, run.state)
    session.flush()
    return len(dead)
