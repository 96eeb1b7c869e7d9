"""What waits for a focal point: what nobody has taken up, and words that came since they last looked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.models import HelpCall, Report, SafeguardingLook, User
from webapp.services.safeguarding import handling, help_calls


def new_reports(session: Session, account: User) -> list[Report]:
    """Return the reports that the focal point has not begun to work on."""
    return [one for one in handling.reports_of(session, account) if one.state == "received"]


def changed_reports(session: Session, account: User) -> list[Report]:
    """Return the reports in hand that they never opened, or to which the reporter has added since they did."""
    running = [one for one in handling.reports_of(session, account) if one.state not in ("received", "closed")]
    seen = _last_looks(session, account, running)
    return [one for one in running if _is_newer(_added(one), seen.get(one.id))]


def open_calls(session: Session, account: User) -> list[HelpCall]:
    """Return the calls that they can take up."""
    return [one for one in help_calls.calls_for(session, account) if one.state == "open"]


def changed_calls(session: Session, account: User) -> list[HelpCall]:
    """Return the calls of theirs to which the volunteer has written since they looked."""
    calls = help_calls.calls_for(session, account)
    mine = [one for one in calls if one.state == "taken" and one.owner_id == account.id]
    seen = _last_looks(session, account, mine)
    return [one for one in mine if _is_newer(_written(one), seen.get(one.id))]


def count_reports(session: Session, account: User) -> int:
    """Return how many reports wait for the focal point."""
    return len(new_reports(session, account)) + len(changed_reports(session, account))


def count_calls(session: Session, account: User) -> int:
    """Return how many calls for help wait for the focal point."""
    return len(open_calls(session, account)) + len(changed_calls(session, account))


def _added(report: Report) -> datetime:
    return max((word.at for word in report.words if word.side == "reporter"), default=report.created_at)


def _written(call: HelpCall) -> datetime:
    mine = [word.at for word in call.words if word.author_id == call.volunteer.user_id]
    return max(mine, default=call.created_at)


def _is_newer(moment: datetime, seen: datetime | None) -> bool:
    return seen is None or moment > seen


def _last_looks(session: Session, account: User, subjects: Iterable[Report | HelpCall]) -> dict[int, datetime]:
    """Return when the account last opened each subject; they are all of one kind."""
    found = list(subjects)
    if not found:
        return {}
    query = select(SafeguardingLook.subject_id, func.max(SafeguardingLook.at)).where(
        SafeguardingLook.subject_kind == found[0].__tablename__,
        SafeguardingLook.subject_id.in_([one.id for one in found]),
        SafeguardingLook.user_id == account.id,
    )
    return dict(session.execute(query.group_by(SafeguardingLook.subject_id)).all())
