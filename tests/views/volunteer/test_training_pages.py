"""The training as a volunteer meets it: modules, certificate with a name, and the sheet on the country."""

from __future__ import annotations

import pytest

from tests.browser import Visitor
from tests.factories import make_application, make_user
from tests.services.test_training import pass_all
from tests.views.volunteer.conftest import Traveller
from webapp.courses import read_course
from webapp.services import country_sheets, training

COURSE = read_course("volunteer")


def _sheet(traveller: Traveller, applied: bool = True, language: str = "en") -> int:
    """Have the office of her assignment write a sheet; return its number."""
    session = traveller.session
    coordinator = make_user(session, "coordinator", traveller.assignment.vio)
    texts = {"customs": "Greet before you ask.\n\nShoes stay at the door.", "money": "By telephone."}
    sheet = country_sheets.write(session, coordinator, "KE", language, texts)
    if applied:
        make_application(session, traveller.volunteer, traveller.assignment)
    session.commit()
    return sheet.id


def test_every_page_of_every_module_can_be_read_and_printed(traveller: Traveller) -> None:
    visitor = traveller.visitor
    index = visitor.get(visitor.get("/volunteer/").link("Training"))
    for module in COURSE.modules:
        assert module.title in index.text
        page = visitor.get(f"/volunteer/training/{module.code}/1")
        for number, text in enumerate(module.pages, start=1):
            assert page.heading == text.title
            if number < len(module.pages):
                page = visitor.get(page.link("Next"))
        assert visitor.get(page.link("To the quiz")).heading == "Quiz"
        sheet = visitor.get(visitor.get(page.path).link("Print this module"))
        assert all(page.title in sheet.text for page in module.pages)


def test_answers_are_kept_and_the_reason_of_a_wrong_one_is_shown(traveller: Traveller) -> None:
    visitor, (question, *others) = traveller.visitor, COURSE.modules[0].questions
    wrong = next(option for option in question.options if not option.is_right)
    page = visitor.get("/volunteer/training/culture/quiz")
    page = visitor.submit(
        page, action="/quiz", **{question.code: wrong.code}, **{one.code: one.right for one in others}
    )
    assert wrong.reason in page.text
    assert "quiz begun" in visitor.get("/volunteer/training").text
    page = visitor.submit(page, action="/quiz", **{question.code: question.right})
    assert "This module is passed" in page.text


def test_the_certificate_names_the_volunteer_to_whoever_has_the_link(traveller: Traveller, client: Visitor) -> None:
    pass_all(traveller.session, traveller.volunteer.user, COURSE)
    traveller.session.commit()
    page = client.get(traveller.visitor.get("/volunteer/training").link("certificate"))
    for words in (traveller.volunteer.full_name, COURSE.title, "this person answered"):
        assert words in page.text
    assert "organization answered" not in page.text
    assert traveller.volunteer.user.email not in page.text


@pytest.mark.parametrize("path", ["needs/1", "conduct/0", "conduct/9", "needs/quiz", "needs/sheet"])
def test_what_this_course_does_not_have_is_not_found(traveller: Traveller, path: str) -> None:
    traveller.visitor.get(f"/volunteer/training/{path}", status=404)


def test_another_volunteers_progress_is_not_shown(traveller: Traveller, newcomer: Traveller) -> None:
    pass_all(traveller.session, traveller.volunteer.user, COURSE)
    traveller.session.commit()
    assert "not passed yet" in newcomer.visitor.get("/volunteer/training").text
    assert not training.is_volunteer_trained(newcomer.session, newcomer.volunteer)


def test_the_sheet_on_the_country_stands_in_the_training_and_can_be_printed(traveller: Traveller) -> None:
    visitor, number = traveller.visitor, _sheet(traveller, language="fr")
    page = visitor.get(visitor.get("/volunteer/training").link("Kenya"))
    assert (page.path, page.heading) == (f"/volunteer/countries/{number}", "Kenya")
    assert '<div lang="fr" dir="auto"><p>Greet before you ask.</p><p>Shoes stay at the door.</p></div>' in page.text
    assert "Getting around" not in page.text
    sheet = visitor.get(page.link("Print this sheet"))
    assert "Shoes stay at the door." in sheet.text
    assert "Kenia" in visitor.get(f"{page.path}?lang=es").text


def test_before_an_application_there_is_no_sheet(traveller: Traveller) -> None:
    visitor, number = traveller.visitor, _sheet(traveller, applied=False)
    assert "When you have applied" in visitor.get("/volunteer/training").text
    for path in (f"/volunteer/countries/{number}", f"/volunteer/countries/{number}/sheet", "/volunteer/countries/0"):
        visitor.get(path, status=404)


def test_an_office_that_has_written_nothing_is_named(traveller: Traveller) -> None:
    make_application(traveller.session, traveller.volunteer, traveller.assignment)
    traveller.session.commit()
    page = traveller.visitor.get("/volunteer/training")
    assert f"<bdi>{traveller.assignment.vio.name}</bdi> · Nothing is written about it yet" in page.text


def test_what_somebody_wrote_is_text_and_no_markup(traveller: Traveller) -> None:
    number = _sheet(traveller)
    coordinator = make_user(traveller.session, "coordinator", traveller.assignment.vio)
    country_sheets.write(traveller.session, coordinator, "KE", "en", {"money": "<b>x</b> & {{ y }}"})
    traveller.session.commit()
    assert "&lt;b&gt;x&lt;/b&gt; &amp; {{ y }}" in traveller.visitor.get(f"/volunteer/countries/{number}").text
