"""The day promised to an applicant: who is reminded before it, and what is said when it has passed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, func, select

from tests.factories import AnySession, make_application, make_assignment, make_host, make_host_user, make_volunteer
from tests.stays import KIND_WORDS, coordinator_of, user_of
from webapp import clock
from webapp.db import own_session
from webapp.models import Application, Mail, Reminder
from webapp.services import queue, shortlists
from webapp.services.audit import history_of
from webapp.services.reminders import due, promises
from webapp.services.timeline import timeline
from webapp.speech import say
from webapp.weekends import is_weekend


def _late(session: AnySession, **over: object) -> Application:
    """Make an application whose day was yesterday, with people at its host and its office."""
    work = make_assignment(session)
    make_host_user(session, work.host)
    coordinator_of(session, work.vio)
    return make_application(
        session, make_volunteer(session, work.vio), work, **{"answer_by": clock.today() - timedelta(days=1), **over}
    )


def _letters(session: AnySession, address: str) -> list[Mail]:
    return list(session.scalars(select(Mail).where(Mail.to == address).order_by(Mail.id)))


def _day(number: int) -> date:
    return clock.today() + timedelta(days=number)


def test_a_host_is_reminded_three_days_before_and_on_the_day_and_once_each(session: AnySession) -> None:
    work = make_assignment(session)
    staff = make_host_user(session, work.host)
    for _ in range(2):
        make_application(session, make_volunteer(session, work.vio), work, answer_by=_day(10))
    written = [promises.remind_hosts(session, _day(number)) for number in (6, 7, 7, 8, 10, 10, 11)]
    assert written == [0, 1, 0, 0, 1, 0, 0]
    soon, today = _letters(session, staff.email)
    assert "2" in soon.body
    assert say(_day(10), "en") in soon.body
    assert "today" in today.body


def test_nobody_is_reminded_of_what_is_answered(session: AnySession) -> None:
    application = _late(session, answer_by=_day(10))
    staff = make_host_user(session, application.assignment.host)
    shortlists.decline(session, staff, application, "dates", KIND_WORDS)
    before = session.scalar(select(func.count(Mail.id)))
    for number in (7, 10, 11, 30):
        assert not any(step(session, _day(number)) for step in due.STEPS.values())
    assert session.scalar(select(func.count(Mail.id))) == before


def test_who_waits_is_told_not_yet_and_the_promise_is_made_anew_once(session: AnySession) -> None:
    application = _late(session)
    person, first = user_of(application.volunteer), application.answer_by
    assert [promises.renew(session, clock.today()) for _ in range(2)] == [1, 0]
    (letter,) = _letters(session, person.email)
    assert say(first, "en") in letter.body
    assert say(application.answer_by, "en") in letter.body
    assert "only this once" in letter.body
    assert application.promised_first == first
    assert [event.action for event in history_of(session, application)] == ["application_promise_renewed"]
    assert timeline(session, application)[-1].day == application.answer_by
    second = application.answer_by
    later = second + timedelta(days=1)
    assert promises.renew(session, later) == 0
    assert [promises.own_up(session, later) for _ in range(2)] == [1, 0]
    assert application.answer_by == second
    assert application.assignment.vio.contact_email in _letters(session, person.email)[-1].body


def test_the_office_hears_of_it_after_a_day_and_weekly_without_names(session: AnySession) -> None:
    application = _late(session, answer_by=_day(0))
    office = coordinator_of(session, application.assignment.vio)
    written = []
    for number in range(17):
        promises.renew(session, _day(number))  # a new day for the volunteer stops nothing
        written.append(promises.tell_offices(session, _day(number)))
    assert [number for number, letters in enumerate(written) if letters] == [1, 8, 15]
    letter = _letters(session, office.email)[0]
    assert application.assignment.title in letter.body
    assert application.volunteer.full_name not in letter.body


@pytest.mark.parametrize("country", ["KE", "EG", "UG"])
def test_a_day_promised_anew_is_no_day_of_rest_of_the_host(session: AnySession, country: str) -> None:
    work = make_assignment(session, make_host(session, country=country))
    for number in range(7):
        application = make_application(session, make_volunteer(session, work.vio), work, answer_by=_day(number))
        promises.renew(session, _day(number + 1))
        assert application.first_answer_by == _day(number)
        assert not is_weekend(country, application.answer_by)


def test_a_killed_job_leaves_no_note_without_its_letters(own_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with own_session() as session:
        _late(session)
        session.query(Mail).delete()

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(promises, "tell_to_act", die)
        with pytest.raises(KeyboardInterrupt):
            due.send_due(own_session, clock.today())
    with own_session() as session:
        assert session.query(Mail).count() == session.query(Reminder).count() == 0
        assert session.scalars(select(Application.first_answer_by)).one() is None
    assert due.send_due(own_session, clock.today())["renewed"] == 1
    again = due.send_due(own_session, clock.today())
    assert not any(again.values())


def test_a_day_that_was_moved_does_not_leave_the_queue_of_the_office(session: AnySession) -> None:
    application = _late(session)
    office = coordinator_of(session, application.assignment.vio)
    promises.renew(session, clock.today())
    waiting = {one.kind: one for one in queue.waiting_for(session, office, clock.today())}
    assert (waiting["applications"].first_id, waiting["applications"].oldest) == (application.id, _day(-1))
