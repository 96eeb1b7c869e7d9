"""A call for help without a clock is called to mind, gets its first reader, and can be handed to somebody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session as OrmSession

from tests.factories import make_user, make_volunteer
from tests.safe import Line, make_line
from tests.stays import user_of
from webapp import clock
from webapp.models import HelpCall, Mail, User, Volunteer
from webapp.services.errors import NotFound, Refused
from webapp.services.safeguarding import call_readers, duty, escalation, help_calls, incidents
from webapp.services.safeguarding.help_calls import Cry
from webapp.services.safeguarding.incidents import Facts

START = datetime(2027, 3, 1, 10, tzinfo=UTC)


def _call(session: OrmSession, volunteer: Volunteer, severity: str = "now") -> HelpCall:
    with time_machine.travel(START, tick=False):
        return help_calls.call(session, user_of(volunteer), Cry(severity, "I am locked out of the house."))


def _remind(session: OrmSession, hours: float) -> int:
    with time_machine.travel(START + timedelta(hours=hours), tick=False):
        return call_readers.remind_due(session, clock.now())


def _letters(session: OrmSession, account: User) -> int:
    return len(session.scalars(select(Mail).where(Mail.to == account.email)).all())


def _taken(session: OrmSession) -> tuple[Line, Volunteer, HelpCall]:
    line = make_line(session)
    duty.change(session, line.first, {"duty_person_id": line.first.id, "minutes_now": 20})
    volunteer = make_volunteer(session, line.vio)
    call = _call(session, volunteer)
    help_calls.take(session, line.first, call)
    return line, volunteer, call


def test_without_a_clock_all_are_written_to_again_and_less_often_with_time(session: OrmSession) -> None:
    line = make_line(session)
    call = _call(session, make_volunteer(session, line.vio))
    reminded = [hour for hour in range(80) if _remind(session, hour)]
    assert reminded == [1, 2, 4, 8, 16, 32, 56]
    assert _letters(session, line.first) == _letters(session, line.second) == 1 + len(reminded)
    help_calls.take(session, line.second, call)
    assert _remind(session, 400) == 0


def test_a_call_with_a_clock_goes_down_the_list_instead(session: OrmSession) -> None:
    line = make_line(session)
    duty.change(session, line.first, {"duty_person_id": line.first.id, "minutes_now": 20})
    _call(session, make_volunteer(session, line.vio))
    assert _remind(session, 1) == 0
    with time_machine.travel(START + timedelta(hours=2), tick=False):
        escalation.escalate_due(session, clock.now())  # nobody is next: from now on it is called to mind
    assert [hour for hour in (2, 3, 4, 5) if _remind(session, hour)] == [2, 4]


def test_a_call_that_nobody_could_read_goes_to_the_first_who_can(session: OrmSession) -> None:
    volunteer = make_volunteer(session)
    call = _call(session, volunteer)
    assert _remind(session, 1) == 0
    line = make_line(session, volunteer.vio)
    assert (_remind(session, 5), _remind(session, 5)) == (1, 0)
    assert help_calls.calls_for(session, line.first) == [call]
    told = session.scalars(select(Mail).where(Mail.to == user_of(volunteer).email)).all()
    assert str(line.first.display_name) in told[0].body


def test_its_owner_hands_it_over_and_the_clock_runs_for_the_other(session: OrmSession) -> None:
    line, volunteer, call = _taken(session)
    made = incidents.of_call(session, line.first, call, Facts("danger", "serious", "Locked out."))
    call_readers.hand_over(session, line.first, call, line.second.id)
    assert (call.state, call.owner, made.handler) == ("open", line.second, line.second)
    assert call.due_at is not None
    assert help_calls.calls_for(session, line.first) == []
    letters = session.scalars(select(Mail).where(Mail.to == user_of(volunteer).email).order_by(Mail.id)).all()
    assert str(line.second.display_name) in letters[-1].body
    help_calls.take(session, line.second, call)
    assert (call.state, call.due_at) == ("taken", None)


def test_only_its_owner_hands_it_over_and_only_to_a_colleague(session: OrmSession) -> None:
    line, volunteer, call = _taken(session)
    stranger, coordinator = make_line(session).first, make_user(session, "coordinator", line.vio)
    for account in (line.second, stranger, coordinator, user_of(volunteer)):
        with pytest.raises(NotFound):
            call_readers.hand_over(session, account, call, line.second.id)
    for to in (stranger, coordinator, line.first):
        with pytest.raises(Refused):
            call_readers.hand_over(session, line.first, call, to.id)
    help_calls.close(session, line.first, call)
    with pytest.raises(NotFound):
        call_readers.hand_over(session, line.first, call, line.second.id)


def test_whoever_does_not_hold_a_call_hands_it_to_nobody(session: OrmSession) -> None:
    line, _volunteer, call = _taken(session)
    assert call_readers.others(session, line.first, call) == [line.second]
    assert call_readers.others(session, line.second, call) == []
