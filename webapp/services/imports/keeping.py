"""How long lists stay: those that did not come in go whole; of those that did, what names people goes."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import ImportFile
from webapp.services.file_removal import remove_once_stored, remove_strays

KEPT_DAYS = 30


def forget_lists(session: Session, now: datetime, folder: Path) -> int:
    """Delete lists that were not taken over, with their files, and files that no list names."""
    old = ImportFile.created_at < now - timedelta(days=KEPT_DAYS)
    query = select(ImportFile).where(ImportFile.state != "done", old)
    gone = list(session.scalars(query))
    for upload in gone:
        remove_once_stored(session, folder / Path(upload.stored_as).name)
        session.delete(upload)
    named = {*session.scalars(select(ImportFile.stored_as)), *(upload.stored_as for upload in gone)}
    session.flush()
    return len(gone) + remove_strays(folder, named, now)


def forget_rows(session: Session, now: datetime) -> int:
    """Take the rows out of the reports on lists that came in; how many there were of each kind stays."""
    old = ImportFile.done_at < now - timedelta(days=KEPT_DAYS)
    done = session.scalars(select(ImportFile).where(ImportFile.state == "done", old))
    told = [one for one in done if one.report.get("rows")]
    for one in told:
        one.report = {**one.report, "rows": []}
    session.flush()
    return len(told)
