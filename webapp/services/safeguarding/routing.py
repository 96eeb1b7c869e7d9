"""Who reads a report: the first focal point whom it does not name and whom the reporter did not rule out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Incident, Report, ReportExclusion, User
from webapp.plain import one_line
from webapp.services import audit
from webapp.services.safeguarding import people, safety_letters

SHORTEST_NAME = 3  # letters; a shorter part of a name is found in half of all texts


def named_in(texts: Iterable[str], focal_points: Iterable[User]) -> set[int]:
    """Return the ids of those whose name, or a part of it, stands in the texts.

    Rather one too many: who is ruled out wrongly leaves the report to the other.
    """
    text = one_line(" ".join(texts)).casefold()
    words = set(re.findall(r"\w+", text))
    return {one.id for one in focal_points if _is_named(one_line(one.display_name or "").casefold(), text, words)}


def _is_named(name: str, text: str, words: set[str]) -> bool:
    if not name:
        return False
    if not name.isascii() and " " not in name and name in text:
        return True  # scripts without spaces between words
    parts = [part for part in re.findall(r"\w+", name) if len(part) >= SHORTEST_NAME]
    return name in text or any(part in words for part in parts)


def first_reader(session: Session, vio_id: int, ruled_out: Iterable[int]) -> User | None:
    """Return the first focal point of the VIO who may read, None where nobody may."""
    barred = set(ruled_out)
    return next((one for one in people.focal_points(session, vio_id) if one.id not in barred), None)


def ruled_out(report: Report) -> set[int]:
    """Return the ids of accounts that must never read the report."""
    return {one.user_id for one in report.exclusions}


def rule_out(session: Session, report: Report, user_ids: Iterable[int]) -> None:
    """Bar more accounts from the report, and find another reader where its handler is among them."""
    for user_id in set(user_ids) - ruled_out(report):
        report.exclusions.append(ReportExclusion(user_id=user_id))
    session.flush()
    if report.handler_id in ruled_out(report):
        hand_on(session, report)


def hand_on(session: Session, report: Report) -> None:
    """Give the report to the first who may read it; to nobody while there is nobody."""
    reader = first_reader(session, report.vio_id, ruled_out(report))
    give(session, report, reader)
    audit.record(session, None, "report_handed_on", report)
    if reader is not None:
        safety_letters.something_waits(session, reader)


def give(session: Session, report: Report, reader: User | None) -> None:
    """Let `reader` hold a report from now on, and the incident that was made of it."""
    report.handler = reader
    incident = session.scalar(select(Incident).where(Incident.report_id == report.id))
    if incident is not None:
        incident.handler = reader
    session.flush()


def find_readers(session: Session) -> int:
    """Hand on reports whose reader is gone or was never found, where somebody may read them now; return how many."""
    query = select(Report).outerjoin(User, User.id == Report.handler_id)
    lost = query.where(Report.state != "closed", (Report.handler_id.is_(None)) | (User.active.is_(False)))
    found = 0
    for report in session.scalars(lost.order_by(Report.id)):
        reader = first_reader(session, report.vio_id, ruled_out(report))
        if reader is not None:
            hand_on(session, report)
            found += 1
    return found
