"""Barring: two people decide, the person is told and can appeal to a third, and a second registration is noticed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.barring import NOTE, letters_to, make_bar, propose_bar, register
from tests.factories import (
    AnySession,
    make_application,
    make_assignment,
    make_host,
    make_user,
    make_vio,
    make_volunteer,
)
from tests.retained import clear_out
from tests.services.imports.lists import bring, csv_of
from tests.stays import (
    KIND_WORDS,
    coordinator_of,
    days,
    make_active,
    make_offer,
    make_placement,
    make_selectable,
    user_of,
)
from webapp import clock
from webapp.models import AuditEvent, Bar, BarLikeness, BarMark, Mail, Volunteer
from webapp.services import applications, holds, offers, person_relations, readiness, volunteers
from webapp.services.bars import appeals, deciding, likenesses, marks, sight
from webapp.services.errors import NotFound, Refused
from webapp.speech import say


def _is_barred(person: Volunteer) -> bool:
    return person.barred_at is not None


def _letters_to(session: AnySession, person: Volunteer) -> str:
    return letters_to(session, user_of(person))


def test_two_people_decide_and_a_proposal_changes_nothing(session: AnySession) -> None:
    person = make_volunteer(session)
    who, second = coordinator_of(session, person.vio), coordinator_of(session, person.vio)
    bar = propose_bar(session, who, person)
    assert not _is_barred(person) and person_relations.may_be_matched(session, person)
    with pytest.raises(Refused, match="Somebody else"):
        deciding.confirm(session, who, bar)
    with pytest.raises(Refused, match="already"):
        propose_bar(session, second, person)
    deciding.confirm(session, second, bar)
    assert bar.state == "standing" and not person_relations.may_be_matched(session, person)
    letter = _letters_to(session, person)
    assert "rules of conduct" in letter and KIND_WORDS in letter and say(days(300), "en") in letter
    assert "appeal" in letter and NOTE not in letter
    with pytest.raises(Refused, match="appeal"):
        applications.apply(session, person.user, person, make_assignment(session, make_host(session, person.vio)), "")
    actions = set(session.scalars(select(AuditEvent.action)))
    assert {"bar_proposed", "bar_standing"} <= actions


def test_a_focal_point_can_be_the_second_person(session: AnySession) -> None:
    person = make_volunteer(session)
    bar = propose_bar(session, coordinator_of(session, person.vio), person)
    deciding.confirm(session, make_user(session, "focal_point", person.vio), bar)
    assert bar.state == "standing"


@pytest.mark.parametrize(
    "odd",
    [{"reason_code": "face"}, {"note": " "}, {"words": "No."}, {"ends_on": days(0)}, {"ends_on": days(366 * 11)}],
)
def test_a_proposal_needs_reason_note_words_and_a_day_to_come(session: AnySession, odd: dict[str, object]) -> None:
    person = make_volunteer(session)
    with pytest.raises(Refused):
        propose_bar(session, coordinator_of(session, person.vio), person, **odd)


def test_what_runs_ends_kindly_or_waits_for_a_decision(session: AnySession) -> None:
    there = make_active(session)
    person, who = there.volunteer, coordinator_of(session, there.receiving_vio)
    work = make_assignment(session, there.assignment.host)
    waits = make_application(session, person, work)
    two, three = make_assignment(session, there.assignment.host), make_assignment(session, there.assignment.host)
    offered = make_offer(session, make_selectable(session, two, volunteer=person))
    later = make_selectable(session, three, volunteer=person)
    prepares = make_placement(session, later, starts_on=days(200), ends_on=days(250))
    bar = make_bar(session, person)
    assert (waits.state, offered.state, offered.application.state) == ("declined", "withdrawn", "declined")
    assert there.state == "active"  # nothing ends by itself
    assert [one.placement for one in holds.to_decide(session, who)] == [there, prepares]
    assert any("barred" in str(words) for words in readiness.obstacles(session, prepares))
    assert work.title in _letters_to(session, person)
    wish = make_selectable(session, make_assignment(session, there.assignment.host), volunteer=person)
    with pytest.raises(Refused, match="stopped their service"):
        offers.make_offer(session, who, wish, "international", days(60), days(70))
    deciding.lift(session, who, bar, "The telling was mistaken.")
    assert not _is_barred(person) and holds.to_decide(session, who) == []
    assert not any("barred" in str(words) for words in readiness.obstacles(session, prepares))
    assert session.query(BarMark).count() == 0


def test_the_receiving_office_is_told_and_decides_but_does_not_read_why(session: AnySession) -> None:
    work = make_assignment(session)
    person = make_volunteer(session, make_vio(session), open_to_all=True)
    there = make_active(session, make_selectable(session, work, volunteer=person))
    receiving = coordinator_of(session, work.vio)
    bar = make_bar(session, person)
    assert [one.placement for one in holds.to_decide(session, receiving)] == [there]
    told = "\n".join(one.body for one in session.query(Mail).filter_by(to=receiving.email))
    assert "stopped their service" in told and "conduct" not in told and person.full_name not in told
    with pytest.raises(NotFound):
        sight.bar_for(session, receiving, bar.id)
    assert sight.bars_of(session, receiving) == []


def test_an_appeal_is_answered_by_somebody_who_took_no_part(session: AnySession) -> None:
    person = make_volunteer(session)
    bar = make_bar(session, person)
    with pytest.raises(Refused):
        appeals.appeal(session, person.user, "No!")
    made = appeals.appeal(session, person.user, "It was not me: I was in Tashkent that week.")
    with pytest.raises(Refused, match="with the office"):
        appeals.appeal(session, person.user, "It was not me: I was in Tashkent that week.")
    for took_part in (bar.proposed_by, bar.confirmed_by):
        with pytest.raises(Refused, match="took part"):
            appeals.answer(session, took_part, made, True, KIND_WORDS)
    third = make_user(session, "focal_point", person.vio)
    with pytest.raises(NotFound):
        appeals.answer(session, coordinator_of(session, make_vio(session)), made, True, KIND_WORDS)
    appeals.answer(session, third, made, False, "We spoke with both hosts, who were there; it stays.")
    assert "not granted" in _letters_to(session, person)
    with pytest.raises(Refused, match="again from"):
        appeals.appeal(session, person.user, "Please look at it once more, all of it.")
    made.decided_at = clock.now() - timedelta(days=181)
    again = appeals.appeal(session, person.user, "Please look at it once more, all of it.")
    appeals.answer(session, third, again, True, "You are right; we were told of somebody else.")
    assert (bar.state, _is_barred(person)) == ("lifted", False)
    assert person_relations.may_be_matched(session, person)


@pytest.mark.parametrize("address", ["A.Bashir@gmail.example", "abashir+new@people.example", "ABASHIR@people.example"])
def test_addresses_are_one_where_their_house_says_so(address: str) -> None:
    same = marks.plain_email("abashir@people.example") == marks.plain_email(address)
    assert same == ("people" in address)
    assert marks.plain_email("A.B+x@googlemail.com") == marks.plain_email("ab@GMAIL.com") == "ab@gmail.com"
    assert marks.plain_email("nonsense") == marks.plain_email("@x.example") == ""


def test_numbers_and_names_are_read_whatever_their_writing() -> None:
    assert marks.plain_phone("+254 (0)700-123 456") == marks.plain_phone("00254700123456") == "254700123456"
    assert marks.plain_phone("٢٥٤٧٠٠١٢٣٤٥٦") == "254700123456"
    assert marks.plain_phone("12 34") == ""
    assert marks.plain_name("YILDIZ Sevda", "TR") == marks.plain_name("Sevda Yildiz", "TR")
    assert marks.plain_name("Sevda Yildiz", "TR") != marks.plain_name("Sevda Yildiz", "CN")
    assert marks.plain_name("Sevda Yildiz", None) == ""


def test_who_registers_again_with_the_same_address_is_told_plainly_and_can_appeal(session: AnySession) -> None:
    person = make_volunteer(session, email="a.bashir@gmail.com")
    bar = make_bar(session, person)
    again = register(session, person.vio, "abashir+two@gmail.com")
    assert _is_barred(again) and not person_relations.may_be_matched(session, again)
    assert "mistake" in _letters_to(session, again) and "conduct" not in _letters_to(session, again)
    assert sight.standing_for(session, again) == bar and sight.knows_reason(session, again, bar)
    made = appeals.appeal(session, again.user, "My cousin uses this address too, ask her.")
    appeals.answer(session, coordinator_of(session, person.vio), made, True, "You are two people, we have seen it.")
    assert not _is_barred(again) and bar.state == "standing" and _is_barred(person)


def test_the_same_number_stops_without_telling_why(session: AnySession) -> None:
    person = make_volunteer(session, phone="+254 700 123 456")
    bar = make_bar(session, person)
    again = register(session, person.vio, "other@people.example")
    assert not _is_barred(again)
    volunteers.save_about(session, again, volunteers.About("Other", None, "00254700123456", "KE"))
    assert _is_barred(again) and not sight.knows_reason(session, again, bar)


def test_the_same_name_waits_for_a_person(session: AnySession) -> None:
    person = make_volunteer(session, full_name="Амина Юсупова", residence="KZ")
    make_bar(session, person)
    other = register(session, person.vio, "amina@people.example", "Юсупова Амина")
    volunteers.save_about(session, other, volunteers.About("Юсупова Амина", None, None, "KZ"))
    assert not _is_barred(other)  # never by itself
    who = coordinator_of(session, person.vio)
    likeness = likenesses.of_vio(session, who)[0]
    assert (likeness.kinds, likeness.state) == (["name"], "waiting")
    with pytest.raises(Refused):
        likenesses.decide(session, who, likeness, False, " ")
    likenesses.decide(session, who, likeness, False, "Another birthday and another town.")
    volunteers.save_about(session, other, volunteers.About("Юсупова Амина", "A", None, "KZ"))
    assert (likeness.state, other.barred_at) == ("other", None)  # what was decided stays decided


def test_marks_outlive_the_profile_and_mean_nothing_elsewhere(session: AnySession) -> None:
    person = make_volunteer(session, email="gone@people.example", claimed=False)
    vio, bar = person.vio, make_bar(session, person, ends_on=None)
    kept = {one.hash for one in session.query(BarMark)}
    assert len(kept) == 3 and not any("gone" in one for one in kept)
    session.delete(person)
    session.flush()
    session.expire_all()
    assert bar.volunteer is None
    assert register(session, vio, "gone@people.example").barred_at is not None
    assert register(session, make_vio(session), "gone+1@people.example").barred_at is None  # each VIO for itself
    session.info["data_key"] = "another key"
    assert marks.marks_of(session, make_volunteer(session, vio, email="gone@people.example")).isdisjoint(kept)


def test_a_bar_ends_on_its_day_and_is_forgotten_a_year_later(session: AnySession, tmp_path: Path) -> None:
    person = make_volunteer(session)
    bar = make_bar(session, person)
    endless = make_bar(session, make_volunteer(session), ends_on=None)
    now = clock.now()
    assert deciding.end_due(session, now + timedelta(days=300)) == 0
    assert deciding.end_due(session, now + timedelta(days=301)) == 1
    assert (bar.state, person.barred_at) == ("ended", None)
    assert "no longer holds" in _letters_to(session, person)
    assert deciding.end_due(session, now + timedelta(days=3661)) == 1 and endless.state == "ended"
    assert clear_out(session, now + timedelta(days=360), tmp_path)["bars"] == 0
    assert clear_out(session, now + timedelta(days=370), tmp_path)["bars"] == 2
    assert session.query(Bar).count() == session.query(BarLikeness).count() == 0


def test_a_list_brings_nobody_back_unnoticed(session: AnySession) -> None:
    person = make_volunteer(session, full_name="Ana Pérez", residence="PE", email="ana@people.example", claimed=False)
    vio, _bar_of_ana = person.vio, make_bar(session, person)
    session.delete(person)
    rows = ("1,Ana Perez,ANA+work@people.example,Peru", "2,Pérez Ana,,Peru", "3,Ama,,Ghana")
    same, like, other = bring(session, vio, "volunteers", csv_of("No.,Nombre completo,Correo,País", *rows))
    assert (_is_barred(same), _is_barred(like), _is_barred(other)) == (True, False, False)
    found = likenesses.of_vio(session, coordinator_of(session, vio))
    assert {one.volunteer_id: one.state for one in found} == {same.id: "same", like.id: "waiting"}


def test_bar_needs_a_note_and_a_profile(session: AnySession) -> None:
    person = make_volunteer(session)
    bar = propose_bar(session, coordinator_of(session, person.vio), person)
    with pytest.raises(Refused, match="Write down why"):
        deciding.drop(session, coordinator_of(session, person.vio), bar, " ")
    bar.volunteer = None
    with pytest.raises(Refused, match="profile is gone"):
        deciding.confirm(session, coordinator_of(session, person.vio), bar)


def test_whoever_proposed_and_drops_it_or_has_left_gets_no_letter(session: AnySession) -> None:
    for is_own in (True, False):
        person = make_volunteer(session)
        who = coordinator_of(session, person.vio)
        bar = propose_bar(session, who, person)
        letters = letters_to(session, who)
        who.active = is_own
        deciding.drop(session, who if is_own else coordinator_of(session, person.vio), bar, "A misunderstanding.")
        assert letters_to(session, who) == letters


def test_nobody_waits_to_be_told_apart_from_a_bar_that_is_lifted(session: AnySession) -> None:
    person = make_volunteer(session, full_name="Амина Юсупова", residence="KZ")
    bar = make_bar(session, person)
    other = register(session, person.vio, "amina@people.example", "Юсупова Амина")
    volunteers.save_about(session, other, volunteers.About("Юсупова Амина", None, None, "KZ"))
    who = coordinator_of(session, person.vio)
    assert len(likenesses.of_vio(session, who)) == 1
    deciding.lift(session, who, bar, "It was somebody else.")
    assert likenesses.of_vio(session, who) == [] and not _is_barred(person)
