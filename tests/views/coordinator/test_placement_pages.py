"""Offers and placements, as a coordinator clicks through them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import func, select

from tests.clearing import clear_everything, item_of
from tests.factories import PASSWORD, make_application, make_assignment, make_host, make_vio, make_volunteer
from tests.stays import (
    KIND_WORDS,
    agree_until,
    coordinator_of,
    days,
    make_offer,
    make_placement,
    make_selectable,
    sign_both,
)
from tests.views.coordinator.conftest import Office
from webapp.models import Application, Offer, Placement
from webapp.services import applications, clearances, readiness
from webapp.speech import say

ODD: list[dict[str, Any]] = [
    {"kind": "royal"},
    {"kind": None},
    {"starts_on": ""},
    {"starts_on": "0000-00-00"},
    {"starts_on": "9999-12-31", "ends_on": "9999-12-31"},
    {"starts_on": "2031-02-30"},
    {"ends_on": "'; DROP TABLE offer; --"},
    {"words": "x" * 3001},
    {"starts_on": days(-1).isoformat()},
]


def _applicant(office: Office, **over: Any) -> Application:
    application = make_application(office.session, office.own, office.assignment, **{"state": "shortlisted", **over})
    office.session.commit()
    return application


def _placement(office: Office) -> Placement:
    placement = make_placement(office.session, _applicant(office))
    office.session.commit()
    return placement


def _state(office: Office, row: Any) -> str:
    office.session.expire_all()
    return str(office.session.get(type(row), row.id).state)


def _terms(**over: Any) -> dict[str, Any]:
    terms = {"kind": "international", "starts_on": days(60).isoformat(), "ends_on": days(120).isoformat()}
    return {**terms, "words": "Welcome!", **over}


def test_an_offer_is_made_from_the_application_with_the_places_left(office: Office) -> None:
    application = _applicant(office)
    page = office.visitor.get(f"/coordinator/applications/{application.id}")
    page = office.visitor.get(page.link("Make an offer"))
    assert "2 of 2 left" in page.text and "National" not in page.text
    page = office.visitor.submit(page, **_terms())
    assert f"The volunteer answers by {say(office.session.scalars(select(Offer)).one().answer_by, 'en')}." in page.text
    assert "waits for an answer" in page.text
    assert _state(office, application) == "selected"
    page = office.visitor.get("/coordinator/placements")
    assert "Sevda" in page.text and "Offers that wait for an answer" in page.text


def test_the_days_of_an_offer_begin_with_those_of_the_assignment_while_they_are_to_come(office: Office) -> None:
    application, work = _applicant(office), office.assignment
    path = f"/coordinator/applications/{application.id}/offer"
    begun = office.visitor.get(path).form("starts_on").data()
    assert begun["starts_on"] == [work.start_on.isoformat()] and begun["ends_on"] != [""]
    work.start_on = days(-7)
    office.session.commit()
    begun = office.visitor.get(path).form("starts_on").data()
    assert (begun["starts_on"], begun["ends_on"]) == ([""], [""])


@pytest.mark.parametrize("odd", ODD)
def test_odd_input_makes_no_offer_and_says_what_is_wrong(office: Office, odd: dict[str, Any]) -> None:
    application = _applicant(office)
    page = office.visitor.get(f"/coordinator/applications/{application.id}/offer")
    page = office.visitor.submit(page, status=422, **_terms(**odd))
    assert "Please look at this again" in page.text
    assert office.session.scalar(select(func.count()).select_from(Offer)) == 0
    assert _state(office, application) == "shortlisted"


def test_the_last_place_that_somebody_else_took_is_told_kindly(office: Office) -> None:
    office.assignment.places_international = 1
    application = _applicant(office)
    page = office.visitor.get(f"/coordinator/applications/{application.id}/offer")
    make_offer(office.session, make_selectable(office.session, office.assignment))
    office.session.commit()
    page = office.visitor.submit(page, status=422, **_terms())
    assert "No place is left" in page.text


def test_an_offer_is_taken_back_with_a_reason_and_words(office: Office) -> None:
    offer = make_offer(office.session, _applicant(office))
    office.session.commit()
    page = office.visitor.get(f"/coordinator/applications/{offer.application_id}")
    page = office.visitor.get(page.link("Take the offer back"))
    page = office.visitor.submit(page, status=422, reason_code="money", words="Sorry.")
    assert _state(office, offer) == "made"
    page = office.visitor.submit(page, reason_code="money", words=KIND_WORDS)
    assert _state(office, offer) == "withdrawn"
    assert "Offer again" in page.text


def test_who_gets_no_place_is_declined_with_words(office: Office) -> None:
    application = _applicant(office)
    page = office.visitor.get(f"/coordinator/applications/{application.id}")
    page = office.visitor.submit(page, status=422, reason_code="nonsense", words="", action="/decline")
    page = office.visitor.submit(page, reason_code="places_taken", words=KIND_WORDS, action="/decline")
    assert _state(office, application) == "declined"
    assert "/decline" not in page.text


def test_a_refused_start_says_each_reason_once(office: Office) -> None:
    placement = _placement(office)
    path = f"/coordinator/placements/{placement.id}"
    with time_machine.travel(placement.starts_on):
        office.visitor.sign_in(office.coordinator.email, PASSWORD)  # weeks have passed
        before = office.visitor.get(path).text
        first, second, *_more = (say(one, "en") for one in readiness.obstacles(office.session, placement))
        page = office.visitor.submit(office.visitor.get(path), status=422, action="/start").text
    assert (before.count(first), page.count(first), page.count(second)) == (1, 1, 1)


def test_a_placement_goes_from_its_start_to_its_end(office: Office) -> None:
    placement = _placement(office)
    last, path = placement.ends_on, f"/coordinator/placements/{placement.id}"
    sign_both(office.session, placement)
    office.session.commit()
    assert "You can start it on" in office.visitor.get(path).text
    clear_everything(office.session, placement)
    insurance = item_of(office.session, placement, "insurance")
    who = coordinator_of(office.session, insurance.checked_by)
    clearances.clear(office.session, who, insurance, last + timedelta(9))
    office.session.commit()
    with time_machine.travel(days(60)):
        office.visitor.sign_in(office.coordinator.email, PASSWORD)
        assert "begins: start it" in office.visitor.get("/coordinator/placements").text
        page = office.visitor.submit(office.visitor.get(path), action="/start")
        assert _state(office, placement) == "active"
        page = office.visitor.submit(page, status=422, ends_on=last.isoformat(), action="/extend")
        assert "goes until" in page.text
        agree_until(office.session, placement, last + timedelta(50))
        office.session.commit()
        page = office.visitor.get(path)
        assert "Some clearances do not cover the days" in page.text and page.link("Insurance")
        later, visa = (last + timedelta(50)).isoformat(), item_of(office.session, placement, "right_to_work")
        visa.expires_on = days(-1)
        office.session.commit()
        page = office.visitor.get(path)
        assert "What keeps it from being extended" in page.text and "it has run out" in page.text
        office.visitor.submit(page, status=422, ends_on=later, action="/extend")
        visa.expires_on = None
        office.session.commit()
        page = office.visitor.submit(page, ends_on=later, action="/extend")
        assert "Insurance is open again" in page.text
        assert _state(office, placement) == "extended"
        assert "First agreed until" in page.text
    with time_machine.travel(days(201)):
        office.visitor.sign_in(office.coordinator.email, PASSWORD)
        assert "over: complete it" in office.visitor.get("/coordinator/placements?state=extended").text
        page = office.visitor.submit(office.visitor.get(path), action="/complete")
    assert _state(office, placement) == "completed"
    assert "Placement extended" in page.text


def test_a_placement_is_cancelled_with_words_and_only_by_moves_that_are_legal(office: Office) -> None:
    placement = _placement(office)
    page = office.visitor.get(f"/coordinator/placements/{placement.id}")
    assert "/end" not in page.text and "/complete" not in page.text
    page = office.visitor.submit(page, status=422, reason_code="", words="", action="/cancel")
    assert _state(office, placement) == "preparing"
    page = office.visitor.submit(page, reason_code="safety", words=KIND_WORDS, action="/cancel")
    assert _state(office, placement) == "cancelled"
    assert KIND_WORDS in page.text and "/cancel" not in page.text


def test_the_sending_office_sees_the_placement_and_cannot_move_it(office: Office) -> None:
    elsewhere = make_assignment(office.session, make_host(office.session, make_vio(office.session)))
    placement = make_placement(office.session, make_selectable(office.session, elsewhere, volunteer=office.own))
    office.session.commit()
    path = f"/coordinator/placements/{placement.id}"
    page = office.visitor.get(path)
    assert "receives and decides" in page.text
    assert not [form for form in page.markup.forms if "/placements/" in (form.attributes.get("action") or "")]
    token = {"csrf_token": page.markup.forms[0].data().get("csrf_token", "")}
    for verb in ("start", "extend", "complete", "end", "cancel"):
        assert office.visitor.client.post(f"{path}/{verb}", data=token).status_code == 404
    assert _state(office, placement) == "preparing"


def test_other_vios_rows_and_odd_addresses_do_not_exist(office: Office) -> None:
    stranger = make_placement(office.session, make_selectable(office.session))
    offer = make_offer(office.session, make_selectable(office.session))
    office.session.commit()
    for path in (
        f"placements/{stranger.id}",
        "placements/0",
        f"placements/{'9' * 30}",
        f"offers/{offer.id}/withdraw",
        f"applications/{offer.application_id}/offer",
    ):
        response = office.visitor.client.get(f"/coordinator/{path}")
        assert response.status_code in (400, 404)
    office.visitor.get("/coordinator/placements?state=nonsense&page=-5")
    office.visitor.get("/coordinator/placements?page=99")


def test_names_are_hidden_in_blind_mode(office: Office) -> None:
    placement = _placement(office)
    for path in ("/coordinator/placements?blind=1", f"/coordinator/placements/{placement.id}"):
        assert "Sevda" not in office.visitor.get(path).text
    _others(office)


def _others(office: Office) -> None:
    """Somebody of another VIO stays without name on the pages of an offer too."""
    other = make_volunteer(office.session, full_name="Hidden Person")
    application = make_application(office.session, other, office.assignment, state="shortlisted")
    office.session.commit()
    assert "Hidden" not in office.visitor.get(f"/coordinator/applications/{application.id}/offer").text


def test_the_page_leads_nowhere_that_a_withdrawn_application_closed(office: Office) -> None:
    session, person = office.session, office.elsewhere
    placement = make_placement(session, make_selectable(session, office.assignment, volunteer=person))
    session.commit()
    path = f"/coordinator/placements/{placement.id}"
    office.visitor.get(office.visitor.get(path).link("Messages"))
    applications.withdraw(session, person.user, placement.offer.application)
    session.commit()
    assert f"{path}/messages" not in office.visitor.get(path).text
