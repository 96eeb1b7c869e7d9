"""Check-ins: when they are due, who answers, what differs from the agreement, and who is reminded."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from tests.factories import AnySession, make_host_user, make_user
from tests.stays import (
    agree_until,
    coordinator_of,
    days,
    host_account,
    make_active,
    make_placement,
    make_ready,
    user_of,
)
from webapp.models import CheckIn, Mail, Placement, User
from webapp.services import check_ins, drift, placements, signings
from webapp.services.errors import NotFound, Refused

FINE: dict[str, Any] = {"work": 4, "hours": 4, "supervision": 4, "well": 4}


def _first(session: AnySession, placement: Placement) -> CheckIn:
    return check_ins.check_ins_of(session, placement)[0]


def _letters(session: AnySession, account: User, words: str) -> int:
    about = (Mail.to == account.email, Mail.subject.contains(words))
    return session.scalar(select(func.count()).select_from(Mail).where(*about)) or 0


@given(start=st.dates(date(2026, 1, 1), date(2030, 1, 1)), length=st.integers(0, 800), weeks=st.integers(1, 26))
def test_every_stay_has_check_ins_within_its_days_and_one_in_its_last_week(
    start: date, length: int, weeks: int
) -> None:
    end = start + timedelta(length)
    due = check_ins.due_days(start, end, weeks)
    assert due == sorted(set(due))
    assert all(start <= day <= end for day in due)
    assert end - due[-1] < timedelta(7)
    if length >= 60:
        assert due[:2] == [start + timedelta(6), start + timedelta(27)]


def test_the_office_sets_how_often(session: AnySession) -> None:
    placement = make_active(session)
    often = len(check_ins.check_ins_of(session, placement))
    placement.receiving_vio.check_in_weeks = 12
    check_ins.plan(session, placement, placement.starts_on)
    assert len(check_ins.check_ins_of(session, placement)) < often


def test_an_extension_brings_more_of_them(session: AnySession) -> None:
    placement = make_active(session)
    before = [one.due_on for one in check_ins.check_ins_of(session, placement)]
    later = placement.ends_on + timedelta(60)
    agree_until(session, placement, later)
    placements.extend(session, coordinator_of(session, placement.receiving_vio), placement, later)
    after = [one.due_on for one in check_ins.check_ins_of(session, placement)]
    assert len(after) > len(before)
    assert before[-1] not in after and later - after[-1] < timedelta(7)


def test_each_side_answers_once_in_its_time(session: AnySession) -> None:
    placement = make_active(session)
    one, person, host = _first(session, placement), user_of(placement.volunteer), host_account(session, placement)
    with pytest.raises(Refused, match="not open"):
        check_ins.answer(session, person, one, FINE, placement.starts_on - timedelta(1))
    for account in (person, host):
        assert check_ins.waits_for(one, account.role, one.due_on)
        check_ins.answer(session, account, one, FINE, one.due_on)
        with pytest.raises(Refused, match="already"):
            check_ins.answer(session, account, one, FINE, one.due_on)
    assert [said.side for said in one.answers] == ["volunteer", "host"]
    assert one.flagged_at is None
    strangers = [coordinator_of(session, placement.receiving_vio), make_user(session, "volunteer")]
    for account in [*strangers, make_host_user(session, make_active(session).assignment.host)]:
        with pytest.raises(NotFound):
            check_ins.answer(session, account, one, FINE, one.due_on)


@pytest.mark.parametrize(
    "odd", [{"work": 0}, {"hours": 5}, {"well": None}, {"words": "x" * 1001}, {"private": "x" * 1001}]
)
def test_an_answer_that_says_nothing_is_refused(session: AnySession, odd: dict[str, Any]) -> None:
    placement = make_active(session)
    one = _first(session, placement)
    with pytest.raises(Refused):
        check_ins.answer(session, user_of(placement.volunteer), one, {**FINE, **odd}, one.due_on)
    assert one.answers == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, []),
        ({"work": 3, "hours": 3}, []),
        ({"work": 2}, ["work"]),
        ({"well": 1}, ["well"]),
        ({"hours_done": 35}, []),
        ({"hours_done": 42}, []),
        ({"hours_done": 43}, ["hours"]),
        ({"hours_done": 17}, ["hours"]),
        ({"hours_supervised": 1}, []),
        ({"hours_supervised": 0}, ["supervision"]),
        ({"supervision": 1, "hours": 1, "work": 1, "well": 1}, ["well", "work", "hours", "supervision"]),
    ],
)
def test_what_departs_from_the_agreement_is_flagged(
    session: AnySession, said: dict[str, Any], expected: list[str]
) -> None:
    placement = make_active(session)
    agreement = signings.standing(session, placement).in_force.agreement
    agreement.terms = [
        {**term, "values": {"hours": 2}} if term["code"] == "supervision" else term for term in agreement.terms
    ]
    session.flush()
    one = _first(session, placement)
    office = coordinator_of(session, placement.sending_vio)
    answer = check_ins.answer(session, user_of(placement.volunteer), one, {**FINE, **said}, one.due_on)
    assert drift.of_answer(session, one, answer) == expected
    assert (one.flagged_at is not None) == bool(expected)
    assert _letters(session, office, "Somebody may not be well") == ("well" in expected)
    assert _letters(session, office, "differs from the agreement") == (bool(expected) and "well" not in expected)


def test_two_sides_that_see_it_differently_are_flagged_and_settled_once(session: AnySession) -> None:
    placement = make_active(session)
    one, who = _first(session, placement), coordinator_of(session, placement.receiving_vio)
    check_ins.answer(session, user_of(placement.volunteer), one, {**FINE, "work": 2}, one.due_on)
    check_ins.answer(session, host_account(session, placement), one, FINE, one.due_on)
    assert drift.of_check_in(session, one) == ["work", "apart"]
    with pytest.raises(Refused, match="sentence"):
        check_ins.settle(session, who, one, "ok")
    for stranger in (make_user(session, "coordinator"), user_of(placement.volunteer)):
        with pytest.raises(NotFound):
            check_ins.settle(session, stranger, one, "We spoke with both of them.")
    check_ins.settle(session, who, one, "We spoke with both of them.")
    assert one.settled_at is not None


def test_reminders_go_out_once_each(session: AnySession) -> None:
    placement = make_active(session)
    one, office = _first(session, placement), coordinator_of(session, placement.receiving_vio)
    person, host = user_of(placement.volunteer), host_account(session, placement)
    assert check_ins.remind_due(session, one.due_on - timedelta(1)) == 0
    check_ins.answer(session, host, one, FINE, one.due_on)
    for number in (0, 0, 1, 6, 7, 8, 9):
        check_ins.remind_due(session, one.due_on + timedelta(number))
    assert _letters(session, person, "How is it going?") == 1
    assert _letters(session, host, "How is it going?") == 0
    assert _letters(session, office, "was not answered") == 1
    placements.end_early(session, office, placement, "health", "We are sorry, and wish you well.")
    assert check_ins.remind_due(session, days(900)) == 0


def test_two_that_are_overdue_at_once_are_one_letter_to_each_side(session: AnySession) -> None:
    placement = make_active(session)
    second = check_ins.check_ins_of(session, placement)[1]
    person, host = user_of(placement.volunteer), host_account(session, placement)
    check_ins.answer(session, host, second, FINE, second.due_on)
    assert check_ins.remind_due(session, second.due_on) == 2  # to both sides; to the offices that the first one is late
    assert check_ins.remind_due(session, second.due_on) == 0
    assert _letters(session, person, "How is it going?") == _letters(session, host, "How is it going?") == 1


def test_who_begins_late_is_not_asked_about_days_before(session: AnySession) -> None:
    placement = make_placement(session)
    make_ready(session, placement)
    late = placement.starts_on + timedelta(40)
    placements.start(session, coordinator_of(session, placement.receiving_vio), placement, late)
    days = [one.due_on for one in check_ins.check_ins_of(session, placement)]
    assert days and min(days) >= late


def test_only_what_differs_is_settled(session: AnySession) -> None:
    placement = make_active(session)
    who = coordinator_of(session, placement.receiving_vio)
    with pytest.raises(Refused, match="Nothing here differs"):
        check_ins.settle(session, who, _first(session, placement), "We talked with both, and all is well.")
