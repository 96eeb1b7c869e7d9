"""Country sheets as the coordinators of the receiving office write them."""

from __future__ import annotations

import pytest

from tests.factories import make_assignment, make_user
from tests.views.coordinator.conftest import Office
from webapp.services import country_sheets


def test_a_sheet_is_written_changed_and_printed(office: Office) -> None:
    visitor = office.visitor
    page = visitor.get(visitor.get("/coordinator/more").link("Countries"))
    assert "not written yet" in page.text
    page = visitor.get(page.link("Kenya"))
    page = visitor.submit(page, customs="Greet before you ask.", language="sw")
    assert "Volunteers with an application there can read it now" in page.text
    page = visitor.submit(page, money="By telephone.")
    sheet = visitor.get(page.link("Print this sheet"))
    for words in ("Greet before you ask.", "By telephone.", "Greetings and customs", office.vio.name, 'lang="sw"'):
        assert words in sheet.text
    assert "not written yet" not in visitor.get("/coordinator/countries").text


def test_an_empty_sheet_says_what_to_do(office: Office) -> None:
    page = office.visitor.submit(office.visitor.get("/coordinator/countries/KE"), customs=" ", status=422)
    assert "Fill in at least one part" in page.text
    page = office.visitor.submit(page, customs="x" * 5000, health="Boil the water.", status=422)
    assert "Boil the water." in page.text
    assert country_sheets.sheet_of(office.session, office.coordinator, "KE") is None


def test_any_country_can_be_chosen(office: Office) -> None:
    page = office.visitor.submit(office.visitor.get("/coordinator/countries"), country="FJ")
    assert (page.path, page.heading) == ("/coordinator/countries/FJ", "Fiji")


@pytest.mark.parametrize("path", ["XX", "ke", "Kenya", "XX/sheet", "KE/sheet"])
def test_what_is_no_country_or_not_written_is_not_found(office: Office, path: str) -> None:
    office.visitor.get(f"/coordinator/countries/{path}", status=404)


def test_another_offices_sheet_does_not_exist(office: Office) -> None:
    foreign = make_assignment(office.session, country="LA")
    other = make_user(office.session, "coordinator", foreign.vio)
    for code in ("KE", "LA"):
        country_sheets.write(office.session, other, code, "en", {"customs": "Only ours."})
    office.session.commit()
    office.visitor.get("/coordinator/countries/KE/sheet", status=404)
    page = office.visitor.get("/coordinator/countries/KE")
    assert "Only ours." not in page.text
    assert "/coordinator/countries/LA" not in office.visitor.get("/coordinator/countries").text
    office.visitor.submit(page, customs="Ours too.")
    office.session.expire_all()
    assert country_sheets.written_sheet(office.session, other, "KE").customs == "Only ours."
