"""Mentoring: who may be asked, what opens with a yes, and all the ways in which it ends."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from tests.alumni import EVERYTHING, WORDS, make_alumnus, make_asked, make_mentored, make_newcomer
from tests.factories import AnySession, make_assignment, make_host_user, make_user, make_vio, make_volunteer
from tests.retained import clear_out
from tests.stays import KIND_WORDS, coordinator_of, make_ready, user_of
from webapp import clock
from webapp.models import Mail, MentorMessage, Mentorship
from webapp.services import badges, placements
from webapp.services.alumni import endings, membership, mentor_threads, mentors, mentorship_sight, mentorships
from webapp.services.alumni.membership import Choice
from webapp.services.alumni.mentorship_sight import Other
from webapp.services.errors import IllegalMove, NotFound, Refused


def _letters(session: AnySession, address: str) -> list[str]:
    return [one.subject for one in session.query(Mail).filter_by(to=address).order_by(Mail.id)]


def test_mentors_are_offered_without_name_the_same_country_first(session: AnySession) -> None:
    far = make_assignment(session, country="NP")
    by_skill, by_country = make_alumnus(session, far), make_alumnus(session)
    make_alumnus(session, make_assignment(session, country="NP", skills={"WAT-01": 2}))
    make_alumnus(session, choice=Choice(may_be_asked=True))
    found = mentors.offered(session, make_newcomer(session))
    assert [one.alumnus_id for one in found] == [by_country.id, by_skill.id]
    first = found[0]
    assert (first.country, first.months, first.skill, first.languages) == ("KE", 3, "NUR-01", ("en", "fr"))
    assert by_country.volunteer.full_name not in repr(found)


def test_with_a_yes_and_not_before_both_read_name_and_what_each_shows(session: AnySession) -> None:
    asked = make_asked(session)
    mentor, newcomer = user_of(asked.mentor), user_of(asked.placement.volunteer)
    assert "A newcomer asks you for company" in _letters(session, mentor.email)
    for account in (mentor, newcomer):
        assert mentorship_sight.other_of(account, asked) == Other()
    mentorships.accept(session, mentor, asked, "Gladly.", ["phone"])
    assert mentorship_sight.other_of(mentor, asked) == Other(newcomer.volunteer.full_name, newcomer.volunteer.email)
    shown = Other(mentor.volunteer.full_name, "", mentor.volunteer.phone)
    assert mentorship_sight.other_of(newcomer, asked) == shown
    assert "You have a mentor" in _letters(session, newcomer.email)
    mentorships.end(session, newcomer, asked)
    assert mentorship_sight.other_of(newcomer, asked) == Other(mentor.volunteer.full_name)


def test_a_no_is_kind_and_final(session: AnySession) -> None:
    asked = make_asked(session)
    newcomer = user_of(asked.placement.volunteer)
    mentorships.decline(session, user_of(asked.mentor), asked, " This spring I am on the road. ")
    assert (asked.state, asked.answer) == ("declined", "This spring I am on the road.")
    assert _letters(session, newcomer.email)[-1] == "Not this time: about a mentor"
    assert mentorship_sight.other_of(newcomer, asked) == Other()
    assert mentors.offered(session, asked.placement) == []
    with pytest.raises(IllegalMove):
        mentorships.accept(session, user_of(asked.mentor), asked)


def test_two_questions_wait_at_most_and_nobody_is_asked_twice(session: AnySession) -> None:
    alumni = [make_alumnus(session) for _one in range(3)]
    newcomer = user_of(make_newcomer(session).volunteer)
    first = mentorships.ask(session, newcomer, alumni[0].id, WORDS)
    with pytest.raises(Refused, match="cannot be asked now"):
        mentorships.ask(session, newcomer, alumni[0].id, WORDS)
    mentorships.ask(session, newcomer, alumni[1].id, WORDS)
    with pytest.raises(Refused, match="Wait for an answer"):
        mentorships.ask(session, newcomer, alumni[2].id, WORDS)
    mentorships.end(session, newcomer, first)
    assert mentorships.ask(session, newcomer, alumni[2].id, WORDS).state == "asked"


@pytest.mark.parametrize(("words", "shows"), [("", []), (" \n", []), ("x" * 501, []), ("Hello.", ["address"])])
def test_odd_questions_are_refused(session: AnySession, words: str, shows: list[str]) -> None:
    alumnus, newcomer = make_alumnus(session), user_of(make_newcomer(session).volunteer)
    with pytest.raises(Refused):
        mentorships.ask(session, newcomer, alumnus.id, words, shows)
    assert session.query(Mentorship).count() == 0


def test_only_a_newcomer_asks_and_only_an_alumnus_who_mentors_is_asked(session: AnySession) -> None:
    alumnus = make_alumnus(session)
    stranger, newcomer = user_of(make_volunteer(session)), user_of(make_newcomer(session).volunteer)
    for account, who in ((stranger, alumnus.id), (newcomer, 0), (make_user(session, "coordinator"), alumnus.id)):
        with pytest.raises(NotFound):
            mentorships.ask(session, account, who, WORDS)
    silent = make_alumnus(session, choice=Choice(may_be_asked=True))
    with pytest.raises(Refused):
        mentorships.ask(session, newcomer, silent.id, WORDS)
    user_of(alumnus.volunteer).active = False
    session.flush()
    with pytest.raises(Refused):
        mentorships.ask(session, newcomer, alumnus.id, WORDS)


def test_a_mentor_takes_no_more_people_than_they_wanted(session: AnySession) -> None:
    alumnus = make_alumnus(session, choice=Choice(may_mentor=True, most_mentees=1))
    waiting = make_asked(session, alumnus)
    make_mentored(session, alumnus)
    with pytest.raises(Refused, match="as many as you wanted"):
        mentorships.accept(session, user_of(alumnus.volunteer), waiting)
    assert mentors.offered(session, make_newcomer(session)) == []
    membership.keep(session, user_of(alumnus.volunteer), alumnus.volunteer, Choice(may_mentor=True, most_mentees=2))
    mentorships.accept(session, user_of(alumnus.volunteer), waiting)
    assert waiting.state == "accepted"


def test_the_two_write_to_each_other_until_it_ends(session: AnySession) -> None:
    mentorship = make_mentored(session)
    mentor, newcomer = user_of(mentorship.mentor), user_of(mentorship.placement.volunteer)
    before = len(_letters(session, mentor.email))
    for text in ("Is there a bus?", "And a room?"):
        mentor_threads.write(session, newcomer, mentorship, text)
    assert _letters(session, mentor.email)[before:] == ["Somebody wrote to you"], "one letter until it is answered"
    assert badges.waiting(session, mentor, clock.today())["mentors"] == 1
    mentor_threads.write(session, mentor, mentorship, "Both, at the corner.")
    assert badges.waiting(session, mentor, clock.today())["mentors"] == 0
    for odd in ("", " ", "x" * 5001):
        with pytest.raises(Refused):
            mentor_threads.write(session, mentor, mentorship, odd)
    mentorships.end(session, mentor, mentorship)
    with pytest.raises(Refused):
        mentor_threads.write(session, newcomer, mentorship, "Why?")
    assert [one.text for one in mentorship.messages] == ["Is there a bus?", "And a room?", "Both, at the corner."]


def test_nobody_else_opens_it_and_offices_only_know_that_it_is(session: AnySession) -> None:
    asked, mentorship = make_asked(session), make_mentored(session)
    offices = [coordinator_of(session, vio) for vio in (mentorship.mentor.vio, mentorship.placement.volunteer.vio)]
    host = make_host_user(session, mentorship.placement.assignment.host)
    for account in (host, coordinator_of(session, make_vio(session)), user_of(make_volunteer(session))):
        with pytest.raises(NotFound):
            mentorship_sight.mentorship_for(session, account, mentorship.id)
    for office in offices:
        assert mentorship_sight.seen(session, office) == [mentorship]
        for act in (mentorship_sight.other_of, mentorship_sight.side_of):
            with pytest.raises(NotFound):
                act(office, mentorship)
        with pytest.raises(NotFound):
            mentor_threads.write(session, office, mentorship, "Hello.")
    with pytest.raises(NotFound):
        mentorships.end_by_office(session, coordinator_of(session, asked.mentor.vio), asked, KIND_WORDS)


def test_who_acts_for_some_countries_knows_of_no_mentorship(session: AnySession) -> None:
    mentorship = make_mentored(session)
    some = make_user(session, "coordinator", mentorship.mentor.vio, delegated=["KE", "CN"])
    assert mentorship_sight.seen(session, some) == []
    with pytest.raises(NotFound):
        mentorship_sight.mentorship_for(session, some, mentorship.id)


def test_an_office_ends_it_with_a_reason_that_both_read(session: AnySession) -> None:
    mentorship = make_mentored(session)
    office = coordinator_of(session, mentorship.mentor.vio)
    for odd in (" ", "x" * 1001):
        with pytest.raises(Refused):
            mentorships.end_by_office(session, office, mentorship, odd)
    mentorships.end_by_office(session, office, mentorship, KIND_WORDS)
    assert (mentorship.state, mentorship.ended_by) == ("ended", "office")
    for person in (mentorship.mentor, mentorship.placement.volunteer):
        letter = session.query(Mail).filter_by(to=user_of(person).email).order_by(Mail.id.desc()).first()
        assert letter is not None and KIND_WORDS in letter.body
    with pytest.raises(IllegalMove):
        mentorships.end_by_office(session, office, mentorship, KIND_WORDS)


def test_a_question_without_answer_ends_after_two_weeks(session: AnySession) -> None:
    asked, now = make_asked(session), clock.now()
    for after, ended in ((13, 0), (15, 1), (16, 0)):
        with time_machine.travel(now + timedelta(days=after)):
            assert endings.end_due(session, clock.now()) == ended
    assert (asked.state, asked.ended_by) == ("ended", "time")
    assert _letters(session, user_of(asked.placement.volunteer).email)[-1] == "No answer: about a mentor"


def test_it_ends_with_an_account_that_is_closed_and_some_weeks_after_coming_home(session: AnySession) -> None:
    closed, home, gone = (make_mentored(session) for _one in range(3))
    user_of(closed.mentor).active = False
    placement = home.placement
    make_ready(session, placement)
    who = coordinator_of(session, placement.receiving_vio)
    placements.start(session, who, placement, placement.starts_on)
    placements.complete(session, who, placement, placement.ends_on)
    placements.withdraw(session, user_of(gone.placement.volunteer), gone.placement)
    assert endings.end_due(session, clock.now()) == 2
    assert (closed.state, gone.state, home.state) == ("ended", "ended", "accepted")
    assert endings.end_due(session, clock.now() + timedelta(days=91)) == 1


def test_it_is_thrown_away_a_year_after_it_ended(session: AnySession, tmp_path: Path) -> None:
    mentorship, running = make_mentored(session), make_mentored(session)
    mentor_threads.write(session, user_of(mentorship.mentor), mentorship, "Good luck.")
    mentor_threads.write(session, user_of(running.mentor), running, "Good luck.")
    mentorships.end(session, user_of(mentorship.mentor), mentorship)
    session.expire_all()
    for days, left in ((365, 2), (367, 1)):
        clear_out(session, clock.now() + timedelta(days=days), tmp_path)
        assert session.query(Mentorship).count() == session.query(MentorMessage).count() == left


def test_who_takes_the_tick_back_mentors_nobody_any_more(session: AnySession) -> None:
    alumnus = make_alumnus(session)
    asked, mentored = make_asked(session, alumnus), make_mentored(session, alumnus)
    choice = Choice(**{**EVERYTHING.__dict__, "may_mentor": False})
    membership.keep(session, user_of(alumnus.volunteer), alumnus.volunteer, choice)
    assert {asked.state, mentored.state} == {"ended"}
    assert mentors.offered(session, make_newcomer(session)) == []


def test_mentor_answers_before_ending_and_only_the_mentor_answers(session: AnySession) -> None:
    asked = make_asked(session)
    mentor = user_of(asked.mentor)
    with pytest.raises(Refused, match="yes or no"):
        mentorships.end(session, mentor, asked)
    with pytest.raises(NotFound):
        mentorships.decline(session, user_of(asked.placement.volunteer), asked)
    with pytest.raises(Refused, match="too long"):
        mentorships.decline(session, mentor, asked, "x" * 10_000)
    assert asked.state == "asked"
