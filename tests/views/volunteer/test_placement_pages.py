"""An offer in the hands of the volunteer, and the placement that comes of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from tests.factories import make_application, make_assignment, make_host, make_vio
from tests.stays import KIND_WORDS, coordinator_of, days, make_active, make_offer, make_placement, make_selectable
from tests.views.volunteer.conftest import Traveller
from webapp.models import Offer
from webapp.services import offers


def _offer(traveller: Traveller, **over: Any) -> Offer:
    application = make_application(traveller.session, traveller.volunteer, traveller.assignment, state="shortlisted")
    offer = make_offer(traveller.session, application, **over)
    traveller.session.commit()
    return offer


def _state(traveller: Traveller, row: Any) -> str:
    traveller.session.expire_all()
    return str(traveller.session.get(type(row), row.id).state)


def test_home_shows_the_offer_first_and_accepting_leads_to_the_placement(traveller: Traveller) -> None:
    offer = _offer(traveller, words="Come and see the lake.")
    home = traveller.visitor.get("/volunteer/")
    assert home.text.index("You have an offer") < home.text.index("A ward in Kisumu", home.text.index("</section>"))
    page = traveller.visitor.get(home.link("Read it and answer"))
    assert "Come and see the lake." in page.text and "Answer by" in page.text
    page = traveller.visitor.submit(page, action="/accept")
    assert _state(traveller, offer) == "accepted"
    assert "You accepted the offer." in page.text and "prepares the placement with you" in page.text
    assert traveller.visitor.get("/volunteer/placements/").path == page.path
    assert "You have an offer" not in traveller.visitor.get("/volunteer/").text


@pytest.mark.parametrize("odd", [{"reason_code": ""}, {"reason_code": "nonsense"}, {"words": "x" * 3001}])
def test_odd_input_declines_nothing(traveller: Traveller, odd: dict[str, str]) -> None:
    offer = _offer(traveller)
    page = traveller.visitor.get(f"/volunteer/applications/{offer.application_id}")
    page = traveller.visitor.submit(page, status=422, action="/decline", **{"reason_code": "dates", "words": "", **odd})
    assert "Please look at this again" in page.text
    assert _state(traveller, offer) == "made"


def test_declining_needs_no_words(traveller: Traveller) -> None:
    offer = _offer(traveller)
    page = traveller.visitor.get(f"/volunteer/applications/{offer.application_id}")
    page = traveller.visitor.submit(page, action="/decline", reason_code="rather_not_say")
    assert _state(traveller, offer) == "declined"
    assert "decides how it goes on" in page.text


def test_two_placements_on_the_same_days_are_refused_with_the_other_one_named(traveller: Traveller) -> None:
    kept = make_placement(traveller.session, make_selectable(traveller.session, volunteer=traveller.volunteer))
    kept.assignment.title = "Nurse in Osh"
    offer = _offer(traveller)
    page = traveller.visitor.get(f"/volunteer/applications/{offer.application_id}")
    page = traveller.visitor.submit(page, status=409, action="/accept")
    assert "Nurse in Osh" in page.text
    assert _state(traveller, offer) == "made"


def test_what_was_taken_back_or_ended_comes_with_its_words(traveller: Traveller) -> None:
    offer = _offer(traveller)
    offers.withdraw_offer(
        traveller.session, coordinator_of(traveller.session, traveller.assignment.vio), offer, "dates", KIND_WORDS
    )
    traveller.session.commit()
    page = traveller.visitor.get(f"/volunteer/applications/{offer.application_id}")
    assert KIND_WORDS in page.text and "/accept" not in page.text
    response = traveller.visitor.client.post(
        f"/volunteer/offers/{offer.id}/accept", data={"csrf_token": page.markup.forms[0].data().get("csrf_token")}
    )
    assert response.status_code == 409


def test_stepping_back_is_possible_until_it_begins(traveller: Traveller) -> None:
    preparing = make_placement(traveller.session, make_selectable(traveller.session, volunteer=traveller.volunteer))
    traveller.session.commit()
    page = traveller.visitor.get(f"/volunteer/placements/{preparing.id}")
    traveller.visitor.submit(page, status=422, words="x" * 3001, action="/withdraw")
    page = traveller.visitor.submit(page, words="My mother is ill.", action="/withdraw")
    assert _state(traveller, preparing) == "cancelled"
    assert "The volunteer withdrew." in page.text
    with time_machine.travel(days(1)):
        traveller.visitor.come_back()
        active = make_active(traveller.session, make_selectable(traveller.session, volunteer=traveller.volunteer))
        traveller.session.commit()
        page = traveller.visitor.get(f"/volunteer/placements/{active.id}")
        assert "/withdraw" not in page.text and "goes until" in page.text
        assert "/withdraw" not in traveller.visitor.get(f"/volunteer/applications/{active.offer.application_id}").text
        assert "Your placements" in traveller.visitor.get("/volunteer/placements/").text


def test_offers_and_placements_of_others_do_not_exist(traveller: Traveller) -> None:
    session = traveller.session
    work = make_assignment(session, make_host(session, make_vio(session)))
    placement = make_placement(session, make_selectable(session, work))
    offer = make_offer(session, make_selectable(session, work))
    session.commit()
    page = traveller.visitor.get("/volunteer/placements/")
    assert "No placement yet" in page.text
    token = {"csrf_token": traveller.visitor.get("/volunteer/profile").markup.forms[0].data().get("csrf_token")}
    assert traveller.visitor.client.get(f"/volunteer/placements/{placement.id}").status_code == 404
    for path in (f"placements/{placement.id}/withdraw", f"offers/{offer.id}/accept", f"offers/{offer.id}/decline"):
        assert traveller.visitor.client.post(f"/volunteer/{path}", data=token).status_code == 404


def test_a_stay_whose_days_have_passed_says_what_it_waits_for(traveller: Traveller) -> None:
    active = make_active(traveller.session, make_selectable(traveller.session, volunteer=traveller.volunteer))
    traveller.session.commit()
    with time_machine.travel(active.ends_on + timedelta(days=2)):
        traveller.visitor.come_back()
        page = traveller.visitor.get(f"/volunteer/applications/{active.offer.application_id}")
    assert "completes the placement" in page.text and "goes until" not in page.text
