"""Promised days and why they are later ones."""

from __future__ import annotations

from datetime import date

import time_machine

from tests.factories import AnySession, make_assignment, make_host, make_vio, make_volunteer
from tests.stays import coordinator_of, make_selectable, user_of
from webapp.models import Application
from webapp.services import applications, offers, promised_days
from webapp.services.reminders import promises
from webapp.working_days import Holiday

BEFORE_THE_FESTIVAL = date(2027, 1, 26)  # 14 days later, on 9 February, offices in China rest; so they do on the 10th


def _apply(session: AnySession) -> Application:
    work = make_assignment(session, make_host(session, make_vio(session, country="CN")))
    volunteer = make_volunteer(session, work.vio, residence="KE")
    return applications.apply(session, user_of(volunteer), volunteer, work, "", BEFORE_THE_FESTIVAL)


@time_machine.travel(BEFORE_THE_FESTIVAL)
def test_a_promise_goes_around_holidays_of_the_office_too_and_says_so(session: AnySession) -> None:
    application = _apply(session)
    assert application.answer_by == date(2027, 2, 11)
    assert promised_days.why(session, application) == [Holiday("CN", is_estimate=False)]
    application.assignment.vio.host_answer_days = 3
    assert promised_days.why(session, application) == [], "what was worked out in another way is not explained"


@time_machine.travel(BEFORE_THE_FESTIVAL)
def test_a_promise_made_anew_follows_the_calendars_too(session: AnySession) -> None:
    application = _apply(session)
    assert promises.renew(session, date(2027, 2, 12)) == 1
    assert application.answer_by == date(2027, 2, 19)
    assert promised_days.why(session, application) == []
    application.first_answer_by = None
    promises.move_promise(session, None, application, date(2027, 2, 2))
    assert application.answer_by == date(2027, 2, 11)
    assert promised_days.why(session, application) == [Holiday("CN", is_estimate=False)]


@time_machine.travel(date(2026, 12, 11))
def test_an_offer_waits_over_the_holidays_of_the_volunteer(session: AnySession) -> None:
    work = make_assignment(session, make_host(session, make_vio(session, country="CN")))
    one = make_selectable(session, work, volunteer=make_volunteer(session, work.vio, residence="KE"))
    begins, ends = date(2027, 2, 15), date(2027, 5, 15)
    offer = offers.make_offer(session, coordinator_of(session, work.vio), one, "international", begins, ends)
    assert offer.answer_by == date(2026, 12, 28), "the 25th is Christmas, and then comes a weekend"
    assert promised_days.why_offer(offer) == [Holiday("KE", is_estimate=False)]


@time_machine.travel(BEFORE_THE_FESTIVAL)
def test_day_that_was_moved_and_nobody_wrote_down_how_is_not_explained(session: AnySession) -> None:
    application = _apply(session)
    application.first_answer_by = application.answer_by
    assert promised_days.why(session, application) == []
