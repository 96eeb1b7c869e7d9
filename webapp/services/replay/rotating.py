"""What was kept of runs, from an old DATA_KEY to a new one."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import KeptInput, KeptRun
from webapp.services.replay.keeping import AT_ONCE
from webapp.services.replay.sealing import Seal, Unreadable


def rotate(session: Session, old_key: str, new_key: str) -> None:
    """Bring everything under the new key; what cannot be read stays as it is, and a replay names it."""
    older, newer = Seal(old_key), Seal(new_key)
    tables: tuple[type[KeptInput | KeptRun], ...] = (KeptInput, KeptRun)
    for table in tables:
        rows: Iterable[KeptInput | KeptRun] = session.scalars(select(table).execution_options(yield_per=AT_ONCE))
        for row in rows:
            try:
                text = older.open(row.sealed)
            except Unreadable:
                continue
            row.sealed = newer.close(text)
            if isinstance(row, KeptInput):
                row.digest = newer.digest(text)
    session.flush()
