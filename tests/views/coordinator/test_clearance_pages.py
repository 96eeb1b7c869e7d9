"""Clearances, notes on countries and emergency cards, as a coordinator clicks through them."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.browser import Visitor
from tests.clearing import CLOSE, clear_everything, item_of
from tests.factories import PASSWORD, make_application, make_assignment, make_host, make_user, make_volunteer
from tests.stays import make_placement, make_selectable, sign_both, user_of
from tests.views.coordinator.conftest import Office
from webapp.models import Clearance, ClearanceDocument, ClearanceRule, CountryNote, DocumentLook, Placement
from webapp.services import clearances, emergency

PDF = b"%PDF-1.7\nA policy\n%%EOF\n"
NOTE = {"visa_class": "Special pass", "lead_days": "90", "contacts": "Embassy, +254 20", "noted_on": "2026-01-31"}
WORDS = "She did the same course in spring, and we hold its certificate."


@pytest.fixture
def placement(office: Office) -> Placement:
    """Return the placement of the office's own volunteer at its own assignment."""
    application = make_application(office.session, office.own, office.assignment, state="shortlisted")
    made = make_placement(office.session, application)
    office.session.commit()
    return made


def _item(office: Office, placement: Placement, item: str) -> Clearance:
    office.session.expire_all()
    return item_of(office.session, placement, item)


def _open(office: Office, placement: Placement, item: str) -> Any:
    return office.visitor.get(f"/coordinator/clearances/{_item(office, placement, item).id}")


def test_the_board_leads_to_an_item_which_is_cleared_until_a_day(office: Office, placement: Placement) -> None:
    board = office.visitor.get(office.visitor.get("/coordinator/placements").link("All clearances"))
    page = office.visitor.get(board.link("Insurance"))
    early = (placement.starts_on - timedelta(1)).isoformat()
    page = office.visitor.submit(page, status=422, action="/clear", expires_on=early)
    assert "too early" in page.text
    page = office.visitor.submit(page, action="/clear", expires_on=(placement.ends_on - timedelta(9)).isoformat())
    assert "before the stay ends" in page.text
    assert _item(office, placement, "insurance").state == "cleared"
    assert "Insurance" in office.visitor.get("/coordinator/clearances?state=running_out").text
    assert "Insurance</bdi>" not in office.visitor.get("/coordinator/clearances").text


def test_the_placement_says_what_is_open_and_starts_when_nothing_is(office: Office, placement: Placement) -> None:
    page = office.visitor.get(f"/coordinator/placements/{placement.id}")
    assert "Still open before the start" in page.text and "the volunteer hands it in by" in page.text
    assert "Fitness for the journey" in office.visitor.get(page.link("Clearances and emergency card")).text
    clear_everything(office.session, placement)
    sign_both(office.session, placement)
    office.session.commit()
    assert "Still open" not in office.visitor.get(f"/coordinator/placements/{placement.id}").text


def test_asking_again_and_refusing_need_words(office: Office, placement: Placement) -> None:
    for verb, field, state in (("/refuse", "words", "refused"), ("/again", "wanted", "open")):
        page = _open(office, placement, "medical")
        page = office.visitor.submit(page, status=422, action=verb, **{field: "No."})
        assert "Write a sentence" in page.text
        office.visitor.submit(page, action=verb, **{field: WORDS})
        assert _item(office, placement, "medical").state == state


def test_a_waiver_needs_a_second_person_and_some_items_have_none(
    office: Office, placement: Placement, visit: Callable[[], Visitor]
) -> None:
    assert "Nobody goes without this" in _open(office, placement, "insurance").text
    page = office.visitor.submit(_open(office, placement, "medical"), action="/waiver", reason=WORDS)
    assert "Somebody else of the two offices" in page.text and "/waiver/agree" not in page.text
    colleague = make_user(office.session, "coordinator", office.vio)
    office.session.commit()
    token = {"csrf_token": page.markup.forms[0].data().get("csrf_token", "")}
    item = _item(office, placement, "medical").id
    assert office.visitor.client.post(f"/coordinator/clearances/{item}/waiver/agree", data=token).status_code == 422
    assert _item(office, placement, "medical").state == "open"
    other = visit()
    other.sign_in(colleague.email, PASSWORD)
    other.submit(other.get(page.path), action="/waiver/agree")
    assert _item(office, placement, "medical").state == "waived"


def test_every_look_at_a_file_is_written_down_before_it_is_shown(office: Office, placement: Placement) -> None:
    page = _open(office, placement, "insurance")
    item = _item(office, placement, "insurance").id
    token = page.markup.forms[0].data().get("csrf_token", "")
    for name, data, status in (("a.pdf", PDF, 302), ("b.pdf", b"<html>", 422), ("", b"", 422)):
        sent = {"csrf_token": token, "file": (io.BytesIO(data), name)}
        answer = office.visitor.client.post(f"/coordinator/clearances/{item}/file", data=sent)
        assert answer.status_code == status
    (document,) = office.session.scalars(select(ClearanceDocument))
    path = f"/coordinator/documents/{document.id}"
    answer = office.visitor.client.get(path)
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"] == f'attachment; filename="insurance-{document.id}.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert [look.by_id for look in office.session.scalars(select(DocumentLook))] == [office.coordinator.id]
    assert "Defne" in _open(office, placement, "insurance").text
    office.visitor.get("/coordinator/clearances?blind=1")
    assert office.visitor.client.get(path).status_code == 409
    assert len(office.session.scalars(select(DocumentLook)).all()) == 1


