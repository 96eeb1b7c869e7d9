"""What safeguarding keeps goes after its time, and what is open stays."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session as OrmSession

from tests.factories import make_user, make_volunteer
from tests.safe import make_line, make_report
from tests.stays import coordinator_of, make_active, user_of
from webapp import clock
from webapp.models import HelpCall, Incident, Report, SafeguardingLook, SupportMessage
from webapp.services import placements
from webapp.services.safeguarding import handling, help_calls, incidents, safety_retention, supporters
from webapp.services.safeguarding.help_calls import Cry

NOTHING = {"incidents": 0, "reports": 0, "help_calls": 0, "support": 0}


def _clear(session: OrmSession, now: datetime) -> dict[str, int]:
    return {name: getattr(safety_retention, f"forget_{name}")(session, now) for name in NOTHING}


def test_open_things_stay_for_ever(session: OrmSession) -> None:
    line = make_line(session)
    make_report(session, line)
    help_calls.call(session, user_of(make_volunteer(session, line.vio)), Cry("week", "I am tired."))
    assert _clear(session, clock.now() + timedelta(days=9999)) == NOTHING


def test_closed_things_go_each_after_its_time(session: OrmSession) -> None:
    line = make_line(session)
    report, _code = make_report(session, line)
    handling.take(session, line.first, report)
    handling.close(session, line.first, report, "Done.")
    session.add(SafeguardingLook(subject_kind="report", subject_id=report.id, user_id=line.first.id, at=clock.now()))
    volunteer = user_of(make_volunteer(session, line.vio))
    call = help_calls.call(session, volunteer, Cry("week", "I am tired."))
    help_calls.close(session, volunteer, call)
    now = clock.now()
    assert _clear(session, now + timedelta(days=364)) == NOTHING
    assert _clear(session, now + timedelta(days=366)) == {**NOTHING, "help_calls": 1}
    assert _clear(session, now + timedelta(days=731)) == {**NOTHING, "reports": 1}
    assert [session.query(table).count() for table in (Report, HelpCall, SafeguardingLook)] == [0, 0, 0]


def test_report_behind_an_incident_goes_with_it(session: OrmSession) -> None:
    line = make_line(session)
    report, _code = make_report(session, line)
    incident = incidents.of_report(session, line.first, report, incidents.Facts("money", "low", "A gift."))
    handling.take(session, line.first, report)
    handling.close(session, line.first, report, "Done.")
    incidents.close(session, line.first, incident, "Given back.")
    assert _clear(session, clock.now() + timedelta(days=5 * 365)) == NOTHING
    assert _clear(session, clock.now() + timedelta(days=6 * 365 + 1)) == {**NOTHING, "incidents": 1}
    assert [session.query(table).count() for table in (Report, Incident)] == [0, 0]


def test_words_with_a_supporter_go_a_year_after_the_placement(session: OrmSession) -> None:
    placement = make_active(session)
    who = coordinator_of(session, placement.receiving_vio)
    supporter = make_user(session, "supporter", placement.sending_vio)
    link = supporters.name(session, who, placement.id, supporter.id)
    supporters.write(session, supporter, link.id, "How are you?")
    later = clock.now() + timedelta(days=800)
    assert _clear(session, later) == NOTHING
    placements.complete(session, who, placement, placement.ends_on)
    assert _clear(session, later) == {**NOTHING, "support": 1}
    assert session.query(SupportMessage).count() == 0
