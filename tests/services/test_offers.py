"""Offers: who makes them, what they need, and how they end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.bonds import make_pair, offer_together
from tests.factories import (
    AnySession,
    make_assignment,
    make_host,
    make_host_user,
    make_user,
    make_vio,
    make_volunteer,
)
from tests.stays import KIND_WORDS, coordinator_of, days, make_offer, make_placement, make_selectable, user_of
from webapp import clock
from webapp.models import Assignment, Mail, Offer, Place
from webapp.services import applications, assignments, consents, offers, places, shortlists
from webapp.services.audit import history_of
from webapp.services.errors import IllegalMove, NotFound, Refused
from webapp.speech import say
from webapp.working_days import next_working_day


def _mail_to(session: AnySession, address: str) -> list[str]:
    return list(session.scalars(select(Mail.subject).where(Mail.to == address).order_by(Mail.id)))


def _held(session: AnySession, assignment: Assignment) -> int:
    return sum(one.held for one in places.room(session, assignment).values())


def test_an_offer_holds_a_place_and_tells_the_volunteer_and_the_host(session: AnySession) -> None:
    work = make_assignment(session, make_host(session, make_vio(session, offer_answer_days=9)))
    host, application = make_host_user(session, work.host), make_selectable(session, work)
    offer = make_offer(session, application, words="  We would love to have you.  ")
    assert (offer.state, application.state, work.state) == ("made", "selected", "open")
    assert offer.answer_by == next_working_day(("CN", "CN"), days(9))
    assert places.room(session, work)["international"].left == 1
    assert [event.action for event in history_of(session, offer)] == ["offer_made"]
    letter = session.scalars(select(Mail).where(Mail.to == user_of(offer.volunteer).email)).one()
    assert "We would love to have you." in letter.body and say(offer.answer_by, "en") in letter.body
    to_host = session.scalars(select(Mail).where(Mail.to == host.email)).one()
    assert offer.volunteer.full_name not in to_host.subject + to_host.body


def test_the_day_to_answer_is_never_behind_the_first_day(session: AnySession) -> None:
    work = make_assignment(session, start_on=None, end_on=None)
    offer = make_offer(session, make_selectable(session, work), starts_on=days(3), ends_on=days(30))
    assert offer.answer_by == days(3)


@pytest.mark.parametrize(
    ("work", "terms", "words"),
    [
        ({"state": "changes_requested"}, {}, "not public"),
        ({"state": "cancelled"}, {}, "not public"),
        ({}, {"starts_on": days(-1)}, "past"),
        ({}, {"starts_on": days(10)}, "begins on"),
        ({}, {"ends_on": days(301)}, "ends on"),
        ({}, {"ends_on": days(59)}, "before the first day"),
        ({}, {"kind": "national"}, "last place"),
        ({}, {"kind": "royal"}, "kind of place"),
    ],
)
def test_what_an_offer_needs(session: AnySession, work: dict[str, Any], terms: dict[str, Any], words: str) -> None:
    application = make_selectable(session, make_assignment(session, **work))
    with pytest.raises(Refused, match=words):
        make_offer(session, application, **terms)
    assert application.state == "shortlisted"
    assert session.scalars(select(Offer)).all() == []


@pytest.mark.parametrize("state", ["submitted", "declined", "withdrawn"])
def test_only_who_is_on_the_shortlist_gets_an_offer(session: AnySession, state: str) -> None:
    application = make_selectable(session, state=state, reason_code="other")
    with pytest.raises(Refused, match="shortlist"):
        make_offer(session, application)


def test_a_host_without_verification_and_a_closed_account_get_none(session: AnySession) -> None:
    unverified = make_host(session, verified_until=clock.today() - timedelta(1))
    with pytest.raises(Refused, match="verification"):
        make_offer(session, make_selectable(session, make_assignment(session, unverified)))
    application = make_selectable(session)
    user_of(application.volunteer).active = False
    with pytest.raises(Refused, match="account is closed"):
        make_offer(session, application)


def test_the_last_place_fills_the_assignment_and_freeing_it_opens_it_again(session: AnySession) -> None:
    work = make_assignment(session, places_international=1)
    first, second = make_selectable(session, work), make_selectable(session, work)
    offer = make_offer(session, first)
    assert work.state == "filled"
    with pytest.raises(Refused, match="last place"):
        make_offer(session, second)
    assert second.state == "shortlisted"  # nobody is declined by a machine
    offers.decline(session, user_of(offer.volunteer), offer, "dates")
    assert (work.state, _held(session, work)) == ("open", 0)
    assert make_offer(session, second).state == "made"
    assert [e.action for e in history_of(session, work)] == [
        "assignment_filled",
        "assignment_open",
        "assignment_filled",
    ]


@pytest.mark.parametrize("over", [{"start_on": None, "end_on": clock.today()}, {}])
def test_what_is_past_or_without_verified_host_does_not_open_again(session: AnySession, over: dict[str, Any]) -> None:
    work = make_assignment(session, places_international=1, **over)
    first = clock.today() if over else days(60)
    offer = make_offer(session, make_selectable(session, work), starts_on=first, ends_on=first)
    if over:
        work.end_on = clock.today() - timedelta(1)
    else:
        work.host.verified_until = clock.today() - timedelta(1)
    offers.decline(session, user_of(offer.volunteer), offer, "dates")
    assert (work.state, _held(session, work)) == ("filled", 0)


def test_an_applicant_has_one_offer_at_a_time_and_may_get_another_after_it(session: AnySession) -> None:
    application = make_selectable(session)
    offer = make_offer(session, application)
    with pytest.raises(Refused, match="already"):
        make_offer(session, application)
    offers.withdraw_offer(session, coordinator_of(session, application.assignment.vio), offer, "dates", KIND_WORDS)
    again = make_offer(session, application)
    assert [one.state for one in offers.offers_of(session, application)] == ["made", "withdrawn"]
    assert application.state == "selected"
    assert offers.waiting_offer(session, application) is again


def test_taking_an_offer_back_needs_a_reason_and_words_and_sends_both(session: AnySession) -> None:
    offer = make_offer(session, make_selectable(session))
    who = coordinator_of(session, offer.assignment.vio)
    for reason, words in (("", KIND_WORDS), ("nonsense", KIND_WORDS), ("dates", "No."), ("dates", " " * 40)):
        with pytest.raises(Refused):
            offers.withdraw_offer(session, who, offer, reason, words)
    offers.withdraw_offer(session, who, offer, "dates", KIND_WORDS)
    assert (offer.state, offer.reason_code, offer.answer_words) == ("withdrawn", "dates", KIND_WORDS)
    letter = session.scalars(select(Mail).where(Mail.to == user_of(offer.volunteer).email)).all()[-1]
    assert KIND_WORDS in letter.body
    with pytest.raises(IllegalMove):
        offers.accept(session, user_of(offer.volunteer), offer)


def test_accepting_tells_the_host_and_both_vios(session: AnySession) -> None:
    sending = make_vio(session)
    volunteer = make_volunteer(session, sending)
    application = make_selectable(session, volunteer=volunteer)
    offices = [coordinator_of(session, vio) for vio in (sending, application.assignment.vio)]
    host = make_host_user(session, application.assignment.host)
    offer = make_offer(session, application)
    placement = offers.accept(session, user_of(volunteer), offer)
    assert (offer.state, placement.state, application.state) == ("accepted", "preparing", "selected")
    assert (placement.sending_vio_id, placement.receiving_vio_id) == (sending.id, application.assignment.vio_id)
    assert (placement.ends_on, placement.agreed_ends_on) == (offer.ends_on, offer.ends_on)
    for account in [*offices, host, volunteer.user]:
        assert any("accepted" in one or "place" in one for one in _mail_to(session, account.email))
    assert _held(session, application.assignment) == 1


def test_nobody_holds_two_placements_on_the_same_days(session: AnySession) -> None:
    vio = make_vio(session)
    volunteer = make_volunteer(session, vio)
    first, same, later = (
        make_selectable(session, make_assignment(session, make_host(session, vio)), volunteer=volunteer)
        for _ in range(3)
    )
    kept = make_placement(session, first)
    clashing = make_offer(session, same, starts_on=kept.ends_on, ends_on=days(200))
    with pytest.raises(Refused, match=f"{kept.assignment.title}, from {kept.starts_on}"):
        offers.accept(session, user_of(volunteer), clashing)
    assert clashing.state == "made"
    behind = make_offer(session, later, starts_on=kept.ends_on + timedelta(1), ends_on=days(200))
    assert offers.accept(session, user_of(volunteer), behind).state == "preparing"


def test_declining_needs_a_reason_but_no_words_and_tells_the_office(session: AnySession) -> None:
    application = make_selectable(session)
    who = coordinator_of(session, application.assignment.vio)
    offer = make_offer(session, application, who)
    with pytest.raises(Refused):
        offers.decline(session, user_of(offer.volunteer), offer, "")
    offers.decline(session, user_of(offer.volunteer), offer, "rather_not_say")
    assert (offer.state, application.state, _held(session, offer.assignment)) == ("declined", "selected", 0)
    assert any("declined" in one for one in _mail_to(session, who.email))
    (event,) = (one for one in history_of(session, offer) if one.action == "offer_declined")
    assert event.detail["reason"] == "rather_not_say"


def test_an_offer_stands_on_its_last_day_and_expires_the_day_after(session: AnySession) -> None:
    offer = make_offer(session, make_selectable(session))
    who = coordinator_of(session, offer.assignment.vio)
    assert offers.expire_due(session, offer.answer_by) == 0
    late = offer.answer_by + timedelta(1)
    with pytest.raises(Refused, match="day to answer"):
        offers.accept(session, user_of(offer.volunteer), offer, late)
    assert offers.expire_due(session, late) == 1
    assert offers.expire_due(session, late) == 0
    assert (offer.state, offer.application.state, _held(session, offer.assignment)) == ("expired", "selected", 0)
    assert any("not answered" in one for one in _mail_to(session, who.email))
    assert any("has ended" in one for one in _mail_to(session, user_of(offer.volunteer).email))


def test_withdrawing_the_application_declines_the_offer(session: AnySession) -> None:
    application = make_selectable(session)
    offer = make_offer(session, application)
    applications.withdraw(session, user_of(application.volunteer), application)
    assert (application.state, offer.state, offer.reason_code) == ("withdrawn", "declined", "application_withdrawn")
    assert session.scalars(select(Place)).all() == []


def test_taking_consent_back_declines_the_offer_but_leaves_an_agreed_placement(session: AnySession) -> None:
    vio = make_vio(session)
    volunteer = make_volunteer(session, vio)
    agreed, open_ = (
        make_selectable(session, make_assignment(session, make_host(session, vio)), volunteer=volunteer)
        for _ in range(2)
    )
    placement, offer = make_placement(session, agreed), make_offer(session, open_)
    assert consents.resting_applications(session, volunteer, "matching") == [open_]
    consents.withdraw(session, user_of(volunteer), volunteer, "matching")
    assert (agreed.state, placement.state) == ("selected", "preparing")
    assert (open_.state, offer.state) == ("withdrawn", "declined")


def test_the_host_cannot_decline_whoever_has_an_offer(session: AnySession) -> None:
    application = make_selectable(session)
    make_offer(session, application)
    host = make_host_user(session, application.assignment.host)
    with pytest.raises(Refused, match="coordinator"):
        shortlists.decline(session, host, application, "skills", KIND_WORDS)
    assert application.state == "selected"


def test_the_coordinator_declines_kindly_who_got_no_place(session: AnySession) -> None:
    application = make_selectable(session)
    work = application.assignment
    who, offer = coordinator_of(session, work.vio), make_offer(session, application)
    with pytest.raises(Refused, match="offer or a placement"):
        shortlists.let_go(session, who, application, "places_taken", KIND_WORDS)
    offers.decline(session, user_of(offer.volunteer), offer, "dates")
    for stranger in (coordinator_of(session, make_vio(session)), make_host_user(session, work.host)):
        with pytest.raises(NotFound):
            shortlists.let_go(session, stranger, application, "places_taken", KIND_WORDS)
    waits = make_selectable(session, work, state="submitted")
    with pytest.raises(Refused, match="host answers first"):
        shortlists.let_go(session, who, waits, "places_taken", KIND_WORDS)
    shortlists.let_go(session, who, application, "places_taken", KIND_WORDS)
    assert (application.state, application.reason_code) == ("declined", "places_taken")
    letter = session.scalars(select(Mail).where(Mail.to == user_of(application.volunteer).email)).all()[-1]
    assert work.vio.name in letter.body and KIND_WORDS in letter.body


def test_fewer_places_than_are_held_cannot_be_asked_for(session: AnySession) -> None:
    work = make_assignment(session)
    for _ in range(2):
        make_offer(session, make_selectable(session, work))
    assert work.state == "filled"
    work.state = "changes_requested"
    host = make_host_user(session, work.host)
    with pytest.raises(Refused, match="2"):
        assignments.edit(session, host, work, {"places_international": 1})
    assignments.edit(session, host, work, {"places_international": 3, "places_local": 1})
    assert places.room(session, work)["international"].left == 1


def test_cancelling_an_assignment_ends_its_offers_and_what_is_being_prepared(session: AnySession) -> None:
    work = make_assignment(session)
    placement = make_placement(session, make_selectable(session, work))
    offer = make_offer(session, make_selectable(session, work))
    host = make_host_user(session, work.host)
    assert assignments.cancel(session, host, work, KIND_WORDS) == 2
    assert (work.state, placement.state, offer.state) == ("cancelled", "cancelled", "withdrawn")
    assert _held(session, work) == 0
    for person in (placement.volunteer, offer.volunteer):
        assert "does not take place" in _mail_to(session, user_of(person).email)[-1]


def test_for_everybody_else_an_offer_does_not_exist(session: AnySession) -> None:
    application = make_selectable(session)
    work = application.assignment
    strangers = [
        coordinator_of(session, make_vio(session)),
        coordinator_of(session, application.volunteer.vio) if application.volunteer.vio_id != work.vio_id else None,
        make_host_user(session, work.host),
        make_host_user(session, make_host(session, work.vio)),
        make_user(session, "administrator"),
        user_of(make_volunteer(session, work.vio)),
        user_of(application.volunteer),
    ]
    for account in filter(None, strangers):
        with pytest.raises(NotFound):
            make_offer(session, application, account)
    offer = make_offer(session, application)
    for account in filter(None, strangers):
        with pytest.raises(NotFound):
            offers.withdraw_offer(session, account, offer, "dates", KIND_WORDS)
        if account is not user_of(application.volunteer):
            with pytest.raises(NotFound):
                offers.accept(session, account, offer)
            with pytest.raises(NotFound):
                offers.decline(session, account, offer, "dates")
    assert offer.state == "made"


def test_offer_is_made_together_only_to_those_who_go_together(session: AnySession) -> None:
    alone = make_selectable(session)
    with pytest.raises(Refused, match="do not go together"):
        offer_together(session, [alone])


def test_yes_of_one_is_no_placement_where_others_have_to_say_yes_too(session: AnySession) -> None:
    first, _second = offer_together(session, make_pair(session))
    with pytest.raises(Refused, match="others"):
        offers.accept(session, user_of(first.volunteer), first)
