"""Check-ins as volunteer, host and coordinators see them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine

from tests.clearing import clear_everything
from tests.factories import PASSWORD
from tests.stays import coordinator_of, sign_both
from tests.views.together.conftest import Stay
from webapp.models import CheckIn
from webapp.services import check_ins, placements

STATIC = Path(__file__).resolve().parents[3] / "webapp"
LARGEST = 30 * 1024  # bytes, with everything that the page loads
FINE = {"work": "4", "hours": "4", "supervision": "4", "well": "4"}


@pytest.fixture
def begun(stay: Stay) -> Iterator[Stay]:
    """Return the placement on the day of its first check-in, with everybody signed in."""
    sign_both(stay.session, stay.placement)
    clear_everything(stay.session, stay.placement)
    who = coordinator_of(stay.session, stay.placement.receiving_vio)
    placements.start(stay.session, who, stay.placement, stay.placement.starts_on)
    stay.session.commit()
    with time_machine.travel(_first(stay).due_on):
        for name, address in stay.emails.items():
            getattr(stay, name).sign_in(address, PASSWORD)
        yield stay


def _first(stay: Stay) -> CheckIn:
    return check_ins.check_ins_of(stay.session, stay.placement)[0]


def _answer(stay: Stay, who: str, **over: Any) -> None:
    page = getattr(stay, who).get(stay.open(who, "/check-ins").link("Answer"))
    getattr(stay, who).submit(page, **{**FINE, **over})


@pytest.mark.parametrize("language", ["en", "ar", "ru", "zh"])
def test_the_page_of_questions_is_small_with_all_that_it_loads(begun: Stay, language: str) -> None:
    path = begun.path("volunteer", f"/check-ins/{_first(begun).id}?lang={language}")
    page = begun.volunteer.get(path)
    assert "35" in page.text, "the hours agreed stand beside the question"
    loaded = [tag.split('"')[0] for tag in page.text.split('"/static/')[1:]]
    assert loaded and "<script" not in page.text and "<img" not in page.text
    files = [STATIC / "static" / name.split("?")[0] for name in loaded]
    assert len(page.response.data) + sum(file.stat().st_size for file in files) < LARGEST
    page = begun.volunteer.submit(page, status=422, words="x" * 1001)
    assert len(page.response.data) + sum(file.stat().st_size for file in files) < LARGEST


def test_each_side_sees_its_own_answers_and_the_offices_both(begun: Stay) -> None:
    _answer(
        begun, "volunteer", words="Mine alone.", change="More gloves.", private="The chief shouts.", hours_done="33"
    )
    _answer(begun, "host", words="Ours alone.", change="An earlier start.", shares_change="y", private="He is shy.")
    own = begun.open("volunteer", "/check-ins").text
    assert "Mine alone." in own and "33 hours last week" in own and "The chief shouts." in own
    assert "An earlier start." in own, "the host wanted it to be read"
    assert "Ours alone." not in own and "He is shy." not in own
    hosts = begun.open("host", "/check-ins").text
    assert "Ours alone." in hosts and "He is shy." in hosts
    assert not [words for words in ("Mine alone.", "More gloves.", "The chief shouts.") if words in hosts]
    for office in ("receiving", "sending"):
        both = begun.open(office, "/check-ins").text
        assert all(words in both for words in ("Mine alone.", "The chief shouts.", "Ours alone.", "He is shy."))


def test_what_differs_is_flagged_to_the_offices_only_until_it_is_settled(begun: Stay) -> None:
    _answer(begun, "volunteer", hours="1")
    for who in ("volunteer", "host"):
        assert "Differs from the agreement" not in begun.open(who, "/check-ins").text
    assert "something differs" in begun.open("receiving", "").text
    assert "/settle" not in begun.open("sending", "/check-ins").text
    page = begun.open("receiving", "/check-ins")
    assert "The hours are not what was agreed" in page.text
    page = begun.receiving.submit(page, status=422, action="/settle", words="no")
    page = begun.receiving.submit(page, action="/settle", words="We agreed on free Saturdays again.")
    assert "looked into" in page.text and "/settle" not in page.text
    assert "something differs" not in begun.open("receiving", "").text
    assert "free Saturdays" not in begun.open("host", "/check-ins").text


def test_offices_do_not_answer_and_nobody_answers_twice(begun: Stay) -> None:
    rest = f"/check-ins/{_first(begun).id}"
    begun.open("receiving", rest, status=404)
    page = begun.open("host", rest)
    begun.host.submit(page, **FINE)
    page = begun.host.submit(page, status=422, **FINE)
    assert "answered this check-in already" in page.text
    assert begun.open("host", rest).path.endswith("/check-ins")
    begun.open("host", "/check-ins/999999", status=404)


@pytest.mark.parametrize(
    "odd",
    [
        {"work": "9"},
        {"work": None},
        {"well": "no"},
        {"hours_done": "169"},
        {"hours_done": "-1"},
        {"hours_done": "9" * 20},
    ],
)
def test_odd_input_keeps_nothing(begun: Stay, odd: dict[str, Any]) -> None:
    page = begun.open("volunteer", f"/check-ins/{_first(begun).id}")
    page = begun.volunteer.submit(page, status=422, **{**FINE, **odd})
    assert "Please look at this again" in page.text
    begun.session.expire_all()
    assert _first(begun).answers == []
