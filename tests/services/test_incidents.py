"""An incident is made of a report or a call that one holds, and read by its handler alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session as OrmSession

from tests.factories import make_user, make_volunteer
from tests.safe import Line, make_line, make_report
from tests.stays import make_placement, user_of
from webapp import clock
from webapp.models import AuditEvent, Incident
from webapp.services.errors import NotFound, Refused
from webapp.services.safeguarding import duty, handling, help_calls, incidents, speaking_up
from webapp.services.safeguarding.help_calls import Cry
from webapp.services.safeguarding.incidents import Facts

FACTS = Facts("violence", "serious", "Seen by two people.")


def _incident(session: OrmSession) -> tuple[Line, Incident]:
    line = make_line(session)
    report, _code = make_report(session, line)
    return line, incidents.of_report(session, line.first, report, FACTS)


def test_only_its_handler_reads_it(session: OrmSession) -> None:
    line, incident = _incident(session)
    assert incidents.incidents_of(session, line.first) == [incident]
    others = [line.second, make_line(session).first]
    others += [make_user(session, role, line.vio) for role in ("coordinator", "administrator", "supporter")]
    for account in others:
        with pytest.raises(NotFound):
            incidents.incident_for(session, account, incident.id)
        with pytest.raises(NotFound):
            incidents.add_measure(session, account, incident, "nothing", None)
        with pytest.raises(NotFound):
            incidents.close(session, account, incident, "nothing")
    events = session.query(AuditEvent).filter_by(subject_kind="incident").all()
    assert events
    assert {event.vio_id for event in events} == {None}


def test_only_who_holds_the_report_or_call_makes_one_and_once(session: OrmSession) -> None:
    line = make_line(session)
    report, _code = make_report(session, line)
    with pytest.raises(NotFound):
        incidents.of_report(session, line.second, report, FACTS)
    incidents.of_report(session, line.first, report, FACTS)
    with pytest.raises(Refused, match="already"):
        incidents.of_report(session, line.first, report, FACTS)
    duty.change(session, line.first, {"duty_person_id": line.first.id})
    volunteer = make_volunteer(session, line.vio)
    call = help_calls.call(session, user_of(volunteer), Cry("today", "Somebody follows me."))
    with pytest.raises(NotFound):
        incidents.of_call(session, line.second, call, FACTS)
    assert incidents.of_call(session, line.first, call, FACTS).placement_id is None


def test_placement_of_another_vio_cannot_be_named(session: OrmSession) -> None:
    line = make_line(session)
    report, _code = make_report(session, line)
    foreign = make_placement(session)
    with pytest.raises(NotFound):
        incidents.of_report(session, line.first, report, Facts("other", "low", "x", foreign.id))


def test_measures_are_done_before_it_is_closed(session: OrmSession) -> None:
    line, incident = _incident(session)
    incidents.add_measure(session, line.first, incident, "Move the volunteer.", clock.today() + timedelta(days=2))
    assert incident.state == "acting"
    with pytest.raises(Refused, match="not done"):
        incidents.close(session, line.first, incident, "Moved.")
    (measure,) = incident.measures
    incidents.finish_measure(session, line.first, incident, measure.id)
    with pytest.raises(NotFound):
        incidents.finish_measure(session, line.first, incident, measure.id)
    incidents.close(session, line.first, incident, "Moved to another house.")
    assert (incident.state, incident.outcome) == ("closed", "Moved to another house.")
    with pytest.raises(Refused, match="closed"):
        incidents.add_measure(session, line.first, incident, "One more.", None)
    incidents.act(session, line.first, incident)
    assert (incident.state, incident.closed_at) == ("acting", None)


def test_it_goes_with_its_report(session: OrmSession) -> None:
    line, incident = _incident(session)
    report = incident.report
    assert report is not None
    handling.hand_over(session, line.first, report, line.second.id)
    assert incidents.incidents_of(session, line.first) == []
    assert incidents.of_subject(session, line.second, report) is incident
    speaking_up.add_words(session, report, "Chen was there as well.")  # the reader is named now
    assert incidents.incidents_of(session, line.second) == []
    assert incidents.incidents_of(session, line.first) == [incident]


def test_it_is_never_handed_to_whom_the_report_rules_out(session: OrmSession) -> None:
    line = make_line(session)
    third = make_user(session, "focal_point", line.vio, display_name="Nour Haddad")
    report, _code = make_report(session, line, not_to=(line.second,))
    incident = incidents.of_report(session, line.first, report, FACTS)
    assert incidents.others(session, line.first, incident) == [third]
    with pytest.raises(Refused):
        incidents.hand_over(session, line.first, incident, line.second.id)
    incidents.hand_over(session, line.first, incident, third.id)
    assert incidents.incidents_of(session, line.first) == []
    assert incidents.incident_for(session, third, incident.id) is incident
    third.active = False
    session.flush()
    assert incidents.find_readers(session) == 1
    assert incident.handler is line.first


def test_second_measure_moves_nothing_and_an_incident_without_any_reader_waits(session: OrmSession) -> None:
    line, incident = _incident(session)
    for text in ("Move the volunteer.", "Call the family."):
        incidents.add_measure(session, line.first, incident, text, None)
    assert (incident.state, len(incident.measures)) == ("acting", 2)
    line.first.active = line.second.active = False
    session.flush()
    assert incidents.find_readers(session) == 0
    assert incident.handler_id == line.first.id
