"""The page on the effect: what it says first, what it holds back, and its list."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser import Visitor
from tests.factories import PASSWORD, make_host, make_host_user, make_user, make_volunteer
from tests.services.pasts import make_past, make_stay
from tests.views.coordinator.conftest import Office
from webapp import clock
from webapp.models import HintDraw, User, Vio

PATH = "/coordinator/effect"


@pytest.fixture
def filled(office: Office) -> Office:
    """Return the office with twelve hosts, half of them trained, whose assignments score twenty points more."""
    for number in range(12):
        is_trained = number % 2 == 0
        scores = (50 + number, (81 if is_trained else 60) + number)
        work = make_past(office.session, make_host(office.session, office.vio), scores=scores, trained=is_trained)
        make_stay(office.session, work, marks=(4, 5) if is_trained else (3, 5))
    office.session.commit()
    return office


def test_words_come_first_with_the_warning_and_no_proof(filled: Office) -> None:
    page = filled.visitor.get(PATH)
    assert page.heading == "Effect"
    for words in (
        "A difference is no proof",
        "Hosts choose to train",
        "These differ by more than chance easily explains",
        "Score when published +20.0 points",
        "6 hosts · 6 assignments",
        "you have set no gate",
        "Too few to say",
        "What it does not show",
    ):
        assert words in page.text, words
    assert page.text.index("A difference is no proof") < page.text.index("<table")
    assert "gap-clear" in page.text
    assert "p-value" not in page.text and "significant" not in page.text
    assert "invented" not in page.text, "only the demonstration is"


def test_a_word_of_few_people_is_not_on_the_page(filled: Office) -> None:
    assert "How it was, say hosts" in filled.visitor.get(PATH).text.split("Too few to say")[0]
    lonely = make_past(filled.session, make_host(filled.session, filled.vio, name="Only One"), scores=(50, 55))
    lonely.host.name = "Only One"
    filled.session.commit()
    page = filled.visitor.get(PATH)
    assert "Only One" not in page.text
    assert "about 5 people" in page.text, "six are rounded"


def test_the_gate_is_named_where_there_is_one(filled: Office) -> None:
    filled.vio.least_coach_score = 70
    filled.session.commit()
    assert "High is at least 70, the gate of your organization" in filled.visitor.get(PATH).text


def test_arms_of_the_trial_are_compared_and_told_apart(filled: Office) -> None:
    assert "drawn by lot" not in filled.visitor.get(PATH).text.split("A fair trial")[0]
    for number in range(10):
        work = make_past(filled.session, make_host(filled.session, filled.vio))
        order = "parts" if number < 5 else "points"
        filled.session.add(HintDraw(assignment_id=work.id, hint_order=order, drawn_at=clock.now()))
    filled.session.commit()
    page = filled.visitor.get(PATH)
    for words in ("Two orders of the hints, drawn by lot", "By part of the form", "All that drew count"):
        assert words in page.text


def test_the_trial_is_a_setting_that_is_off_at_first(office: Office) -> None:
    page = office.visitor.get("/coordinator/settings")
    assert office.vio.hint_trial is False
    office.visitor.submit(page, hint_trial="y")
    office.session.expire_all()
    assert office.session.get_one(Vio, office.vio.id).hint_trial is True
    assert "Hosts are told" in office.visitor.get(PATH).text


def test_the_list_can_be_taken_away(filled: Office) -> None:
    page = filled.visitor.get(PATH)
    answer = filled.visitor.submit(page, action="/effect.csv")
    assert answer.response.mimetype == "text/csv"
    assert "trained,,score,points,trained,6,6,,86.00,untrained,6,6,,66.00,20.00," in answer.text
    assert "trained,,first_score,points,trained,6,6,,55.00,untrained,6,6,,56.00,'-1.00" in answer.text, "no live cell"


def test_an_empty_office_is_told_what_will_be_here(office: Office) -> None:
    page = office.visitor.get(PATH)
    assert "Nothing to compare yet" in page.text
    assert PATH in office.visitor.get("/coordinator/more").text


def test_another_office_sees_nothing_of_it_and_other_roles_are_kept_out(
    filled: Office, visit: Callable[[], Visitor]
) -> None:
    session = filled.session
    stranger, host = make_user(session, "coordinator"), make_host_user(session, filled.host)
    volunteer = make_volunteer(session, filled.vio).user
    session.commit()
    visitor = visit()
    visitor.sign_in(stranger.email, PASSWORD)
    assert "Nothing to compare yet" in visitor.get(PATH).text
    others: list[User | None] = [host, volunteer]
    for account in others:
        assert account is not None
        visitor = visit()
        visitor.sign_in(account.email, PASSWORD)
        assert visitor.get(PATH, status=403).status == 403


def test_it_reads_in_arabic(filled: Office) -> None:
    assert filled.visitor.get(f"{PATH}?lang=ar").status == 200
