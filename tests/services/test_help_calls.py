"""A call for help has an owner and a clock, goes down the list when nobody takes it up, and stays out of the line."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy.orm import Session as OrmSession

from tests.factories import make_host_user, make_user, make_volunteer
from tests.safe import Line, make_line
from tests.stays import make_placement, make_selectable, user_of
from webapp import clock
from webapp.models import AuditEvent, HelpCall, Mail, Volunteer
from webapp.services.errors import IllegalMove, NotFound, Refused
from webapp.services.safeguarding import duty, escalation, help_calls
from webapp.services.safeguarding.help_calls import Cry

TEXT = "I am locked out of the house and it is night."


def _on_duty(session: OrmSession) -> tuple[Line, Volunteer]:
    line = make_line(session)
    duty.change(session, line.first, {"duty_person_id": line.first.id, "minutes_now": 20})
    return line, make_volunteer(session, line.vio)


def _call(session: OrmSession, volunteer: Volunteer, **over: object) -> HelpCall:
    return help_calls.call(session, user_of(volunteer), Cry(**{"severity": "now", "text": TEXT, **over}))


@pytest.mark.parametrize(("severity", "minutes"), [("now", 20), ("today", 240), ("week", 2880)])
def test_duty_person_owns_it_and_each_urgency_has_its_clock(session: OrmSession, severity: str, minutes: int) -> None:
    line, volunteer = _on_duty(session)
    with time_machine.travel("2027-03-01 10:00", tick=False):
        call = _call(session, volunteer, severity=severity)
        assert (call.owner, call.due_at) == (line.first, clock.now() + timedelta(minutes=minutes))
    assert help_calls.calls_for(session, line.first) == [call]
    letter = session.query(Mail).one()
    assert letter.to == line.first.email
    assert volunteer.full_name not in letter.body + letter.subject
    assert TEXT not in letter.body


def test_nothing_is_promised_where_nobody_is_on_duty(session: OrmSession) -> None:
    line = make_line(session)
    call = _call(session, make_volunteer(session, line.vio))
    assert (call.owner, call.due_at) == (None, None)
    assert {hand.user_id for hand in call.hands} == {line.first.id, line.second.id}
    assert escalation.escalate_due(session, clock.now() + timedelta(days=30)) == 0
    help_calls.take(session, line.second, call)
    assert (call.state, call.owner) == ("taken", line.second)


def test_call_is_kept_where_a_vio_has_no_focal_point(session: OrmSession) -> None:
    call = _call(session, make_volunteer(session))
    assert (call.state, call.hands, call.due_at) == ("open", [], None)


def test_closed_account_is_on_no_duty(session: OrmSession) -> None:
    line, volunteer = _on_duty(session)
    line.first.active = False
    session.flush()
    assert duty.on_duty(duty.of_vio(session, line.vio.id)) is None
    assert {hand.user_id for hand in _call(session, volunteer).hands} == {line.second.id}


def test_call_goes_down_the_list_when_the_clock_runs_out(session: OrmSession) -> None:
    line, volunteer = _on_duty(session)
    third = make_user(session, "focal_point", line.vio, display_name="Nour Haddad")
    duty.add_step(session, line.first, line.first.id, "", "")  # on duty and on the list: asked once
    duty.add_step(session, line.first, line.second.id, "", "")
    duty.add_step(session, line.first, None, "Embassy", "+254 20 1")  # nobody there reads pages
    duty.add_step(session, line.first, third.id, "", "")
    with time_machine.travel("2027-03-01 10:00", tick=False):
        call = _call(session, volunteer)
    with time_machine.travel("2027-03-01 10:19", tick=False):
        assert escalation.escalate_due(session, clock.now()) == 0
    for minute, owner in ((20, line.second), (40, third)):
        with time_machine.travel(f"2027-03-01 10:{minute}", tick=False):
            assert escalation.escalate_due(session, clock.now()) == 1
            assert escalation.escalate_due(session, clock.now()) == 0
            assert (call.owner, call.due_at) == (owner, clock.now() + timedelta(minutes=20))
    with time_machine.travel("2027-03-01 11:00", tick=False):
        assert escalation.escalate_due(session, clock.now()) == 1
        assert escalation.escalate_due(session, clock.now()) == 0
    assert (call.state, call.due_at, call.owner) == ("open", None, third)
    told = [mail.subject for mail in session.query(Mail).filter_by(to=user_of(volunteer).email)]
    assert told == ["Your call went on", "Your call went on", "Your call is still open"]
    help_calls.take(session, line.first, call)  # late is better than never
    assert call.owner is line.first


def test_taken_call_goes_nowhere(session: OrmSession) -> None:
    line, volunteer = _on_duty(session)
    duty.add_step(session, line.first, line.second.id, "", "")
    call = _call(session, volunteer)
    help_calls.take(session, line.first, call)
    assert escalation.escalate_due(session, clock.now() + timedelta(days=9)) == 0
    with pytest.raises(NotFound):
        help_calls.call_for(session, line.second, call.id)
    with pytest.raises(IllegalMove):
        help_calls.take(session, line.first, call)


def test_call_goes_on_when_the_account_of_whoever_took_it_is_closed(session: OrmSession) -> None:
    line, volunteer = _on_duty(session)
    duty.add_step(session, line.first, line.second.id, "", "")
    call = _call(session, volunteer)
    help_calls.take(session, line.first, call)
    line.first.active = False
    assert escalation.escalate_due(session, clock.now()) == 1
    assert (call.state, call.owner) == ("open", line.second)
    help_calls.take(session, line.second, call)
    assert escalation.escalate_due(session, clock.now()) == 0


def test_host_and_coordinator_learn_of_it_only_where_it_is_ticked(session: OrmSession) -> None:
    line, volunteer = _on_duty(session)
    application = make_selectable(session, volunteer=volunteer)
    placement = make_placement(session, application)
    host = make_host_user(session, application.assignment.host)
    own, receiving = (make_user(session, "coordinator", vio) for vio in (line.vio, application.assignment.vio))
    other_host = make_host_user(session, make_selectable(session).assignment.host)
    call = _call(session, volunteer)
    assert call.placement is placement
    line_of_placement = (host, own, receiving, other_host)
    assert [help_calls.calls_for(session, one) for one in line_of_placement] == [[], [], [], []]
    help_calls.share(session, user_of(volunteer), call, coordinator=True, host=False)
    assert [bool(help_calls.calls_for(session, one)) for one in line_of_placement] == [False, True, False, False]
    help_calls.share(session, user_of(volunteer), call, coordinator=False, host=True)
    assert [bool(help_calls.calls_for(session, one)) for one in line_of_placement] == [True, False, False, False]
    for one in (host, own, make_user(session, "administrator"), make_user(session, "supporter", line.vio)):
        with pytest.raises(NotFound):
            help_calls.take(session, one, call)
        with pytest.raises(NotFound):
            help_calls.share(session, one, call, coordinator=True, host=True)
    with pytest.raises(NotFound):
        help_calls.calls_for(session, make_user(session, "administrator"))


def test_without_placement_no_host_can_be_meant(session: OrmSession) -> None:
    _line, volunteer = _on_duty(session)
    assert not _call(session, volunteer, host_may_see=True).host_may_see


def test_strangers_do_not_find_it(session: OrmSession) -> None:
    line, volunteer = _on_duty(session)
    call = _call(session, volunteer)
    elsewhere = make_line(session)
    for account in (line.second, elsewhere.first, user_of(make_volunteer(session, line.vio))):
        with pytest.raises(NotFound):
            help_calls.call_for(session, account, call.id)
        with pytest.raises(NotFound):
            help_calls.write(session, account, call.id, "hello")


def test_volunteer_and_owner_write_and_either_ends_it(session: OrmSession) -> None:
    line, volunteer = _on_duty(session)
    call = _call(session, volunteer)
    with pytest.raises(Refused, match="Take it up first"):
        help_calls.close(session, line.first, call)
    help_calls.write(session, line.first, call.id, "I am on my way.")
    help_calls.write(session, user_of(volunteer), call.id, "Thank you.")
    assert [word.author_id for word in call.words] == [volunteer.user_id, line.first.id, volunteer.user_id]
    help_calls.close(session, user_of(volunteer), call)
    assert (call.state, call.due_at) == ("closed", None)
    events = session.query(AuditEvent).filter_by(subject_kind="help_call").all()
    assert {event.vio_id for event in events} == {None}
    assert TEXT not in str([event.detail for event in events])


def test_only_focal_points_of_the_vio_set_duty(session: OrmSession) -> None:
    line, other = make_line(session), make_line(session)
    for account in (make_user(session, "coordinator", line.vio), make_user(session, "administrator")):
        with pytest.raises(NotFound):
            duty.change(session, account, {"duty_line": "1"})
    with pytest.raises(Refused, match="own organization"):
        duty.change(session, line.first, {"duty_person_id": other.first.id})
    with pytest.raises(Refused, match="own organization"):
        duty.add_step(session, line.first, other.first.id, "", "1")
    with pytest.raises(Refused, match="telephone number"):
        duty.add_step(session, line.first, None, "Nobody", "")
    step = duty.add_step(session, line.first, line.second.id, "", "")
    with pytest.raises(Refused, match="already"):
        duty.add_step(session, line.first, line.second.id, "", "")
    with pytest.raises(NotFound):
        duty.remove_step(session, other.first, step.id)
    duty.remove_step(session, line.first, step.id)
    assert duty.own(session, line.first).steps == []


def test_words_to_a_closed_call_are_not_taken_as_if_somebody_read_them(session: OrmSession) -> None:
    _line, volunteer = _on_duty(session)
    call = _call(session, volunteer)
    help_calls.close(session, user_of(volunteer), call)
    with pytest.raises(Refused, match="Call for help again"):
        help_calls.write(session, user_of(volunteer), call.id, "Still there.")
    assert len(call.words) == 1


def test_whoever_called_hears_that_a_focal_point_has_closed_it(session: OrmSession) -> None:
    line, volunteer = _on_duty(session)
    call = _call(session, volunteer)
    help_calls.take(session, line.first, call)
    help_calls.close(session, line.first, call)
    letter = session.query(Mail).filter_by(to=user_of(volunteer).email).order_by(Mail.id.desc()).first()
    assert letter is not None and letter.subject == "Your call for help is closed"
    assert "Amina Yusuf" in letter.body and TEXT not in letter.body


def test_only_whoever_took_it_up_closes_it_for_the_office(session: OrmSession) -> None:
    line, volunteer = _on_duty(session)
    call = _call(session, volunteer)
    with pytest.raises(NotFound):
        help_calls.close(session, line.second, call)
    with pytest.raises(Refused, match="Take it up first"):
        help_calls.close(session, line.first, call)


def test_list_of_whom_to_call_has_an_end(session: OrmSession) -> None:
    line, _volunteer = _on_duty(session)
    kept = duty.own(session, line.first)
    for number in range(len(kept.steps), duty.MOST_STEPS):
        duty.add_step(session, line.first, None, f"Neighbour {number}", "+254 1")
    with pytest.raises(Refused, match="long enough"):
        duty.add_step(session, line.first, None, "One more", "+254 2")
    assert duty.change(session, line.first, {"minutes_now": 20}) == []
