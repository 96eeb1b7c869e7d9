"""A suspended host: nothing of it is found, nothing is lost, everybody is told, and lifting brings all back."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from tests.bonds import make_pair, place_together
from tests.factories import (
    AnySession,
    make_application,
    make_assignment,
    make_host,
    make_host_user,
    make_user,
    make_vio,
    make_volunteer,
)
from tests.stays import (
    KIND_WORDS,
    coordinator_of,
    days,
    host_account,
    make_active,
    make_offer,
    make_placement,
    make_ready,
    make_selectable,
)
from webapp import clock
from webapp.db import own_session
from webapp.models import Application, AuditEvent, HeldStay, Host, Mail, Match, Offer, User
from webapp.services import (
    applications,
    badges,
    holds,
    more_days,
    offers,
    openings,
    placements,
    published,
    ranking,
    readiness,
    reviews,
    shortlists,
    stay_decisions,
    suspensions,
    timeline,
    visibility,
)
from webapp.services.audit import history_of
from webapp.services.errors import NotFound, Refused
from webapp.services.opening_filters import Filters
from webapp.services.paging import Part
from webapp.services.reminders import promises

WORDS = "We have heard something that we look into. Please call us today."


def _suspend(session: AnySession, who: User, host: Host) -> None:
    suspensions.suspend(session, who, host, "conditions", "A volunteer told us of the lodging.", WORDS)


def _letters_to(session: AnySession, address: str) -> str:
    return "\n".join(letter.body for letter in session.query(Mail).filter_by(to=address))


def test_nobody_finds_or_gets_what_a_suspended_host_offers(session: AnySession) -> None:
    host = make_host(session)
    work = make_assignment(session, host)
    person = make_volunteer(session, host.vio)
    who, today = coordinator_of(session, host.vio), clock.today()
    ranking.rank_assignment(session, work)
    assert visibility.matches_of_volunteer(session, person)
    _suspend(session, who, host)
    assert work.state == "open"  # not lost
    assert visibility.matches_of_volunteer(session, person) == []
    assert published.find(session, published.Search(), today) == Part([])
    assert published.overview(session, today).numbers == {}
    found = openings.find(session, person, Filters(all_open=True))
    assert found.fitting + found.near + found.others == []
    with pytest.raises(NotFound):
        applications.open_assignment(session, work.id)
    with pytest.raises(Refused, match="paused"):
        applications.apply(session, person.user, person, work, "")
    assert "suspended" in str(reviews.obstacles(work, today)[0])
    ranking.rank_assignment(session, work)
    assert session.query(Match).filter_by(assignment_id=work.id, is_current=True, status="eligible").count() == 0
    suspensions.lift(session, who, host, "The lodging was mended; we have seen it.")
    assert visibility.matches_of_volunteer(session, person)
    assert applications.apply(session, person.user, person, work, "").state == "submitted"
    actions = set(session.scalars(select(AuditEvent.action)))
    assert {"host_suspension_standing", "host_suspension_lifted"} <= actions


def test_the_effect_is_shown_before_and_each_person_is_told_once(session: AnySession) -> None:
    host = make_host(session)
    work = make_assignment(session, host, places_international=9)
    who = coordinator_of(session, host.vio)
    waits = make_application(session, make_volunteer(session, host.vio), work, answer_by=days(1))
    offered = make_offer(session, make_selectable(session, work))
    prepares = make_placement(session, make_selectable(session, work))
    there = make_active(session, make_selectable(session, work))
    found = suspensions.effect(session, who, host)
    assert [one.id for one in found.open] == [work.id]
    assert (found.waiting, found.offers, found.preparing, found.under_way) == ([waits], [offered], [prepares], [there])
    before = session.query(Mail).count()
    _suspend(session, who, host)
    assert "nobody can promise" in _letters_to(session, offered.volunteer.user.email)
    assert "stays where it is" in _letters_to(session, waits.volunteer.user.email)
    assert "Do not buy tickets" in _letters_to(session, prepares.volunteer.user.email)
    assert "Nothing ends by itself" in _letters_to(session, there.volunteer.user.email)
    assert all("lodging" not in letter.body for letter in session.query(Mail).offset(before))  # why stays in the office
    assert (offered.state, offered.application.state) == ("withdrawn", "selected")
    assert "suspended" in str(readiness.obstacles(session, prepares)[0])
    reader = host_account(session, there)
    assert visibility.sight_of(session, reader, there.volunteer, work).contact  # has to be looked after
    assert not visibility.sight_of(session, reader, prepares.volunteer, work).contact
    with pytest.raises(Refused, match="suspended"):
        placements.start(session, who, prepares, prepares.starts_on)
    with pytest.raises(Refused, match="suspended"):
        placements.extend(session, who, there, there.ends_on + timedelta(days=7))
    with pytest.raises(Refused):
        offers.make_offer(session, who, offered.application, "international", days(60), days(90))
    assert promises.renew(session, days(5)) == 0  # the host cannot answer now
    first = waits.answer_by
    suspensions.lift(session, who, host, "All is as agreed.", days(5))
    assert waits.answer_by > days(5)
    (line,) = [one for one in history_of(session, waits) if one.action == "application_promise_rested"]
    moved = {"from": first.isoformat(), "to": waits.answer_by.isoformat()}
    assert (line.actor_id, line.detail["days"]) == (who.id, moved)
    assert "promise_rested" in [step.state for step in timeline.timeline(session, waits)]
    assert not [words for words in readiness.obstacles(session, prepares) if "suspended" in str(words)]
    assert "goes on" in _letters_to(session, there.volunteer.user.email)
    assert make_offer(session, offered.application, who).state == "made"


def test_each_running_stay_is_listed_until_somebody_has_decided(session: AnySession) -> None:
    host = make_host(session)
    work = make_assignment(session, host, places_international=9)
    first, second, third = (make_active(session, make_selectable(session, work)) for _ in range(3))
    who, colleague = coordinator_of(session, host.vio), coordinator_of(session, host.vio)
    _suspend(session, who, host)
    listed = holds.to_decide(session, colleague)
    assert [one.placement for one in listed] == [first, second, third]
    assert {one.owner_id for one in listed} == {who.id}
    assert holds.count_undecided(session, colleague) == 3
    holds.take_over(session, colleague, listed[0])
    assert listed[0].owner_id == colleague.id
    for given in ("nonsense", "watched", "ended"):
        with pytest.raises(Refused):
            stay_decisions.decide(session, who, listed[0], given, "" if given == "watched" else "x", KIND_WORDS)
    with pytest.raises(Refused, match="a sentence or two"):
        stay_decisions.decide(session, who, listed[0], "watched", "We call every second day.", "Soon.")
    stay_decisions.decide(session, who, listed[0], "watched", "We call every second day.", KIND_WORDS)
    stay_decisions.decide(session, who, listed[1], "moving", "The clinic across the river.", KIND_WORDS)
    stay_decisions.decide(session, who, listed[2], "ended", "Home on Friday.", KIND_WORDS, "safety")
    assert third.state == "ended_early"
    assert KIND_WORDS in _letters_to(session, first.volunteer.user.email)
    assert holds.count_undecided(session, who) == 1  # the one that still looks for another place
    assert [one.state for one in holds.to_decide(session, who)] == ["watched", "moving"]
    suspensions.lift(session, who, host, "All is as agreed.")
    assert holds.to_decide(session, who) == []
    assert [one.state for one in session.query(HeldStay).order_by(HeldStay.id)] == ["released", "released", "ended"]


def test_a_suspended_host_is_not_asked_for_answers_whose_promise_rests(session: AnySession) -> None:
    host, today = make_host(session), clock.today()
    waits = make_application(session, make_volunteer(session, host.vio), make_assignment(session, host))
    account, who, promised = make_host_user(session, host), coordinator_of(session, host.vio), waits.answer_by
    assert badges.waiting(session, account, today)["applicants"] == 1
    assert len(shortlists.waiting(session, account, today)) == 1
    _suspend(session, who, host)
    assert badges.waiting(session, account, today)["applicants"] == 0
    assert len(shortlists.waiting(session, account, today)) == 0
    with pytest.raises(Refused, match="the day rests"):
        more_days.ask(session, account, waits)
    assert waits.answer_by == promised and not more_days.can_ask(waits)
    suspensions.lift(session, who, host, "All is as agreed.")
    assert more_days.can_ask(waits), "its one more week is not used up"


def test_of_two_who_went_together_one_decision_is_enough(session: AnySession) -> None:
    work = make_assignment(session, places_international=9)
    one, other = place_together(session, make_pair(session, work))
    who = coordinator_of(session, work.vio)
    for each in (one, other):
        make_ready(session, each)
        placements.start(session, who, each, each.starts_on)
    _suspend(session, who, work.host)
    ends, goes_on = holds.to_decide(session, who)
    stay_decisions.decide(session, who, ends, "ended", "Home on Friday.", KIND_WORDS, "safety")
    assert (other.state, other.waits_for_decision) == ("active", True)
    stay_decisions.decide(session, who, goes_on, "watched", "We call every second day.", KIND_WORDS)
    assert (other.state, other.waits_for_decision) == ("active", False)
    assert [event.action for event in history_of(session, other)][-1] == "placement_goes_on_alone"
    suspensions.lift(session, who, work.host, "All is as agreed.")
    assert readiness.obstacles_to_extend(session, other) == []


def test_others_cannot_suspend_lift_or_decide(session: AnySession) -> None:
    there = make_active(session)
    host = there.assignment.host
    who, stranger = coordinator_of(session, host.vio), coordinator_of(session, make_vio(session))
    for account in (stranger, make_user(session, "administrator"), there.volunteer.user):
        with pytest.raises(NotFound):
            _suspend(session, account, host)
        with pytest.raises(NotFound):
            suspensions.effect(session, account, host)
    _suspend(session, who, host)
    with pytest.raises(Refused, match="already"):
        _suspend(session, who, host)
    held = holds.to_decide(session, who)[0]
    with pytest.raises(NotFound):
        holds.held_for(session, stranger, held.id)
    with pytest.raises(NotFound):
        suspensions.lift(session, stranger, host, "x")
    with pytest.raises(Refused):
        suspensions.lift(session, who, host, "  ")


@pytest.mark.parametrize(("reason", "note", "words"), [("no", "x", WORDS), ("other", " ", WORDS), ("other", "x", "No")])
def test_reason_note_and_words_are_needed(session: AnySession, reason: str, note: str, words: str) -> None:
    host = make_host(session)
    with pytest.raises(Refused):
        suspensions.suspend(session, coordinator_of(session, host.vio), host, reason, note, words)
    assert host.suspended_at is None


def _race(application_id: int, host_id: int, who: int) -> list[str]:
    said: list[str] = []
    start = threading.Barrier(2)

    def offer() -> None:
        start.wait()
        try:
            with own_session() as session:
                wish, account = session.get_one(Application, application_id), session.get_one(User, who)
                offers.make_offer(session, account, wish, "international", days(60), days(90))
            said.append("offered")
        except Refused:
            said.append("refused")

    def suspend() -> None:
        start.wait()
        with own_session() as session:
            _suspend(session, session.get_one(User, who), session.get_one(Host, host_id))
        said.append("suspended")

    racers = [threading.Thread(target=offer), threading.Thread(target=suspend)]
    for one in racers:
        one.start()
    for one in racers:
        one.join()
    return said


def test_an_offer_made_at_the_moment_of_a_suspension_does_not_stay(own_engine: Engine) -> None:
    """Whichever comes first: afterwards no offer waits with a suspended host."""
    for _ in range(3):
        with own_session() as session:
            application = make_selectable(session)
            host_id, application_id = application.assignment.host_id, application.id
            who = coordinator_of(session, application.assignment.vio).id
        said = _race(application_id, host_id, who)
        assert len(said) == 2 and "suspended" in said
        with own_session() as session:
            assert session.query(Offer).filter_by(application_id=application_id, state="made").count() == 0
