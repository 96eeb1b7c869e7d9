"""Before you leave, in the hands of the volunteer."""

from __future__ import annotations

import io

import pytest
from sqlalchemy import select

from tests.clearing import CLOSE, clear_everything, item_of
from tests.factories import make_application, make_volunteer
from tests.stays import KIND_WORDS, coordinator_of, make_placement, make_selectable
from tests.views.volunteer.conftest import Traveller
from webapp.courses import read_course
from webapp.models import ClearanceDocument, Placement
from webapp.models.clearances import TRAINING_ITEM
from webapp.services import clearances, documents

PDF = b"%PDF-1.7\nA letter\n%%EOF\n"


@pytest.fixture
def placement(traveller: Traveller) -> Placement:
    """Return the traveller's placement, which is being prepared."""
    application = make_application(traveller.session, traveller.volunteer, traveller.assignment, state="shortlisted")
    made = make_placement(traveller.session, application)
    traveller.session.commit()
    return made


def _send(traveller: Traveller, path: str, data: bytes = PDF, name: str = "letter.pdf", words: str = "") -> int:
    page = traveller.visitor.get(path)
    token = page.form("words").data()["csrf_token"]
    sent = {"csrf_token": token, "file": (io.BytesIO(data), name), "words": words}
    return int(traveller.visitor.client.post(path, data=sent).status_code)


def test_the_one_thing_to_do_next_stands_first(traveller: Traveller, placement: Placement) -> None:
    page = traveller.visitor.get(f"/volunteer/placements/{placement.id}")
    page = traveller.visitor.get(page.link("Before you leave"))
    assert "Next: Fitness for the journey" in page.text  # due first of all
    page = traveller.visitor.get(page.link("See to it"))
    page = traveller.visitor.submit(page, status=422, words=" ")
    assert "Choose a file, or write a few words" in page.text
    page = traveller.visitor.submit(page, words="The doctor writes to you.")
    assert "Next: Fitness" not in page.text and "handed in" in page.text
    assert item_of(traveller.session, placement, "medical").handed_in == "The doctor writes to you."
    clear_everything(traveller.session, placement)
    traveller.session.commit()
    assert "Nothing for you to do now" in traveller.visitor.get(page.path).text


def test_the_training_is_cleared_by_itself_as_soon_as_it_is_passed(traveller: Traveller, placement: Placement) -> None:
    clear_everything(traveller.session, placement, but=TRAINING_ITEM)
    traveller.session.commit()
    path = f"/volunteer/placements/{placement.id}/before-you-leave"
    page = traveller.visitor.get(traveller.visitor.get(path).link("Training for volunteers"))
    assert page.path == "/volunteer/training"
    for module in read_course("volunteer").modules:
        page = traveller.visitor.get(f"/volunteer/training/{module.code}/quiz")
        traveller.visitor.submit(page, action="/quiz", **{one.code: one.right for one in module.questions})
    assert "Nothing for you to do now" in traveller.visitor.get(path).text


def test_a_file_is_handed_in_opened_and_taken_back(traveller: Traveller, placement: Placement) -> None:
    medical = item_of(traveller.session, placement, "medical")
    path = f"/volunteer/clearances/{medical.id}"
    for data, name in ((b"", "empty.pdf"), (b"MZ", "run.exe"), (PDF[:12], "half.pdf")):
        assert _send(traveller, path, data, name) == 422
    assert _send(traveller, path) == 302
    document = traveller.session.scalars(select(ClearanceDocument)).one()
    assert traveller.visitor.client.get(f"/volunteer/documents/{document.id}").data == PDF
    who = coordinator_of(traveller.session, medical.checked_by)
    who.display_name = "Defne of the office"
    documents.note_look(traveller.session, who.id, document.id)
    traveller.session.commit()
    page = traveller.visitor.get(path)
    assert "Defne of the office" in page.text and "You" in page.text and "letter.pdf" in page.text
    page = traveller.visitor.submit(page, action="/take-back")
    assert "letter.pdf" not in page.text and "Defne of the office" in page.text
    assert traveller.visitor.client.get(f"/volunteer/documents/{document.id}").status_code == 404


def test_what_was_said_stands_with_the_item_and_it_can_be_sent_again(
    traveller: Traveller, placement: Placement
) -> None:
    visa = item_of(traveller.session, placement, "right_to_work")
    clearances.refuse(traveller.session, coordinator_of(traveller.session, visa.checked_by), visa, KIND_WORDS)
    traveller.session.commit()
    page = traveller.visitor.get(f"/volunteer/clearances/{visa.id}")
    assert KIND_WORDS in page.text and "refused" in page.text
    traveller.visitor.submit(page, words="I found another way.")
    assert item_of(traveller.session, placement, "right_to_work").state == "submitted"


def test_somebody_close_is_named_and_stands_on_the_card(traveller: Traveller, placement: Placement) -> None:
    path = f"/volunteer/placements/{placement.id}/emergency-contact"
    before = f"/volunteer/placements/{placement.id}/before-you-leave"
    assert "Print your emergency card" not in traveller.visitor.get(before).text
    page = traveller.visitor.get(path)
    page = traveller.visitor.submit(page, status=422, **{**CLOSE, "close_phone": ""})
    traveller.visitor.submit(page, **CLOSE)
    assert item_of(traveller.session, placement, "emergency_contact").state == "submitted"
    page = traveller.visitor.get(before)
    card = traveller.visitor.get(page.link("Print your emergency card"))
    assert "Mei" in card.text and "Ыйман" in card.text


def test_what_belongs_to_others_does_not_exist(traveller: Traveller) -> None:
    other = make_placement(
        traveller.session, make_selectable(traveller.session, volunteer=make_volunteer(traveller.session))
    )
    medical = item_of(traveller.session, other, "medical")
    traveller.session.commit()
    for path in (
        f"clearances/{medical.id}",
        f"placements/{other.id}/before-you-leave",
        f"placements/{other.id}/emergency-contact",
        f"placements/{other.id}/card",
        "documents/1",
    ):
        assert traveller.visitor.client.get(f"/volunteer/{path}").status_code == 404
