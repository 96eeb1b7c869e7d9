"""Somebody who may not be well is called to mind each day, until it is settled."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import time_machine
from sqlalchemy import select

from tests.factories import AnySession, make_user, make_vio, make_volunteer
from tests.services.test_check_ins import FINE
from tests.stays import coordinator_of, make_active, make_selectable, user_of
from webapp import clock
from webapp.models import Mail, User
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


def test_after_three_days_the_next_hear_of_it_and_after_a_week_the_letters_end(session: AnySession) -> None:
    elsewhere = make_vio(session)
    placement = make_active(session, make_selectable(session, volunteer=make_volunteer(session, elsewhere)))
    coordinators = session.scalars(select(User).where(User.role == "coordinator", User.vio_id == elsewhere.id)).all()
    sending = {one.email: 1 for one in [*coordinators, coordinator_of(session, elsewhere)]}
    offices = session.scalars(select(User).where(User.role == "coordinator", User.vio_id == placement.receiving_vio_id))
    each = {one.email: 1 for one in offices}
    focal, other = (make_user(session, "focal_point", vio) for vio in (placement.receiving_vio, elsewhere))
    one = check_ins.check_ins_of(session, placement)[0]
    check_ins.answer(session, user_of(placement.volunteer), one, {**FINE, "well": 1}, one.due_on)
    begun = one.flagged_at
    assert begun is not None
    heard: dict[int, dict[str, int]] = {}
    for day in range(1, 40):
        before = session.query(Mail).count()
        with time_machine.travel(begun + day * DAY, tick=False):
            check_in_alarms.remind_due(session, clock.now())
        letters = session.scalars(select(Mail).order_by(Mail.id).offset(before)).all()
        assert not [letter for letter in letters if placement.volunteer.full_name in letter.subject + letter.body]
        if letters:
            heard[day] = Counter(letter.to for letter in letters)
    assert each and heard == {day: each | ({**sending, focal.email: 1} if day == 3 else {}) for day in range(1, 8)}
    assert other.email not in {to for day in heard.values() for to in day}
    last = session.scalars(select(Mail).where(Mail.to == next(iter(each))).order_by(Mail.id.desc()).limit(1)).one()
    assert "This is the last letter" in last.body
    again = check_ins.check_ins_of(session, placement)[1]
    check_ins.answer(session, user_of(placement.volunteer), again, {**FINE, "well": 1}, again.due_on)
    assert again.flagged_at is not None
    assert check_in_alarms.remind_due(session, again.flagged_at + DAY) == 1  # another answer begins anew


def test_what_differs_and_harms_nobody_is_told_once(session: AnySession) -> None:
    placement = make_active(session)
    one = check_ins.check_ins_of(session, placement)[0]
    check_ins.answer(session, user_of(placement.volunteer), one, {**FINE, "work": 1}, one.due_on)
    assert one.flagged_at is not None
    assert check_in_alarms.remind_due(session, one.flagged_at + 9 * DAY) == 0


def test_office_that_sends_to_itself_hears_of_it_as_one_office(session: AnySession) -> None:
    placement = make_active(session)
    assert placement.sending_vio_id == placement.receiving_vio_id
    who = coordinator_of(session, placement.receiving_vio)
    one = check_ins.check_ins_of(session, placement)[0]
    check_ins.answer(session, user_of(placement.volunteer), one, {**FINE, "well": 1}, one.due_on)
    assert one.flagged_at is not None
    before = session.query(Mail).filter_by(to=who.email).count()
    with time_machine.travel(one.flagged_at + 3 * DAY, tick=False):
        assert check_in_alarms.remind_due(session, clock.now()) == 1
    assert session.query(Mail).filter_by(to=who.email).count() == before + 1
