"""Whether a run can be made again: what is kept of it, and what is not."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import KeptRun, MatchRun
from webapp.services.replay.record import Record
from webapp.services.replay.sealing import Unreadable, seal_of

KEPT_FOR = timedelta(days=366)
KEPT, BEFORE, OVER, MISSING, UNREADABLE, UNFINISHED = "kept", "before", "over", "missing", "unreadable", "unfinished"


def standing_of(session: Session, run: MatchRun) -> tuple[str, Record | None]:
    """Return KEPT with the record of the run, or the code of why there is none."""
    if run.state != "finished":
        return UNFINISHED, None
    kept = session.get(KeptRun, run.id)
    if kept is None:
        is_gone = run.is_look or _is_over(run)  # a look goes with the next one
        return (BEFORE if not run.result else OVER if is_gone else MISSING), None
    record = record_in(session, kept)
    return (KEPT, record) if record else (UNREADABLE, None)


def record_in(session: Session, kept: KeptRun) -> Record | None:
    """Return the record that was kept of a run; None where it was changed, or lies under another key."""
    try:
        return Record.from_text(seal_of(session).open(kept.sealed))
    except Unreadable:
        return None


def _is_over(run: MatchRun) -> bool:
    """Whether its year is over; a run is kept from shortly before it finishes."""
    return run.finished_at is not None and run.finished_at < clock.now() - KEPT_FOR + timedelta(days=1)
