"""Agreements that nobody signs: who is reminded, when, and how a host without an account comes to its page."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from tests.factories import AnySession, make_host_user
from tests.stays import days, make_placement, make_selectable, sign_for, user_of
from webapp.models import HostLink, Mail
from webapp.services.by_mail import asking
from webapp.services.reminders import agreements

MISSING = "Your signature is missing"


def _told(session: AnySession, address: str) -> int:
    mine = (Mail.to == address, Mail.subject.startswith(MISSING))
    return session.scalar(select(func.count(Mail.id)).where(*mine)) or 0


def test_both_sides_are_reminded_after_a_week_and_two_weeks_before_the_first_day(session: AnySession) -> None:
    application = make_selectable(session)
    host = make_host_user(session, application.assignment.host)
    placement = make_placement(session, application)
    told = [agreements.remind(session, days(after)) for after in range(60)]
    start = (placement.starts_on - days(0)).days
    assert {after: letters for after, letters in enumerate(told) if letters} == {7: 2, start - 14: 2}
    assert _told(session, host.email) == _told(session, user_of(placement.volunteer).email) == 2


def test_whoever_has_signed_is_left_in_peace(session: AnySession) -> None:
    application = make_selectable(session)
    host = make_host_user(session, application.assignment.host)
    placement = make_placement(session, application)
    sign_for(session, user_of(placement.volunteer), placement)
    assert agreements.remind(session, days(7)) == 1
    assert (_told(session, host.email), _told(session, user_of(placement.volunteer).email)) == (1, 0)
    sign_for(session, host, placement)
    assert agreements.remind(session, placement.starts_on - timedelta(days=14)) == 0


def test_a_host_without_an_account_gets_a_new_link(session: AnySession) -> None:
    placement = make_placement(session)
    about = select(HostLink).where(HostLink.placement_id == placement.id)
    asking.send_due(session, lambda _token: "a link")
    before = len(session.scalars(about).all())
    agreements.remind(session, days(7))
    assert len(session.scalars(about).all()) == before + 1
