"""Reminders of offers that end, of placements that should have begun, and of verifications that lapse."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from tests.factories import AnySession, make_host, make_user
from tests.stays import (
    coordinator_of,
    days,
    make_active,
    make_offer,
    make_placement,
    make_selectable,
    sign_both,
    user_of,
)
from webapp.models import Mail
from webapp.services import placements, signings
from webapp.services.reminders import stays, verifications
from webapp.speech import say


def _subjects(session: AnySession, address: str) -> list[str]:
    return list(session.scalars(select(Mail.subject).where(Mail.to == address).order_by(Mail.id)))


def test_an_offer_is_called_to_mind_three_days_and_one_day_before_it_ends(session: AnySession) -> None:
    offer = make_offer(session, make_selectable(session))
    left = (offer.answer_by - days(0)).days
    told = [stays.remind_of_offers(session, days(left - before)) for before in (4, 3, 2, 1, 0, -1)]
    assert told == [0, 1, 0, 1, 0, 0]
    assert say(offer.answer_by, "en") in _subjects(session, user_of(offer.volunteer).email)[-1]


def test_an_office_hears_weekly_of_a_placement_that_was_not_started(session: AnySession) -> None:
    placement = make_placement(session)
    office = coordinator_of(session, placement.receiving_vio)
    told = [stays.tell_of_late_starts(session, placement.starts_on + timedelta(days=after)) for after in range(9)]
    assert [after for after, letters in enumerate(told) if letters] == [1, 8]
    assert len(_subjects(session, office.email)) == 2


def test_host_and_office_hear_that_a_verification_ends_and_that_it_has_ended(session: AnySession) -> None:
    host = make_host(session, verified_until=days(60))
    office = coordinator_of(session, host.vio)
    told = [verifications.remind(session, days(day)) for day in range(20, 100)]
    assert [day for day, done in enumerate(told, start=20) if done] == [30, 53, 61]
    assert len(_subjects(session, office.email)) == len(_subjects(session, host.contact_email)) == 3
    assert "ended" in _subjects(session, office.email)[-1]


def test_an_office_hears_weekly_of_a_placement_that_was_not_completed(session: AnySession) -> None:
    placement = make_active(session)
    office = coordinator_of(session, placement.receiving_vio)
    told = [stays.tell_of_late_ends(session, placement.ends_on + timedelta(days=after)) for after in range(9)]
    assert [after for after, letters in enumerate(told) if letters] == [1, 8]
    assert _subjects(session, office.email)[-1] == "Placements past their last day: 1"
    placements.complete(session, office, placement, placement.ends_on + timedelta(days=9))
    assert stays.tell_of_late_ends(session, placement.ends_on + timedelta(days=40)) == 0


def test_an_office_hears_weekly_of_a_later_day_that_both_signed_and_nobody_set(session: AnySession) -> None:
    placement = make_active(session)
    office = coordinator_of(session, placement.receiving_vio)
    later = placement.ends_on + timedelta(days=20)
    signings.propose(session, user_of(placement.volunteer), placement, {}, "Three more weeks of harvest.", later)
    assert not any(stays.tell_of_agreed_days(session, days(after)) for after in range(9))
    sign_both(session, placement)
    assert [after for after in range(12) if stays.tell_of_agreed_days(session, days(after))] == [3, 10]
    placements.extend(session, office, placement, later)
    assert stays.tell_of_agreed_days(session, days(30)) == 0


def test_colleague_for_other_countries_hears_nothing_of_it(session: AnySession) -> None:
    placement = make_placement(session)
    assert placement.assignment.country != "LA"
    office = coordinator_of(session, placement.receiving_vio)
    elsewhere = make_user(session, "coordinator", placement.receiving_vio, delegated=["LA"])
    before = [len(_subjects(session, one.email)) for one in (office, elsewhere)]
    stays.tell_of_late_starts(session, placement.starts_on + timedelta(days=1))
    after = [len(_subjects(session, one.email)) for one in (office, elsewhere)]
    assert after == [before[0] + 1, before[1]]
