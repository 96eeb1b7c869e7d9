"""Offers to people who go together and live in different countries: one day for all, and one end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

from tests.bonds import make_pair, offer_together
from tests.factories import AnySession, make_assignment, make_host, make_vio
from tests.stays import user_of
from webapp.models import Offer, Place
from webapp.services import offer_yes, offers
from webapp.services.errors import Refused

A_THURSDAY = date(2026, 11, 26)


def _apart(session: AnySession) -> list[Offer]:
    """Offer places to two whose weeks end on other days; 15 days later, on a Friday, one of them rests."""
    work = make_assignment(session, make_host(session, make_vio(session, country="CN", offer_answer_days=15)))
    pair = make_pair(session, work)
    for application, country in zip(pair, ("DE", "EG"), strict=True):
        application.volunteer.residence = country
    return offer_together(session, pair)


@time_machine.travel(A_THURSDAY)
def test_people_who_live_apart_answer_by_one_day_on_which_all_work(session: AnySession) -> None:
    assert [one.answer_by for one in _apart(session)] == [date(2026, 12, 14)] * 2


@time_machine.travel(A_THURSDAY)
def test_where_the_time_of_one_is_over_nobody_holds_a_place(session: AnySession) -> None:
    late, kept = _apart(session)
    kept.answer_by += timedelta(days=3)  # as it was promised before there was one day for all
    offer_yes.say_yes(session, user_of(kept.volunteer), kept)
    assert offers.expire_due(session, late.answer_by + timedelta(days=1)) == 1
    assert [late.state, kept.state] == ["expired", "withdrawn"]
    assert session.query(Place).count() == 0


@time_machine.travel(A_THURSDAY)
def test_a_yes_that_can_never_hold_is_not_kept(session: AnySession) -> None:
    gone, left = _apart(session)
    gone.state = "expired"
    session.flush()
    with pytest.raises(Refused, match="cannot accept any more"):
        offer_yes.say_yes(session, user_of(left.volunteer), left)
    assert left.agreed_at is None
