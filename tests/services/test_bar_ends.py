"""How bars and appeals end: who is told, once, and that nothing stays behind that nobody can answer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.barring import letters_to, make_bar, propose_bar, register
from tests.factories import AnySession, make_assignment, make_user, make_volunteer
from tests.stays import KIND_WORDS, coordinator_of, make_active, make_selectable, user_of
from webapp import clock
from webapp.models import BarLikeness, Mail, User, Volunteer
from webapp.services import holds, volunteers
from webapp.services.bars import appeals, bar_queue, deciding, likenesses
from webapp.services.errors import Refused

SAYS = "It was not me: I was in Tashkent that week."
LOOKED = "We looked at it again, and spoke with both hosts."
PHONE = "+254 700 123 456"


def _subjects(session: AnySession, account: User) -> list[str]:
    return [one.subject for one in session.query(Mail).filter_by(to=account.email).order_by(Mail.id)]


def _is_barred(person: Volunteer) -> bool:
    return person.barred_at is not None


def _likeness_of(session: AnySession, person: Volunteer) -> BarLikeness:
    return session.query(BarLikeness).filter_by(volunteer_id=person.id).one()


def test_granting_an_appeal_is_one_letter(session: AnySession) -> None:
    person = make_volunteer(session, email="a.bashir@gmail.com")
    make_bar(session, person)
    again = register(session, person.vio, "abashir+two@gmail.com")
    made = appeals.appeal(session, user_of(person), SAYS)
    before = len(_subjects(session, user_of(person)))
    appeals.answer(session, coordinator_of(session, person.vio), made, True, LOOKED)
    assert _subjects(session, user_of(person))[before:] == ["The answer to your appeal"]
    assert again.barred_at is None and "no longer holds" in letters_to(session, user_of(again))  # who is freed as well


def test_an_appeal_that_waits_is_closed_with_the_bar(session: AnySession) -> None:
    person = make_volunteer(session)
    bar, third = make_bar(session, person), coordinator_of(session, person.vio)
    made = appeals.appeal(session, user_of(person), SAYS)
    deciding.lift(session, third, bar, LOOKED)
    assert made.state == "closed" and bar_queue.count_waiting(session, third) == 0
    with pytest.raises(Refused, match="is over"):
        appeals.answer(session, third, made, False, LOOKED)
    assert "not granted" not in letters_to(session, user_of(person))
    other = make_bar(session, make_volunteer(session, person.vio))
    late = appeals.appeal(session, user_of(other.volunteer), SAYS)
    deciding.end_due(session, clock.now() + timedelta(days=301))
    assert (other.state, late.state) == ("ended", "closed")


def test_where_nobody_is_left_the_whole_office_hears_of_an_appeal(session: AnySession) -> None:
    person = make_volunteer(session)
    bar = make_bar(session, person)
    both = [bar.proposed_by, bar.confirmed_by]
    assert [bar_queue.count_waiting(session, one) for one in both] == [0, 0]
    appeals.appeal(session, user_of(person), SAYS)
    assert all("nobody of your office is left" in letters_to(session, one) for one in both)
    assert [bar_queue.count_waiting(session, one) for one in both] == [1, 1]
    third = make_user(session, "focal_point", person.vio)
    assert [bar_queue.count_waiting(session, one) for one in (*both, third)] == [0, 0, 1]


def test_who_was_taken_for_somebody_else_goes_on_and_is_told(session: AnySession) -> None:
    person = make_volunteer(session, phone=PHONE)
    bar = make_bar(session, person)
    work = make_assignment(session)
    there = make_active(session, make_selectable(session, work, volunteer=make_volunteer(session, person.vio)))
    other, office = there.volunteer, coordinator_of(session, work.vio)
    volunteers.save_about(session, other, volunteers.About("Other", None, "00254700123456", "KE"))
    assert _is_barred(other) and [one.placement for one in holds.to_decide(session, office)] == [there]
    appealed = appeals.appeal(session, user_of(other), SAYS)
    likenesses.decide(session, coordinator_of(session, person.vio), _likeness_of(session, other), False, LOOKED)
    assert not _is_barred(other) and holds.to_decide(session, office) == [] and appealed.state == "closed"
    assert "is not about you" in letters_to(session, user_of(other)) and bar.state == "standing"


def test_a_granted_appeal_of_somebody_else_is_one_letter_too(session: AnySession) -> None:
    person = make_volunteer(session, phone=PHONE)
    make_bar(session, person)
    other = register(session, person.vio, "other@people.example")
    volunteers.save_about(session, other, volunteers.About("Other", None, PHONE, "KE"))
    made = appeals.appeal(session, user_of(other), SAYS)
    before = len(_subjects(session, user_of(other)))
    appeals.answer(session, coordinator_of(session, person.vio), made, True, LOOKED)
    assert _subjects(session, user_of(other))[before:] == ["The answer to your appeal"]


def test_each_profile_that_a_bar_stopped_hears_of_its_end(session: AnySession) -> None:
    person = make_volunteer(session, phone=PHONE)
    bar = make_bar(session, person)
    again = register(session, person.vio, "other@people.example")
    volunteers.save_about(session, again, volunteers.About("Other", None, PHONE, "KE"))
    deciding.lift(session, coordinator_of(session, person.vio), bar, LOOKED)
    for one in (person, again):
        assert one.barred_at is None and "no longer holds" in letters_to(session, user_of(one))


def test_a_second_profile_made_before_the_bar_is_noticed(session: AnySession) -> None:
    person = make_volunteer(session, phone=PHONE, full_name="Sevda Yildiz", residence="TR")
    second = make_volunteer(session, person.vio, phone="00254700123456")
    like = make_volunteer(session, person.vio, full_name="YILDIZ Sevda", residence="TR")
    stranger = make_volunteer(session, phone=PHONE)  # of another VIO
    typed = make_volunteer(session, person.vio, phone=PHONE)
    user_of(typed).confirmed_at = None  # anybody may have typed it
    make_bar(session, person)
    assert second.barred_at is not None and KIND_WORDS not in letters_to(session, user_of(second))
    assert "earlier decision" in letters_to(session, user_of(second))
    found = likenesses.of_vio(session, coordinator_of(session, person.vio))
    assert {one.volunteer_id: one.state for one in found} == {second.id: "same", like.id: "waiting"}
    assert not any(one.barred_at for one in (like, stranger, typed))


def test_whoever_proposed_hears_that_a_colleague_has_dropped_it(session: AnySession) -> None:
    person = make_volunteer(session)
    first, second = (coordinator_of(session, person.vio) for _ in range(2))
    bar = propose_bar(session, first, person)
    deciding.drop(session, second, bar, "It was somebody else of the same name.")
    assert bar.state == "dropped" and person.barred_at is None
    told = letters_to(session, first)
    assert "Your proposal was dropped" in told and person.full_name not in told
