"""What waits for a focal point: what nobody has taken up, and words that came since they last looked.

Conditions for the database: every page of theirs counts these, and reads none of the words.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from webapp.models import HelpCall, HelpWord, Report, ReportWord, SafeguardingLook, User, Volunteer
from webapp.services.safeguarding import handling, help_calls


def open_calls(account: User) -> Select[int]:
    """Return the count of calls that the focal point can take up."""
    return _count(HelpCall, help_calls.readable(account), HelpCall.state == "open")


def calls_with_new_words(account: User) -> Select[int]:
    """Return the count of calls of theirs to which the volunteer has written since they looked."""
    return _count(HelpCall, _is_changed_call(account))


def changed_calls(session: Session, account: User) -> set[int]:
    """Return the numbers of these calls."""
    return set(session.scalars(select(HelpCall.id).where(_is_changed_call(account))))


def new_reports(account: User) -> Select[int]:
    """Return the count of reports that the focal point has not begun to work on."""
    return _count(Report, handling.handed_to(account), Report.state == "received")


def reports_with_new_words(account: User) -> Select[int]:
    """Return the count of reports in hand that they never opened, or to which the reporter has added since they did."""
    return _count(Report, _is_changed_report(account))


def changed_reports(session: Session, account: User) -> set[int]:
    """Return the numbers of these reports."""
    return set(session.scalars(select(Report.id).where(_is_changed_report(account))))


def _count(table: type[HelpCall | Report], *rules: ColumnElement[bool]) -> Select[int]:
    return select(func.count(table.id)).where(*rules)


def _is_changed_call(account: User) -> ColumnElement[bool]:
    # Two queries further in, a call would be a table of its own there.
    person = select(Volunteer.user_id).where(Volunteer.id == HelpCall.volunteer_id).correlate(HelpCall)
    of_person = (HelpWord.call_id == HelpCall.id, HelpWord.author_id.is_not_distinct_from(person.scalar_subquery()))
    written = select(func.max(HelpWord.at)).where(*of_person).scalar_subquery()
    mine = and_(HelpCall.state == "taken", HelpCall.owner_id == account.id, help_calls.readable(account))
    return and_(mine, _is_newer(func.coalesce(written, HelpCall.created_at), account, HelpCall.id))


def _is_changed_report(account: User) -> ColumnElement[bool]:
    of_reporter = (ReportWord.report_id == Report.id, ReportWord.side == "reporter")
    added = select(func.max(ReportWord.at)).where(*of_reporter).scalar_subquery()
    running = and_(Report.state.not_in(("received", "closed")), handling.handed_to(account))
    return and_(running, _is_newer(func.coalesce(added, Report.created_at), account, Report.id))


def _is_newer(moment: ColumnElement[Any], account: User, number: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Return the condition that the account has not opened the row with this number since that moment."""
    opened = (SafeguardingLook.subject_id == number, SafeguardingLook.user_id == account.id)
    kind = SafeguardingLook.subject_kind == number.class_.__tablename__
    seen = select(func.max(SafeguardingLook.at)).where(kind, *opened).scalar_subquery()
    return or_(seen.is_(None), moment > seen)
