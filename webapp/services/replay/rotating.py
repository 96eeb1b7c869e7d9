"""What was kept of runs, from an old DATA_KEY to a new one."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import KeptInput, KeptRun
from webapp.services.replay.keeping import AT_ONCE
from webapp.services.replay.sealing import Seal, Unreadable


def rotate(session: Session, old_key: str, new_key: str) -> None:
    """Bring everything under the new key; what cannot be read stays as it is, and a replay names it."""
    older, newer = Seal(old_key), Seal(new_key)
    for kept in session.scalars(select(KeptInput).execution_options(yield_per=AT_ONCE)):
        text = _opened(older, kept)
        if text is not None:
            kept.sealed, kept.digest = newer.close(text), newer.digest(text)
    for run in session.scalars(select(KeptRun).execution_options(yield_per=AT_ONCE)):
        text = _opened(older, run)
        if text is not None:
            run.sealed = newer.close(text)
    session.flush()


def _opened(seal: Seal, row: KeptInput | KeptRun) -> str | None:
    try:
        return seal.open(row.sealed)
    except Unreadable:
        return None
