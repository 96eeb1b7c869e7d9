"""Somebody who is barred is no mentor, has none, and is asked by nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from tests.alumni import EVERYTHING, WORDS, make_alumnus, make_asked, make_mentored, make_newcomer, make_served
from tests.barring import letters_to, make_bar
from tests.factories import AnySession
from tests.stays import coordinator_of, user_of
from webapp import clock
from webapp.services import badges
from webapp.services.alumni import contacts, invitations, membership, mentors, mentorship_sight, mentorships
from webapp.services.alumni.mentorship_sight import Other
from webapp.services.bars import deciding
from webapp.services.errors import NotFound, Refused


@pytest.mark.parametrize("is_mentor", [True, False])
def test_mentoring_ends_with_the_bar_on_either_side(session: AnySession, is_mentor: bool) -> None:
    goes_on = make_mentored(session)
    person, other = goes_on.mentor, goes_on.placement.volunteer
    if not is_mentor:
        person, other = other, person
    make_bar(session, person, reason_code="harm")
    assert goes_on.state == "ended"
    assert mentorship_sight.other_of(user_of(person), goes_on) == Other(other.full_name)  # no address any more
    told = letters_to(session, user_of(other))
    assert "A mentorship has ended" in told and "harm" not in told


def test_a_question_ends_too_and_a_yes_comes_too_late(session: AnySession) -> None:
    asked = make_asked(session)
    mentor = user_of(asked.mentor)
    make_bar(session, asked.mentor)
    assert asked.state == "ended" and "has not answered" in letters_to(session, user_of(asked.placement.volunteer))
    late = make_asked(session)
    late.mentor.barred_at = clock.now()  # at the moment in which the question was asked
    with pytest.raises(Refused, match="This is over"):
        mentorships.accept(session, user_of(late.mentor), late)
    assert badges.waiting(session, mentor, clock.today())["mentors"] == 0


def test_nobody_is_offered_a_barred_mentor_or_may_ask_them(session: AnySession) -> None:
    alumnus, newcomer = make_alumnus(session), make_newcomer(session)
    person = alumnus.volunteer
    office = coordinator_of(session, person.vio)
    assert mentors.offered(session, newcomer) and contacts.who_may_be_asked(session, office)
    bar = make_bar(session, person)
    assert mentors.offered(session, newcomer) == [] == contacts.who_may_be_asked(session, office)
    with pytest.raises(Refused, match="cannot be asked"):
        mentorships.ask(session, user_of(newcomer.volunteer), alumnus.id, WORDS)
    deciding.lift(session, office, bar, "The telling was mistaken.")
    assert mentors.offered(session, newcomer) and contacts.who_may_be_asked(session, office)


def test_a_barred_newcomer_asks_nobody(session: AnySession) -> None:
    alumnus, newcomer = make_alumnus(session), make_newcomer(session)
    make_bar(session, newcomer.volunteer)
    with pytest.raises(NotFound):
        mentorships.ask(session, user_of(newcomer.volunteer), alumnus.id, WORDS)


def test_who_is_barred_is_not_asked_to_join_and_cannot(session: AnySession) -> None:
    person, now = make_served(session).volunteer, clock.now()
    make_bar(session, person)
    assert not membership.may_join(session, person) and not membership.is_offered(session, person)
    with pytest.raises(Refused, match="appeal"):
        membership.keep(session, user_of(person), person, EVERYTHING)
    with time_machine.travel(now + timedelta(days=29)):
        assert invitations.offer_due(session, clock.now()) == 0
