"""The first page of a focal point says what a letter has sent them to: new words too, until they have read them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import time_machine
from sqlalchemy.orm import Session as OrmSession

from tests.browser import Visitor
from tests.factories import PASSWORD, make_volunteer
from tests.safe import make_line, make_report
from tests.stays import user_of
from webapp.services.safeguarding import duty, handling, help_calls, speaking_up, unread
from webapp.services.safeguarding.help_calls import Cry

START = datetime(2027, 3, 1, 10, tzinfo=UTC)


def _later(minutes: int) -> time_machine.travel:
    return time_machine.travel(START + timedelta(minutes=minutes), tick=False)


def test_words_added_to_a_report_in_hand_wait_until_they_are_read(session: OrmSession, client: Visitor) -> None:
    line = make_line(session)
    with _later(0):
        report, _code = make_report(session, line)
        handling.take(session, line.first, report)
        session.commit()
        client.sign_in(line.first.email, PASSWORD)
        client.get(f"/focal-point/reports/{report.id}")
    with _later(1):
        assert "Nothing waits" in client.get("/focal-point/").text
    with _later(2):
        speaking_up.add_words(session, report, "It has happened again.")
        session.commit()
        page = client.get("/focal-point/")
        assert "report with new words" in page.text
        page = client.get("/focal-point/reports")
        assert "new words" in page.text
    with _later(3):
        client.get(page.link(f"Report {report.id}"))
        assert "Nothing waits" in client.get("/focal-point/").text


def test_a_report_handed_over_in_hand_waits_for_its_new_reader(session: OrmSession, client: Visitor) -> None:
    line = make_line(session)
    report, _code = make_report(session, line)
    handling.take(session, line.first, report)
    handling.hand_over(session, line.first, report, line.second.id)
    session.commit()
    client.sign_in(line.second.email, PASSWORD)
    assert "report with new words" in client.get("/focal-point/").text


def test_words_of_a_volunteer_wait_and_the_call_is_handed_over(session: OrmSession, client: Visitor) -> None:
    line = make_line(session)
    duty.change(session, line.first, {"duty_person_id": line.first.id})
    volunteer = make_volunteer(session, line.vio)
    with _later(0):
        call = help_calls.call(session, user_of(volunteer), Cry("today", "My room has no lock."))
        session.commit()
        client.sign_in(line.first.email, PASSWORD)
        assert "call for help to take up" in client.get("/focal-point/").text
        page = client.submit(client.get(f"/focal-point/calls/{call.id}"), action="/take")
    with _later(1):
        help_calls.write(session, user_of(volunteer), call.id, "Somebody tried the door.")
        session.commit()
        assert "call with new words" in client.get("/focal-point/").text
    with _later(2):
        page = client.get(f"/focal-point/calls/{call.id}")
        assert "Nothing waits" in client.get("/focal-point/").text
        page = client.submit(page, action="hand-over", user_id=str(line.second.id))
        assert volunteer.full_name not in page.text
    session.expire_all()
    assert (call.state, call.owner) == ("open", line.second)


def test_of_several_calls_the_one_waits_to_which_its_own_volunteer_has_written(
    session: OrmSession, client: Visitor
) -> None:
    line = make_line(session)
    people = [make_volunteer(session, line.vio, full_name=f"Person {letter}") for letter in "ABC"]
    with _later(0):
        calls = [help_calls.call(session, user_of(one), Cry("today", "My room has no lock.")) for one in people]
        for call in calls:
            help_calls.take(session, line.first, call)
        session.commit()
        client.sign_in(line.first.email, PASSWORD)
        for call in calls:
            client.get(f"/focal-point/calls/{call.id}")
    with _later(1):
        assert "Nothing waits" in client.get("/focal-point/").text
        help_calls.write(session, user_of(people[1]), calls[1].id, "Somebody tried the door.")
        session.commit()
    with _later(2):
        assert "call with new words" in client.get("/focal-point/").text
        assert unread.changed_calls(session, line.first) == {calls[1].id}
