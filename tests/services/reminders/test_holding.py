"""Bars, appeals and held stays that nobody decides on: who is reminded, and what the person who waits hears."""

from __future__ import annotations

from sqlalchemy import select

from tests.barring import letters_to, make_bar, propose_bar
from tests.factories import AnySession, make_user, make_vio, make_volunteer
from tests.stays import KIND_WORDS, coordinator_of, days, make_active, user_of
from webapp.models import HeldStay, Mail, User
from webapp.services import stay_decisions, suspensions
from webapp.services.bars import appeals
from webapp.services.reminders import holding


def _count(session: AnySession, account: User, subject: str) -> int:
    return len(session.scalars(select(Mail).where(Mail.to == account.email, Mail.subject.startswith(subject))).all())


def test_a_bar_that_nobody_confirms_is_called_to_mind_weekly_but_not_to_who_proposed_it(session: AnySession) -> None:
    vio = make_vio(session)
    first, second = coordinator_of(session, vio), make_user(session, "focal_point", vio)
    propose_bar(session, first, make_volunteer(session, vio))
    assert [after for after in range(16) if holding.remind_of_bars(session, days(after))] == [7, 14]
    assert (_count(session, first, "A decision"), _count(session, second, "A decision")) == (0, 3)


def test_an_appeal_without_an_answer_is_called_to_mind_and_the_person_told_once(session: AnySession) -> None:
    person = make_volunteer(session)
    answers = make_user(session, "focal_point", person.vio)
    bar = make_bar(session, person)
    before = _count(session, answers, "A decision")
    made = appeals.appeal(session, user_of(person), "It was not me who wrote these letters.")
    assert [after for after in range(16) if holding.remind_of_bars(session, days(after))] == [7, 14]
    assert _count(session, answers, "A decision") == before + 3
    assert _count(session, user_of(person), "Not yet") == 1
    appeals.answer(session, answers, made, False, KIND_WORDS)
    assert holding.remind_of_bars(session, days(60)) == 0
    assert bar.note not in letters_to(session, answers)


def test_a_held_stay_that_nobody_decides_on_is_called_to_mind_and_the_volunteer_told_once(session: AnySession) -> None:
    placement = make_active(session)
    office = coordinator_of(session, placement.receiving_vio)
    suspensions.suspend(session, office, placement.assignment.host, "conditions", "Told by a volunteer.", KIND_WORDS)
    assert [after for after in range(16) if holding.remind_of_held(session, days(after))] == [7, 14]
    assert _count(session, office, "Stays that wait") == 2
    assert _count(session, user_of(placement.volunteer), "Not yet") == 1
    held = session.scalars(select(HeldStay)).one()
    stay_decisions.decide(session, office, held, "watched", "We call each week.", KIND_WORDS)
    assert holding.remind_of_held(session, days(60)) == 0
