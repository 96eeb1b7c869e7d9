"""After the first answer: by when somebody hears again, where it is seen, and who is reminded."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from tests.factories import AnySession, make_application, make_assignment, make_host_user, make_volunteer
from tests.stays import KIND_WORDS, coordinator_of, days, make_offer, make_placement, make_selectable, user_of
from webapp.models import Application, Assignment, Mail, User
from webapp.services import offers, placements, queue, shortlists
from webapp.services.board import columns
from webapp.services.board.columns import Filter
from webapp.services.recruitment import interviews
from webapp.services.reminders import due, next_words
from webapp.working_days import next_working_day


def _three(session: AnySession, work: Assignment, host: User, office: User) -> list[Application]:
    """Return somebody on the shortlist, in an interview, and chosen whose offer was declined."""
    people = [make_application(session, make_volunteer(session, work.vio), work) for _ in range(3)]
    for one in people:
        shortlists.shortlist(session, host, one)
    interviews.invite_to_interview(session, office, people[1])
    offer = make_offer(session, people[2], office)
    offers.decline(session, user_of(offer.volunteer), offer, "dates")
    return people


def _subjects(session: AnySession, address: str) -> list[str]:
    return list(session.scalars(select(Mail.subject).where(Mail.to == address).order_by(Mail.id)))


def _overdue(session: AnySession, office: User, today: date) -> list[int]:
    found = columns.columns(session, office, Filter(overdue=True), today)
    assert all(card.is_overdue for one in found for card in one.cards)
    return [card.row.id for one in found for card in one.cards]


def _queued(session: AnySession, office: User, today: date) -> int:
    return sum(one.count for one in queue.waiting_for(session, office, today) if one.kind == "applications")


def test_each_step_after_the_first_answer_promises_the_next_word_and_shows_where_it_is_late(
    session: AnySession,
) -> None:
    work = make_assignment(session, places_international=3)
    office, host = coordinator_of(session, work.vio), make_host_user(session, work.host)
    people = _three(session, work, host, office)
    day = next_working_day((work.host.country, work.vio.country), days(14))
    assert [one.next_by for one in people] == [day] * 3
    assert _overdue(session, office, day) == []
    assert _overdue(session, office, day + timedelta(days=1)) == [one.id for one in people]
    assert [_queued(session, office, day - timedelta(days=before)) for before in (4, 3)] == [0, 3]


def test_whose_turn_it_is_and_who_is_placed_waits_for_no_word(session: AnySession) -> None:
    work = make_assignment(session, places_international=3)
    office = coordinator_of(session, work.vio)
    placement = make_placement(session, make_selectable(session, work))
    make_offer(session, make_selectable(session, work))
    late = days(50)
    assert (_overdue(session, office, late), _queued(session, office, late)) == ([], 0)
    assert not next_words.own_up(session, late)
    placements.cancel(session, office, placement, "dates", KIND_WORDS)
    assert _queued(session, office, late) == 1, "somebody has to say how it goes on"


def test_host_volunteer_and_office_are_told_each_in_time(session: AnySession) -> None:
    work = make_assignment(session, places_international=3)
    office, host = coordinator_of(session, work.vio), make_host_user(session, work.host)
    people = _three(session, work, host, office)
    day = people[0].next_by
    came = [
        (next_words.remind_hosts(session, one), next_words.own_up(session, one), next_words.tell_offices(session, one))
        for one in (day + timedelta(days=number) for number in range(-4, 10))
    ]
    assert {number: told for number, told in zip(range(-4, 10), came, strict=True) if any(told)} == {
        -3: (1, 0, 0),
        1: (0, 3, 1),
        8: (0, 0, 1),
    }
    assert _subjects(session, host.email)[-1].startswith("People on your shortlist wait")
    assert all("Still no word" in _subjects(session, user_of(one.volunteer).email)[-1] for one in people)
    letter = session.scalars(select(Mail).where(Mail.to == office.email).order_by(Mail.id.desc())).first()
    assert letter is not None and work.title in letter.body
    assert not any(one.volunteer.full_name in letter.body for one in people)


def test_who_has_the_last_word_is_reminded_of_nothing(session: AnySession) -> None:
    application = make_selectable(session)
    office = coordinator_of(session, application.assignment.vio)
    shortlists.let_go(session, office, application, "places_taken", KIND_WORDS)
    assert not any(step(session, days(number)) for step in due.STEPS.values() for number in (11, 15, 60))
