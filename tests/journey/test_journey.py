"""One journey through all roles, from an empty database to a printed shortlist, in a real browser."""

from __future__ import annotations

import pytest

from tests.factories import make_assignment, make_host, make_vio
from tests.journey.answers import APPLICANT, HOST, OFFICE, TITLE
from tests.journey.beginning import (
    Arrive,
    apply,
    describe,
    found_host,
    join,
    numbers_add_up,
    post,
    register,
    review,
    set_up,
    shortlist,
    verify,
)
from tests.journey.person import PHONE, Person
from webapp.db import own_session

pytestmark = pytest.mark.browser


def _endorse(coordinator: Person) -> str:
    """Go from the queue to the match, endorse it with a reason, propose the person; return the score."""
    coordinator.open("/coordinator/assignments")
    coordinator.follow(TITLE)
    coordinator.follow("See who fits")
    assert APPLICANT["name"] in coordinator.text
    coordinator.follow("All reasons and numbers")
    score = numbers_add_up(coordinator)
    for decision, word in (("endorse:skills_fit", "endorsed"), ("propose:best_fit", "proposed")):
        coordinator.send("Keep the decision", decision=decision, note="Spoke with her on the telephone.")
        assert word in coordinator.text
    return score


def _print(coordinator: Person) -> None:
    coordinator.open("/coordinator/assignments")
    coordinator.follow(TITLE)
    coordinator.follow("See who fits")
    sheet = coordinator.follow("Shortlist sheet to print")
    assert APPLICANT["name"] in sheet
    assert "on the shortlist" in sheet
    assert coordinator.page.pdf(format="A4").startswith(b"%PDF-")


def test_from_an_empty_database_to_a_printed_shortlist(arrive: Arrive) -> None:
    administrator = set_up(arrive)
    coordinator = join(arrive)
    host = found_host(arrive)
    verify(coordinator)
    post(host)
    review(coordinator)
    volunteer = arrive(APPLICANT["email"])
    register(volunteer)
    describe(volunteer)
    score = apply(volunteer)
    assert _endorse(coordinator) == score, "the volunteer and the coordinator see different scores"
    shortlist(host)
    assert "on the shortlist" in volunteer.open("/volunteer/")
    assert TITLE in volunteer.letter("shortlist")
    _print(coordinator)
    assert not any(APPLICANT["name"] in text for text in administrator.seen)


def _opening() -> None:
    """Make an organization with which people may register, and the assignment of the journey, open."""
    with own_session() as session:
        host = make_host(session, make_vio(session, name=OFFICE["name"]), name=HOST["name"])
        skills = {"WAT-04": 2, "WAT-11": 1}
        make_assignment(session, host, title=TITLE, skills=skills, languages={"en": "B1"})


def test_a_volunteer_on_a_phone_applies_without_scripts(arrive: Arrive) -> None:
    _opening()
    volunteer = arrive(APPLICANT["email"], viewport=PHONE, java_script_enabled=False)
    register(volunteer)
    describe(volunteer)
    volunteer.follow(TITLE)
    volunteer.follow("Apply")
    volunteer.push(note=APPLICANT["note"], declares=True)
    assert APPLICANT["note"] in volunteer.text


def test_a_volunteer_on_a_phone_applies_in_arabic(arrive: Arrive) -> None:
    """No page on the way is wider than the phone: `Person` looks at each."""
    _opening()
    volunteer = arrive(APPLICANT["email"], viewport=PHONE, locale="ar", color_scheme="dark")
    register(volunteer)
    describe(volunteer)
    volunteer.follow(TITLE)
    assert volunteer.page.locator("html").get_attribute("dir") == "rtl"
    volunteer.open(f"{volunteer.path}/apply")
    volunteer.push(note=APPLICANT["note"], declares=True)
    assert APPLICANT["note"] in volunteer.text
    assert volunteer.page.locator("html").get_attribute("lang") == "ar"
