"""Going together, on the pages of each side."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select

from tests.bonds import make_pair, offer_together, place_together
from tests.browser import Visitor
from tests.factories import (
    PASSWORD,
    AnySession,
    make_assignment,
    make_host,
    make_host_user,
    make_vio,
    make_volunteer,
)
from tests.stays import coordinator_of, days, user_of
from webapp.models import Mail, Offer, Placement, User
from webapp.services import bonds, letter_choices, placements
from webapp.services.letter_kinds import INVITATIONS
from webapp.speech import say

Visit = Callable[[], Visitor]


def _as(visit: Visit, session: AnySession, account: User) -> Visitor:
    session.commit()
    visitor = visit()
    visitor.sign_in(account.email, PASSWORD)
    return visitor


def test_one_asks_and_the_other_says_yes(visit: Visit, session: AnySession) -> None:
    mei, ana = make_volunteer(session), make_volunteer(session)
    here, there = _as(visit, session, user_of(mei)), _as(visit, session, user_of(ana))
    page = here.get("/volunteer/companions/")
    assert "Please look at this again" in here.submit(page, status=422, first="nothing").text
    here.submit(page, first=user_of(ana).email)
    letter = session.scalars(select(Mail).where(Mail.to == user_of(ana).email)).one()
    (path,) = re.findall(r"/volunteer/companions/[\w-]+", letter.body)
    asked = there.get(path)
    assert mei.full_name in asked.text
    there.submit(asked, action="/yes")
    assert ana.full_name in here.get("/volunteer/companions/").text
    assert "used" in there.get(path).text
    ended = here.submit(here.get("/volunteer/companions/"), action="/end")
    assert "You do not go together any more" in ended.text


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_whoever_gets_no_such_letters_answers_on_the_page(visit: Visit, session: AnySession, answer: str) -> None:
    mei, ana = make_volunteer(session), make_volunteer(session)
    letter_choices.choose(session, user_of(ana), {INVITATIONS: "off"})
    bonds.ask(session, user_of(mei), mei, [user_of(ana).email], str)
    there = _as(visit, session, user_of(ana))
    page = there.get("/volunteer/")
    page = there.get(page.link(f"{mei.full_name} asks you to go together"))
    assert f"{mei.full_name} asks you to go together" in page.text
    page = there.submit(page, action=f"/{answer}")
    assert ("you go together" in page.text) == (answer == "yes") and "asks you" not in page.text


def test_each_side_reads_who_applies_together(visit: Visit, session: AnySession) -> None:
    work = make_assignment(session, make_host(session))
    first, second = make_pair(session, work)
    host = _as(visit, session, make_host_user(session, work.host))
    assert second.volunteer.full_name in host.get(f"/host/applications/{first.id}").text
    assert host.get(f"/host/assignments/{work.id}/applicants").text.count("together with others") == 2
    office = _as(visit, session, coordinator_of(session, work.vio))
    assert office.get("/coordinator/applications").text.count("together with others") == 2
    assert second.volunteer.full_name in office.get(f"/coordinator/applications/{first.id}").text
    page = office.get(f"/coordinator/applications/{first.id}/offer")
    days_given = {"starts_on": days(60).isoformat(), "ends_on": days(150).isoformat()}
    office.submit(page, status=422, **days_given)
    kinds = {f"kind_{one.id}": "international" for one in (first, second)}
    said = office.submit(page, words="Welcome, both of you.", **days_given, **kinds).text
    made = session.query(Offer).filter_by(application_id=first.id).one()
    assert f"All of them answer by {say(made.answer_by, 'en')}." in said
    own = _as(visit, session, user_of(first.volunteer))
    page = own.get(f"/volunteer/applications/{first.id}")
    assert "offer to all of you" in page.text and second.volunteer.full_name in page.text
    page = own.submit(page, action=f"/offers/{made.id}/accept")
    assert "You said yes on" in page.text and "Accept the offer" not in page.text
    assert session.query(Placement).count() == 0
    other = _as(visit, session, user_of(second.volunteer))
    page = other.submit(other.get(f"/volunteer/applications/{second.id}"), action="/accept")
    assert "You go together with" in page.text and first.volunteer.full_name in page.text
    assert session.query(Placement).count() == 2


def test_an_office_decides_on_whoever_is_left(visit: Visit, session: AnySession) -> None:
    one, other = place_together(session, make_pair(session))
    placements.withdraw(session, user_of(one.volunteer), one)
    office = _as(visit, session, coordinator_of(session, other.receiving_vio))
    page = office.get(f"/coordinator/placements/{other.id}")
    assert one.volunteer.full_name in page.text
    page = office.submit(page, action="/goes-on")
    assert "It goes on" not in page.text
    stranger = _as(visit, session, coordinator_of(session, make_vio(session)))
    stranger.get(f"/coordinator/placements/{other.id}", status=404)


def test_offers_together_are_nobody_elses(visit: Visit, session: AnySession) -> None:
    pair = make_pair(session)
    offer_together(session, pair)
    stranger = _as(visit, session, coordinator_of(session, make_vio(session)))
    stranger.get(f"/coordinator/applications/{pair[0].id}/offer-together", status=404)
