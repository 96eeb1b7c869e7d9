"""Links of hosts without an account: who gets one, when it works, and who is said to have acted."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from tests.factories import AnySession, make_application, make_assignment, make_host, make_host_user, make_volunteer
from tests.services.test_debriefs import Tokens
from tests.services.test_shortlists import KIND_WORDS
from tests.stays import coordinator_of, make_active, make_placement, make_selectable, user_of
from webapp import clock
from webapp.models import Assignment, HostLink, Mail, User
from webapp.services import answer_times, applications, more_days, shortlists, suspensions
from webapp.services.audit import history_of
from webapp.services.by_mail import asking, links, words_to_office
from webapp.services.errors import NotFound, Refused
from webapp.services.reminders import promises
from webapp.services.timeline import timeline
from webapp.speech import say


def _apply(session: AnySession, work: Assignment) -> None:
    volunteer = make_volunteer(session, work.vio)
    applications.apply(session, user_of(volunteer), volunteer, work, "")


def _letters(session: AnySession, address: str | None) -> list[Mail]:
    return session.query(Mail).filter_by(to=address).order_by(Mail.id).all()


def _open(session: AnySession, work: Assignment) -> HostLink:
    """Ask for a link and send it; return what lies behind it."""
    tokens = Tokens()
    asking.ask(session, work)
    asking.send_due(session, tokens.keep)
    return links.find(session, tokens[-1])


def test_one_letter_tells_of_all_who_wait_and_names_nobody(session: AnySession) -> None:
    work, tokens = make_assignment(session), Tokens()
    for _ in range(2):
        _apply(session, work)
    assert [asking.send_due(session, tokens.keep) for _ in range(2)] == [1, 0]
    (letter,) = _letters(session, work.host.contact_email)
    assert tokens[0] in letter.body
    assert "answer: 2" in letter.body
    assert "Volunteer " not in letter.body
    assert "Sign in" not in letter.body
    assert links.find(session, tokens[0]).token_hash != tokens[0]


def test_a_letter_rests_while_its_host_is_suspended(session: AnySession) -> None:
    work, tokens = make_assignment(session), Tokens()
    who = coordinator_of(session, work.vio)
    prepares = make_placement(session, make_selectable(session, work))
    stays = make_active(session, make_selectable(session, make_assignment(session, work.host)))
    session.query(User).filter_by(host_id=work.host_id).update({"active": False})  # nobody of it signs in any more
    asking.send_due(session, str)  # what came before
    for placement in (None, prepares, stays):
        asked = asking.ask(session, work if placement is not stays else stays.assignment, placement)
        asked.asked_at -= timedelta(hours=2)
    suspensions.suspend(session, who, work.host, "other", "We look into it.", "Please call us today, we explain.")
    assert asking.send_due(session, tokens.keep) == 1
    assert links.find(session, tokens[0]).placement_id == stays.id  # who is there has to be looked after
    (resting,) = session.query(HostLink).filter_by(sent_at=None, placement_id=None).all()
    with pytest.raises(Refused, match="paused"):
        asking.ask_again(session, resting)
    suspensions.lift(session, who, work.host, "All is as agreed.")
    assert asking.send_due(session, tokens.keep) == 2


def test_a_host_with_an_account_gets_no_link(session: AnySession) -> None:
    work = make_assignment(session)
    who = make_host_user(session, work.host)
    _apply(session, work)
    assert asking.send_due(session, str) == 0
    assert "Sign in" in _letters(session, who.email)[0].body


def test_a_newer_letter_takes_the_place_of_the_older_one(session: AnySession) -> None:
    work, tokens = make_assignment(session), Tokens()
    for _ in range(2):
        _apply(session, work)
        asking.send_due(session, tokens.keep)
    older, newer = (links.find(session, token) for token in (tokens[0], tokens[1]))
    with pytest.raises(Refused, match="newer letter"):
        links.check_works(session, older)
    links.check_works(session, newer)
    with time_machine.travel(clock.now() + timedelta(days=21, minutes=1)), pytest.raises(Refused, match="too old"):
        links.check_works(session, newer)


def test_a_link_closes_when_the_address_changes_or_somebody_has_an_account(session: AnySession) -> None:
    work = make_assignment(session)
    found = _open(session, work)
    work.host.contact_email = "new@hosts.example"
    with pytest.raises(Refused, match="another address"):
        links.check_works(session, found)
    work.host.contact_email = found.email
    make_host_user(session, work.host)
    with pytest.raises(Refused, match="account now"):
        links.check_works(session, found)


def test_a_new_link_goes_to_the_known_address_at_most_once_an_hour(session: AnySession) -> None:
    work = make_assignment(session)
    found = _open(session, work)
    with pytest.raises(Refused, match="less than an hour"):
        asking.ask_again(session, found)
    with time_machine.travel(clock.now() + timedelta(minutes=61)):
        asking.ask_again(session, found)
        assert asking.send_due(session, str) == 1
        with pytest.raises(Refused):
            asking.ask_again(session, found)
    assert len(_letters(session, work.host.contact_email)) == 2


def test_what_a_host_answers_stands_with_the_number_of_its_link(session: AnySession) -> None:
    work = make_assignment(session)
    people = [make_application(session, make_volunteer(session, work.vio), work) for _ in range(3)]
    found = _open(session, work)
    host = links.host_by(found)
    shortlists.shortlist(session, host, people[0])
    for one in people[1:]:
        shortlists.decline(session, host, one, "dates", KIND_WORDS)
    (event,) = history_of(session, people[0])
    assert (event.actor_id, event.detail["link"]) == (None, found.id)
    assert timeline(session, people[0])[-1].link == found.id
    assert links.told(session, found.id).startswith("h…@h….")
    assert answer_times.usual_days(session, work.host) == 1
    assert host not in session


def test_the_host_of_a_link_reaches_no_other_organization(session: AnySession) -> None:
    work, other = make_assignment(session), make_assignment(session, make_host(session))
    strange = make_application(session, make_volunteer(session, other.vio), other)
    host = links.host_by(_open(session, work))
    for act in (shortlists.shortlist, more_days.ask):
        with pytest.raises(NotFound):
            act(session, host, strange)
    with pytest.raises(NotFound):
        asking.link_of(session, coordinator_of(session, other.vio), work.host, 1)


def test_more_days_move_the_promise_once_and_the_person_is_told(session: AnySession) -> None:
    work = make_assignment(session)
    one = make_application(session, make_volunteer(session, work.vio), work)
    host, first = links.host_by(_open(session, work)), one.answer_by
    more_days.ask(session, host, one)
    assert one.answer_by > first == one.promised_first
    (letter,) = _letters(session, user_of(one.volunteer).email)
    assert say(one.answer_by, "en") in letter.body
    with pytest.raises(Refused, match="moved once"):
        more_days.ask(session, host, one)
    assert promises.renew(session, one.answer_by + timedelta(days=1)) == 0


def test_questions_and_talks_reach_the_coordinators(session: AnySession) -> None:
    work = make_assignment(session)
    who = coordinator_of(session, work.vio)
    one = make_application(session, make_volunteer(session, work.vio), work)
    host = links.host_by(_open(session, work))
    words_to_office.ask(session, host, one, "Can she come in May?")
    with pytest.raises(Refused):
        words_to_office.tell_agreed(session, host, one)
    shortlists.shortlist(session, host, one)
    with pytest.raises(Refused):
        words_to_office.tell_day(session, host, one, clock.today() - timedelta(days=1))
    words_to_office.tell_day(session, host, one, clock.today())
    words_to_office.tell_agreed(session, host, one)
    first, *_more = letters = _letters(session, who.email)
    assert len(letters) == 3
    assert "Can she come in May?" in first.body
    assert [event.action for event in words_to_office.said(session, one)] == list(words_to_office.ACTIONS)
    assert one.state == "shortlisted", "coordinators decide"
    for _ in range(2):
        words_to_office.ask(session, host, one, "And in June?")
    with pytest.raises(Refused, match="often today"):
        words_to_office.ask(session, host, one, "Or in July?")


def test_reminders_carry_a_link_where_nobody_signs_in(session: AnySession) -> None:
    work, tokens = make_assignment(session), Tokens()
    make_application(session, make_volunteer(session, work.vio), work, answer_by=clock.today() + timedelta(days=10))
    assert promises.remind_hosts(session, clock.today() + timedelta(days=7)) == 1
    assert asking.send_due(session, tokens.keep) == 1
    assert tokens[0] in _letters(session, work.host.contact_email)[0].body


def test_question_without_words_is_none(session: AnySession) -> None:
    work = make_assignment(session)
    one = make_application(session, make_volunteer(session, work.vio), work)
    with pytest.raises(Refused, match="Write your question"):
        words_to_office.ask(session, links.host_by(_open(session, work)), one, "  ")
