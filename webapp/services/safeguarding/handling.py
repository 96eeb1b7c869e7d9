"""What a focal point does with a report that was handed to them. For everybody else it does not exist."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Report, ReportExclusion, ReportWord, User
from webapp.services import audit
from webapp.services.errors import NotFound, Refused
from webapp.services.locks import hold
from webapp.services.moves import check_can_move, move
from webapp.services.safeguarding import people, routing, safety_letters
from webapp.words import lazy


def reports_of(session: Session, account: User) -> list[Report]:
    """Return the reports handed to a focal point, those that are not closed first, then the newest."""
    people.check_focal_point(account)
    query = select(Report).where(handed_to(account)).order_by(Report.state == "closed", Report.id.desc())
    return list(session.scalars(query))


def handed_to(account: User) -> ColumnElement[bool]:
    """Return the condition of reports that a focal point may read."""
    barred = exists().where(ReportExclusion.report_id == Report.id, ReportExclusion.user_id == account.id)
    return and_(Report.handler_id == account.id, Report.vio_id == account.vio_id, ~barred)


def report_for(session: Session, account: User, report_id: int) -> Report:
    """Return a report to its handler."""
    found = next((one for one in reports_of(session, account) if one.id == report_id), None)
    if found is None:
        raise NotFound
    return found


def take(session: Session, account: User, report: Report) -> None:
    """Say that one works on it: a new one, a referred one, or a closed one again."""
    _move(session, account, report, "in_hand")


def refer(session: Session, account: User, report: Report, text: str) -> None:
    """Say that somebody else deals with it, and with what; a note says to whom."""
    _move(session, account, report, "referred")
    report.words.append(ReportWord(side="note", text=text, at=clock.now()))


def close(session: Session, account: User, report: Report, text: str) -> None:
    """Close it, with an answer that the reporter can read."""
    _move(session, account, report, "closed")
    report.words.append(ReportWord(side="answer", text=text, at=clock.now()))


def _move(session: Session, account: User, report: Report, state: str) -> None:
    hold(session, report)
    if report.handler_id != account.id:
        raise NotFound
    check_can_move(report, state)
    report.state_at = clock.now()
    report.closed_at = report.state_at if state == "closed" else None
    move(session, account, report, state)


def write(session: Session, account: User, report: Report, text: str, is_answer: bool) -> None:
    """Answer the reporter, or note something for oneself and those to whom the report is handed."""
    if report.handler_id != account.id:
        raise NotFound
    report.words.append(ReportWord(side="answer" if is_answer else "note", text=text, at=clock.now()))
    audit.record(session, account, "report_answered" if is_answer else "report_noted", report)


def others(session: Session, account: User, report: Report) -> list[User]:
    """Return to whom the report can be handed: focal points of the VIO who are not ruled out."""
    barred = routing.ruled_out(report) | {account.id}
    return [one for one in people.focal_points(session, report.vio_id) if one.id not in barred]


def hand_over(session: Session, account: User, report: Report, user_id: int) -> None:
    """Hand a report, with its incident, to another focal point; whoever hands it over sees neither any more."""
    hold(session, report)
    if report.handler_id != account.id:
        raise NotFound
    reader = next((one for one in others(session, account, report) if one.id == user_id), None)
    if reader is None:
        raise Refused(lazy("Choose another focal point of your organization, whom the report does not rule out."))
    routing.give(session, report, reader)
    audit.record(session, account, "report_handed_over", report)
    safety_letters.something_waits(session, reader)
