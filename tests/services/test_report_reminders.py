"""A report that nobody begins to work on is called to mind; one that somebody works on is not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import time_machine
from sqlalchemy import func, select
from sqlalchemy.orm import Session as OrmSession

from tests.safe import make_line, make_report
from webapp import clock
from webapp.models import Mail, User
from webapp.services.safeguarding import handling, report_reminders

START = datetime(2027, 3, 1, 10, tzinfo=UTC)


def _letters(session: OrmSession, account: User) -> int:
    return session.scalar(select(func.count(Mail.id)).where(Mail.to == account.email)) or 0


def _remind(session: OrmSession, day: int) -> int:
    with time_machine.travel(START + timedelta(days=day), tick=False):
        return report_reminders.remind_due(session, clock.now())


def test_its_handler_is_written_to_every_third_day_until_the_work_begins(session: OrmSession) -> None:
    line = make_line(session)
    with time_machine.travel(START, tick=False):
        report, _code = make_report(session, line)
    assert [day for day in range(8) for _turn in range(2) if _remind(session, day)] == [3, 6]
    assert (_letters(session, line.first), _letters(session, line.second)) == (3, 0)
    handling.take(session, line.first, report)
    assert _remind(session, 30) == 0


def test_a_colleague_to_whom_it_was_handed_has_three_days_of_their_own(session: OrmSession) -> None:
    line = make_line(session)
    with time_machine.travel(START, tick=False):
        report, _code = make_report(session, line)
    with time_machine.travel(START + timedelta(days=2), tick=False):
        handling.hand_over(session, line.first, report, line.second.id)
    assert [day for day in range(3, 7) if _remind(session, day)] == [5]
    assert _letters(session, line.second) == 2
