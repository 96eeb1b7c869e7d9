"""Somebody who may not be well is called to mind each day, until it is settled."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from sqlalchemy import select

from tests.factories import AnySession, make_user
from tests.services.test_check_ins import FINE
from tests.stays import coordinator_of, make_active, user_of
from webapp import clock
from webapp.models import Mail
from webapp.services import check_in_alarms, check_ins

DAY = timedelta(days=1)


def test_an_answer_not_well_is_told_again_each_day_until_it_is_settled(session: AnySession) -> None:
    placement = make_active(session)
    country = placement.assignment.country
    there = make_user(session, "coordinator", placement.receiving_vio, delegated=[country])
    elsewhere = make_user(session, "coordinator", placement.receiving_vio, delegated=["LA"])
    assert country != "LA"
    one, who = check_ins.check_ins_of(session, placement)[0], coordinator_of(session, placement.receiving_vio)
    check_ins.answer(session, user_of(placement.volunteer), one, {**FINE, "well": 2}, one.due_on)
    begun = one.flagged_at
    assert begun is not None
    told = []
    for hours in (1, 23, 24, 25, 47, 49):
        with time_machine.travel(begun + timedelta(hours=hours), tick=False):
            told.append(check_in_alarms.remind_due(session, clock.now()))
    assert told == [0, 0, 1, 0, 0, 1]
    letters = session.scalars(select(Mail).where(Mail.to == who.email, Mail.subject.contains("still not be well")))
    assert len(found := list(letters)) == 2
    assert all(placement.volunteer.full_name not in letter.body for letter in found)
    told_too = session.scalars(select(Mail.to).where(Mail.subject.contains("still not be well")))
    assert {who.email, there.email} <= set(told_too) and elsewhere.email not in set(told_too)
    check_ins.settle(session, who, one, "We called, and she is with a doctor.")
    assert check_in_alarms.remind_due(session, begun + 9 * DAY) == 0


def test_what_differs_and_harms_nobody_is_told_once(session: AnySession) -> None:
    placement = make_active(session)
    one = check_ins.check_ins_of(session, placement)[0]
    check_ins.answer(session, user_of(placement.volunteer), one, {**FINE, "work": 1}, one.due_on)
    assert one.flagged_at is not None
    assert check_in_alarms.remind_due(session, one.flagged_at + 9 * DAY) == 0
