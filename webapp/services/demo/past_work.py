"""An assignment of the demonstration's past, and the lines that its changes of state left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from webapp.models import Assignment, AuditEvent


@dataclass(frozen=True)
class Past:
    """An assignment with when it was published; `lift` is how well it goes, 0 for as well as most."""

    work: Assignment
    opened: datetime
    lift: float


def tell(session: Session, work: Assignment, state: str, at: datetime) -> None:
    """Leave the line of a change of state, at a moment of the past."""
    line = AuditEvent(at=at, vio_id=work.vio_id, action=f"assignment_{state}", subject_kind="assignment")
    line.subject_id = work.id
    session.add(line)
