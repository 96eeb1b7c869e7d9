"""Follow-ups 6 and 12 months after a placement: each once, by a link that works once, and not against one's will."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine

from tests.browser import Visitor
from tests.factories import AnySession, make_user
from tests.services.test_debriefs import Tokens, over
from tests.stays import coordinator_of, user_of
from tests.views.test_debrief_pages import sign_in
from webapp import clock
from webapp.models import FollowUp, Mail, Placement
from webapp.services import follow_ups
from webapp.services.errors import Refused

SAYS = {"in_touch": "yes", "learned": "partly", "lasting": "cannot_say"}


def _end(placement: Placement) -> datetime:
    assert placement.ended_at is not None
    return placement.ended_at


def test_a_volunteer_is_asked_once_after_six_and_twelve_months(
    session: AnySession, visit: Callable[[], Visitor]
) -> None:
    placement = over(session)
    who = coordinator_of(session, placement.receiving_vio)
    end, tokens = _end(placement), Tokens()
    asked = [
        follow_ups.ask_due(session, end + timedelta(days=later), tokens.keep) for later in (181, 183, 184, 366, 367)
    ]
    assert asked == [0, 1, 0, 1, 0]
    assert session.query(Mail).filter_by(to=user_of(placement.volunteer).email).count() >= 2
    session.commit()
    with time_machine.travel(clock.now() + timedelta(days=190)):
        anybody, path = visit(), f"/follow-up/{tokens[0]}"
        page = anybody.get(path)
        assert page.response.headers["Cache-Control"] == "no-store"
        assert placement.volunteer.full_name not in page.text
        page = anybody.submit(page, status=422, action="", **{**SAYS, "learned": "nonsense"}, words="x")
        assert "Thank you" in anybody.submit(page, **SAYS, words="Two of us still write.").heading
        assert "already" in anybody.get(path, status=410).text
        anybody.get("/follow-up/nonsense", status=404)
        office = sign_in(visit, who.email)
        page = office.get(f"/coordinator/placements/{placement.id}/debrief")
        assert "6 months later" in page.text and "Two of us still write." in page.text
    with time_machine.travel(end + timedelta(days=500)):
        assert "too old" in visit().get(f"/follow-up/{tokens[1]}", status=410).text


def test_who_does_not_want_to_be_asked_again_is_not(session: AnySession) -> None:
    placement, tokens = over(session), Tokens()
    now = _end(placement) + timedelta(days=183)
    assert follow_ups.ask_due(session, now, tokens.keep) == 1
    follow_ups.decline(session, follow_ups.find(session, tokens[0]))
    assert follow_ups.ask_due(session, now + timedelta(days=183), str) == 0
    assert session.query(FollowUp).one().is_declined
    assert follow_ups.answered(session, coordinator_of(session, placement.receiving_vio), placement) == []


def test_what_ended_long_before_gets_no_letter(session: AnySession) -> None:
    placement = over(session)
    assert follow_ups.ask_due(session, _end(placement) + timedelta(days=300), str) == 0
    placement.volunteer.user_id = None
    session.flush()
    assert follow_ups.ask_due(session, _end(placement) + timedelta(days=183), str) == 0


def test_three_answers_are_asked_and_only_the_two_offices_read_them(session: AnySession) -> None:
    placement, tokens = over(session), Tokens()
    follow_ups.ask_due(session, _end(placement) + timedelta(days=183), tokens.keep)
    (asked,) = session.query(FollowUp).all()
    for says in ({}, {**SAYS, "learned": "nonsense"}):
        with pytest.raises(Refused, match="each of the three"):
            follow_ups.answer(session, asked, says, "")
    with pytest.raises(Refused, match="too long"):
        follow_ups.answer(session, asked, SAYS, "x" * (follow_ups.LONGEST_WORDS + 1))
    follow_ups.answer(session, asked, SAYS, " We still write. ")
    assert follow_ups.answered(session, coordinator_of(session, placement.receiving_vio), placement) == [asked]
    assert follow_ups.answered(session, make_user(session, "coordinator"), placement) == []


def test_one_button_ends_the_asking_and_the_link_works_no_more(
    session: AnySession, visit: Callable[[], Visitor]
) -> None:
    placement, tokens = over(session), Tokens()
    follow_ups.ask_due(session, _end(placement) + timedelta(days=183), tokens.keep)
    session.commit()
    with time_machine.travel(clock.now() + timedelta(days=190)):
        anybody = visit()
        page = anybody.get(f"/follow-up/{tokens[0]}")
        assert anybody.submit(page, action="/decline").status == 200
        anybody.submit(page, action="/decline", status=410)
    assert session.query(FollowUp).one().is_declined
