"""One of the alumni is asked for a reference: the pages of the office, of the alumnus and of the applicant."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.browser import Visitor
from tests.factories import PASSWORD, AnySession
from tests.services.recruitment.test_alumni_references import Scene
from tests.services.recruitment.test_references import SAYS
from tests.stays import user_of


@pytest.fixture
def scene(session: AnySession) -> Scene:
    """Return an office with an applicant and one of the alumni beside whom they served."""
    made = Scene(session)
    session.commit()
    return made


def _office(scene: Scene, visit: Callable[[], Visitor]) -> tuple[Visitor, str]:
    visitor = visit()
    visitor.sign_in(scene.who.email, PASSWORD)
    return visitor, f"/coordinator/applications/{scene.application.id}"


def test_an_alumnus_is_asked_answers_and_the_applicant_reads_it(scene: Scene, visit: Callable[[], Visitor]) -> None:
    office, path = _office(scene, visit)
    page = office.get(f"{path}/references")
    assert "Juma Otieno" in page.text and "at the same host" in page.text
    page = office.submit(page, action="alumni")
    assert "waits for an answer" in page.text and "Ask one of your alumni" not in page.text
    assert "0 answered, 0 of 2 named" in office.get(path).text
    applicant = visit()
    applicant.sign_in(user_of(scene.applicant).email, PASSWORD)
    own = f"/volunteer/applications/{scene.application.id}/references"
    page = applicant.get(own)
    assert "Juma Otieno" in page.text and "alumni, who served at the same host" in page.text
    assert user_of(scene.alumnus.volunteer).email not in page.text and "take-back" not in page.text
    assert "Name somebody" in page.text
    (letter,) = scene.letters(user_of(scene.alumnus.volunteer))
    alumnus, link = visit(), re.findall(r"(/reference/\S+)", letter.body)[0]
    page = alumnus.get(link)
    assert "did not name you" in page.text and "named you, Juma" not in page.text and "misconduct" not in page.text
    alumnus.submit(page, **SAYS, words="She kept the ward together.", may_be_read="y")
    assert "She kept the ward together." in applicant.get(own).text
    assert "She kept the ward together." in office.get(f"{path}/references").text


def test_nobody_is_offered_where_nobody_fits(scene: Scene, visit: Callable[[], Visitor]) -> None:
    scene.alumnus.may_be_asked = False
    scene.session.commit()
    office, path = _office(scene, visit)
    page = office.get(f"{path}/references")
    assert "Ask one of your alumni" not in page.text and "Juma Otieno" not in page.text


def test_the_applicant_reads_beforehand_that_the_office_may_ask_one(scene: Scene, visit: Callable[[], Visitor]) -> None:
    applicant = visit()
    applicant.sign_in(user_of(scene.applicant).email, PASSWORD)
    page = applicant.get(f"/volunteer/applications/{scene.application.id}/references")
    assert "the office may ask one of its alumni" in page.text and "Juma Otieno" not in page.text
