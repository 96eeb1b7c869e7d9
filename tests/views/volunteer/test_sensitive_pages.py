"""The consent to keep papers, health facts and the card: asked where it is needed, with the facts in one go."""

from __future__ import annotations

import pytest

from tests.clearing import CLOSE, item_of
from tests.factories import make_application
from tests.stays import make_placement
from tests.views.volunteer.conftest import Traveller
from webapp.models import Placement
from webapp.models.consents import ABROAD, SENSITIVE
from webapp.services import consents, emergency
from webapp.services.consent_wordings import VERSIONS

TICK = "I agree that such facts about me are kept"


@pytest.fixture
def placement(traveller: Traveller) -> Placement:
    """Return the traveller's placement; she has not been asked yet."""
    application = make_application(traveller.session, traveller.volunteer, traveller.assignment, state="shortlisted")
    made = make_placement(traveller.session, application)
    consents.take_back(traveller.session, traveller.volunteer.user, traveller.volunteer, SENSITIVE)
    traveller.session.commit()
    return made


def _stands(traveller: Traveller) -> bool:
    return consents.standing(traveller.session, traveller.volunteer, SENSITIVE) is not None


def test_words_and_the_yes_to_keeping_them_come_in_one_go(traveller: Traveller, placement: Placement) -> None:
    medical = item_of(traveller.session, placement, "medical")
    page = traveller.visitor.get(f"/volunteer/clearances/{medical.id}")
    assert TICK in page.text and "facts from my passport and visa" in page.text
    page = traveller.visitor.submit(page, words="Passport X1234567", status=422)
    assert "only if you agree" in page.text and "Passport X1234567" in page.text, "what was typed is not lost"
    assert (medical.handed_in, _stands(traveller)) == ("", False)
    page = traveller.visitor.submit(page, agrees="y")
    assert (medical.handed_in, _stands(traveller)) == ("Passport X1234567", True)
    assert TICK not in traveller.visitor.get(f"/volunteer/clearances/{medical.id}").text


def test_somebody_to_call_and_the_yes_come_in_one_go(traveller: Traveller, placement: Placement) -> None:
    path = f"/volunteer/placements/{placement.id}/emergency-contact"
    page = traveller.visitor.submit(traveller.visitor.get(path), **CLOSE, status=422)
    assert "only if you agree" in page.text and not _stands(traveller)
    traveller.visitor.submit(page, agrees="y")
    assert _stands(traveller)
    assert emergency.written(traveller.session, placement, emergency.CLOSE) == CLOSE


def test_conditions_of_life_ask_too_and_an_empty_form_does_not(traveller: Traveller) -> None:
    page = traveller.visitor.get("/volunteer/profile/conditions")
    assert TICK in page.text
    traveller.visitor.submit(page, heat="")
    assert not _stands(traveller)
    page = traveller.visitor.submit(page, heat="cannot", status=422)
    traveller.visitor.submit(page, agrees="y")
    traveller.session.refresh(traveller.volunteer)
    assert [one.condition for one in traveller.volunteer.conditions] == ["heat"] and _stands(traveller)


def test_before_it_is_taken_back_the_page_says_what_goes(traveller: Traveller, placement: Placement) -> None:
    person = traveller.volunteer.user
    assert person is not None
    consents.give(traveller.session, person, traveller.volunteer, SENSITIVE, "on a page")
    emergency.name_close(traveller.session, person, placement, CLOSE)
    traveller.session.commit()
    page = traveller.visitor.get("/volunteer/consents/sensitive/withdraw")
    assert "1 emergency card" in page.text and "file that was handed in" not in page.text
    page = traveller.visitor.submit(page, action="sensitive", button="Take it back now, and delete this")
    assert "what rested on it is deleted" in page.text and not _stands(traveller)
    assert not any(emergency.written(traveller.session, placement, emergency.CLOSE).values())
    traveller.visitor.submit(page, action="sensitive/give", button="I agree")
    assert _stands(traveller)


def test_an_older_wording_stands_and_the_newer_one_is_offered(traveller: Traveller) -> None:
    given = consents.standing(traveller.session, traveller.volunteer, ABROAD)
    assert given is not None
    given.version = "2026-11"
    traveller.session.commit()
    page = traveller.visitor.get("/volunteer/consents/")
    assert "There is a newer wording" in page.text and "sent to another country" in page.text
    page = traveller.visitor.submit(page, action="abroad/give", button="Agree to the newer wording")
    assert "There is a newer wording" not in page.text and "replaced by a newer one" in page.text
    found = consents.history(traveller.session, traveller.volunteer)
    assert [one.version for one in found if one.purpose == ABROAD] == [VERSIONS[ABROAD], "2026-11"]