def test_a_note_on_a_country_warns_where_an_offer_is_made(office: Office) -> None:
    page = office.visitor.get("/coordinator/country-notes?country=KE")
    page = office.visitor.submit(page, status=422, **{**NOTE, "noted_on": "2999-01-01"})
    assert "to come" in page.text
    page = office.visitor.submit(page, status=422, **{**NOTE, "lead_days": "9999"})
    page = office.visitor.submit(page, **NOTE)
    assert "Kenya" in page.text
    assert office.session.scalars(select(CountryNote)).one().lead_days == 90
    application = make_application(office.session, office.own, office.assignment, state="shortlisted")
    office.session.commit()
    page = office.visitor.get(f"/coordinator/applications/{application.id}/offer")
    assert "about 90 days" in page.text and "Special pass" in page.text
    made = make_placement(office.session, application)
    office.session.commit()
    assert "about 90 days" in office.visitor.get(f"/coordinator/placements/{made.id}").text
    assert "Embassy" in office.visitor.get(f"/coordinator/placements/{made.id}/card").text
    for odd in ("XX", "matching", "ke"):
        office.visitor.get(f"/coordinator/country-notes/{odd}", status=404)


def test_what_the_office_adds_stands_on_the_list_after_it_was_brought_up_to_date(
    office: Office, placement: Placement
) -> None:
    page = office.visitor.get("/coordinator/clearance-rules")
    page = office.visitor.submit(page, status=422, item="own", title=" ")
    assert "in a few words" in page.text
    for odd in ({"item": "nonsense"}, {"lives_in": "XX"}, {"days_before": "-1"}):
        office.visitor.submit(page, status=422, **{"item": "own", "title": "Letter of the elder", **odd})
    page = office.visitor.submit(page, item="own", title="Letter of the elder", works_in="KE")
    assert "Letter of the elder" in page.text
    page = office.visitor.get(f"/coordinator/placements/{placement.id}/clearances")
    page = office.visitor.submit(page, action="/complete")
    assert "Letter of the elder" in page.text
    page = office.visitor.get("/coordinator/clearance-rules")
    office.visitor.submit(page, action="/remove")
    assert office.session.scalars(select(ClearanceRule)).all() == []
    assert "Letter of the elder" in office.visitor.get(f"/coordinator/placements/{placement.id}/clearances").text


def test_the_card_is_filled_in_and_printed_with_who_is_close(office: Office, placement: Placement) -> None:
    listed = f"/coordinator/placements/{placement.id}/clearances"
    assert "Print it" not in office.visitor.get(listed).text, "nothing is on it"
    emergency.name_close(office.session, user_of(office.own), placement, CLOSE)
    office.session.commit()
    page = office.visitor.get(f"/coordinator/placements/{placement.id}/card/fill")
    office.visitor.submit(page, status=422, hospital="x" * 3001)
    office.visitor.submit(page, insurance_number="HM-77", office_phone="+000 1")
    card = office.visitor.get(office.visitor.get(listed).link("Print it"))
    assert "HM-77" in card.text and "Mei" in card.text and "Sevda" in card.text
    office.visitor.get("/coordinator/clearances?blind=1")
    assert office.visitor.client.get(f"/coordinator/placements/{placement.id}/card").status_code == 409
    for path in (
        "clearances",
        f"placements/{placement.id}/clearances",
        f"clearances/{_item(office, placement, 'medical').id}",
    ):
        assert "Sevda" not in office.visitor.get(f"/coordinator/{path}").text


def test_the_receiving_office_sees_how_it_stands_and_no_files_or_words(office: Office) -> None:
    other = make_volunteer(office.session, full_name="Tomás Ruiz")
    made = make_placement(office.session, make_selectable(office.session, office.assignment, volunteer=other))
    medical = item_of(office.session, made, "medical")
    clearances.hand_in(office.session, user_of(other), medical, "My heart is fine again.")
    office.session.commit()
    page = office.visitor.get(f"/coordinator/clearances/{medical.id}")
    assert (
        "handed in" in page.text
        and "My heart" not in page.text
        and "/clear"
        not in str([form.attributes.get("action") for form in page.markup.forms]).replace("/clearances", "")
    )


def test_clearances_of_others_do_not_exist(office: Office) -> None:
    stranger = make_placement(
        office.session, make_selectable(office.session, make_assignment(office.session, make_host(office.session)))
    )
    medical = item_of(office.session, stranger, "medical")
    office.session.commit()
    for path in (
        f"clearances/{medical.id}",
        f"placements/{stranger.id}/clearances",
        f"placements/{stranger.id}/card",
        f"placements/{stranger.id}/card/fill",
        "documents/1",
        "clearances/0",
    ):
        assert office.visitor.client.get(f"/coordinator/{path}").status_code == 404
    office.visitor.get("/coordinator/clearances?state=nonsense&page=-3")
