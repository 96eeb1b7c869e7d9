"""How long reports, calls for help, incidents and the words of supporters are kept; docs/privacy.md says why."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from webapp.models import HelpCall, Incident, Placement, Report, SafeguardingLook, SupporterLink, SupportMessage

A_YEAR = timedelta(days=365)
Kept = TypeVar("Kept", Report, HelpCall)
KEPT = {"report": 2 * A_YEAR, "help_call": A_YEAR, "incident": 6 * A_YEAR, "support": A_YEAR}


def forget_incidents(session: Session, now: datetime) -> int:
    """Delete incidents that were closed long ago, with the report or call behind each; what is not closed stays."""
    gone = list(session.scalars(select(Incident).where(Incident.closed_at < now - KEPT["incident"])))
    for incident in gone:
        behind: list[Report | HelpCall | Incident | None] = [incident, incident.report, incident.call]
        for subject in behind:
            if subject is not None and subject.closed_at is not None:
                _drop(session, subject)
    return len(gone)


def forget_reports(session: Session, now: datetime) -> int:
    """Delete reports that were closed long ago and of which no incident was made."""
    return _alone(session, Report, Incident.report_id, now - KEPT["report"])


def forget_help_calls(session: Session, now: datetime) -> int:
    """Delete calls for help that were closed long ago and of which no incident was made."""
    return _alone(session, HelpCall, Incident.call_id, now - KEPT["help_call"])


def forget_support(session: Session, now: datetime) -> int:
    """Delete what was written in threads whose placement has long been over."""
    over = select(SupporterLink.id).join(Placement, Placement.id == SupporterLink.placement_id)
    over = over.where(Placement.ended_at < now - KEPT["support"])
    old = delete(SupportMessage).where(SupportMessage.link_id.in_(over))
    return int(session.execute(old).rowcount)  # type: ignore[attr-defined]


def _alone(session: Session, table: type[Kept], link: InstrumentedAttribute[int | None], before: datetime) -> int:
    """Delete closed rows of a table of which no incident was made."""
    query = select(table).where(table.closed_at < before, ~exists().where(link == table.id))
    gone = list(session.scalars(query))
    for subject in gone:
        _drop(session, subject)
    return len(gone)


def _drop(session: Session, subject: Report | HelpCall | Incident) -> None:
    """Delete a row with the list of who opened it."""
    looks = (SafeguardingLook.subject_kind == subject.__tablename__, SafeguardingLook.subject_id == subject.id)
    session.execute(delete(SafeguardingLook).where(*looks))
    session.delete(subject)
    session.flush()
