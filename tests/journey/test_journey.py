"""One journey through all roles, from an empty database to a printed shortlist, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask_security import hash_password
from playwright.sync_api import Browser

from tests.factories import make_assignment, make_host, make_vio
from tests.journey.answers import APPLICANT, EVIDENCE, HOST, OFFICE, ORGANIZATION, PROFILE, SECTIONS, TITLE
from tests.journey.person import PASSWORD, PHONE, Person
from tests.live import LiveServer
from webapp import clock
from webapp.db import own_session
from webapp.models.accounts import ADMINISTRATOR
from webapp.services import accounts

pytestmark = pytest.mark.browser
Arrive = Callable[..., Person]


@pytest.fixture
def arrive(chromium: Browser, live: LiveServer) -> Iterator[Arrive]:
    """Return a maker of people, each with a browser of their own, closed at the end."""
    came: list[Person] = []

    def make(address: str, **options: Any) -> Person:
        came.append(Person(chromium, live, address, **{"locale": "en", **options}))
        return came[-1]

    yield make
    for person in came:
        person.leave()


def _administrator(arrive: Arrive) -> Person:
    """Make the first administrator, as the command does, and let them set up an organization with a coordinator."""
    who = arrive("admin@site.example")
    with who.live.app.app_context(), own_session() as session:
        accounts.create_account(session, who.address, hash_password(PASSWORD), ADMINISTRATOR, display_name="Admin")
    who.sign_in()
    who.open("/administrator/organizations/new")
    who.send("Make the organization", name=OFFICE["name"], country=OFFICE["country"], contact_email=OFFICE["email"])
    who.open("/administrator/staff/invite")
    vio = who.page.get_by_role("option", name=OFFICE["name"]).get_attribute("value")
    who.send("Send the invitation", email=OFFICE["coordinator"], role="coordinator", vio_id=vio)
    return who


def _coordinator(arrive: Arrive) -> Person:
    """Take up the invitation."""
    who = arrive(OFFICE["coordinator"])
    assert OFFICE["name"] in who.open_letter("coordinator")
    who.send("Make my account", own_name="Айгүл Сапарова", password=PASSWORD)
    assert "Айгүл" in who.sign_in() or who.path == "/coordinator/"
    return who


def _host(arrive: Arrive) -> Person:
    """Register an organization, say who it is, and ask for verification."""
    who = arrive(HOST["email"])
    who.open("/register?as=host")
    who.send("Register my organization", email=who.address, password=PASSWORD, **HOST["registration"])
    who.open_letter()
    assert "not verified yet" in who.open("/host/")
    who.open("/host/organization")
    who.send("Save", **ORGANIZATION)
    who.open("/host/verification")
    who.send("Ask for verification", **HOST["verification"])
    assert "A coordinator is looking" in who.open("/host/")
    return who


def _verify(coordinator: Person) -> None:
    """Verify the host: one item missing refuses, all of them do."""
    coordinator.open("/coordinator/")
    assert HOST["name"] in coordinator.follow("Verify the oldest")
    coordinator.fill(**EVIDENCE)
    with coordinator.page.expect_navigation():
        coordinator.page.get_by_role("button", name="Verify for two years").click()
    assert "conduct policy" in coordinator.page.get_by_role("alert").inner_text()
    verified = coordinator.send("Verify for two years", conduct_policy_seen=True)
    assert "verified" in verified


def _post(host: Person) -> None:
    """Write an assignment, part by part, and send it."""
    host.open("/host/assignments/new")
    host.send("Begin", title=TITLE)
    start = clock.today() + timedelta(days=70)
    dates = {"start_on": start.isoformat(), "end_on": (start + timedelta(days=200)).isoformat()}
    for code, answers in SECTIONS.items():
        if f"/edit/{code}" not in host.path:
            host.open(f"{re.sub('/edit.*', '', host.path)}/edit/{code}")
        if code == "skills":
            _choose_skills(host)
        host.send("Save and look over it", **answers, **(dates if code == "place" else {}))
    assert "still missing" not in host.text
    host.press("Send it for publication")
    assert "A coordinator is reading it" in host.text


def _choose_skills(host: Person) -> None:
    for word, skill in (("hand pump", "Hand pump repair"), ("water committee", "Water committee support")):
        host.send("Search", find=word)
        host.press(f"Add {skill}")
    host.send("Add the language", new_language="en")


def _review(coordinator: Person) -> None:
    """Read and publish."""
    coordinator.open("/coordinator/")
    assert TITLE in coordinator.follow("Review the oldest")
    coordinator.send("Publish and rank", displacement="none")
    assert "Published" in coordinator.text


def _register(volunteer: Person) -> None:
    """Register with both consents and follow the letter."""
    volunteer.open("/register?as=volunteer")
    volunteer.push(
        full_name=APPLICANT["name"],
        email=volunteer.address,
        password=PASSWORD,
        is_adult=True,
        consent_matching=True,
        consent_abroad=True,
    )
    volunteer.open_letter()
    volunteer.open("/volunteer/")
    assert TITLE in volunteer.text, "the first page is empty"


def _describe(volunteer: Person) -> None:
    """Answer what is asked at first; each answer leads to the next question."""
    volunteer.open("/volunteer/profile/about")
    volunteer.push(phone=APPLICANT["phone"], residence="KG")
    assert volunteer.path.endswith("/skills")
    for word, codes in (("hand pump", ["WAT-04"]), ("committee", ["WAT-11"])):
        volunteer.push("[name=search]", q=word)
        volunteer.push("[name=add]", pick=codes)
    volunteer.fill(**{"skills-0-level": 3, "skills-1-level": 2, "skills-0-last_used": clock.today().year - 1})
    volunteer.push()
    for step, answers in PROFILE.items():
        assert volunteer.path.endswith(step)
        volunteer.push(**answers)
    assert volunteer.path == "/volunteer/"


def _apply(volunteer: Person) -> str:
    """See the opening with its reasons, read it, and apply; return the score."""
    card = " ".join(volunteer.page.locator("article.card", has_text=TITLE).inner_text().split())
    assert "of 100" in card
    assert "Hand pump repair" in card
    page = volunteer.follow(TITLE)
    assert "Why it fits you" in page
    volunteer.page.locator("details.numbers").evaluate("one => one.open = true")
    score = _numbers_add_up(volunteer)
    volunteer.follow("Apply")
    volunteer.send("Send the application", note=APPLICANT["note"], declares=True)
    assert APPLICANT["note"] in volunteer.text
    return score


def _numbers_add_up(person: Person) -> str:
    """Check that the points of the reasons make the score, and return the score as it is shown."""
    table = person.page.locator("table.points")
    rows = table.locator("tbody tr:not(.part)").all()
    points = [float(row.locator("td.num").first.inner_text()) for row in rows]
    total = float(table.locator("tfoot td").first.inner_text())
    assert len(points) >= 4
    assert abs(sum(points) - total) <= 0.005 * len(points) + 1e-9, (points, total)
    shown = person.page.locator(".match-head b").inner_text()
    assert abs(float(shown) - total) <= 0.5
    return f"{total:.2f}"


def _endorse(coordinator: Person) -> str:
    """Go from the queue to the match, endorse it with a reason, propose the person; return the score."""
    coordinator.open("/coordinator/assignments")
    coordinator.follow(TITLE)
    coordinator.follow("See who fits")
    assert APPLICANT["name"] in coordinator.text
    coordinator.follow("All reasons and numbers")
    score = _numbers_add_up(coordinator)
    for decision, word in (("endorse:skills_fit", "endorsed"), ("propose:best_fit", "proposed")):
        coordinator.send("Keep the decision", decision=decision, note="Spoke with her on the telephone.")
        assert word in coordinator.text
    return score


def _shortlist(host: Person) -> None:
    """See the applicant without contact data, shortlist, and see it then."""
    host.open("/host/")
    applicant = host.follow(APPLICANT["name"])
    assert APPLICANT["note"] in applicant
    assert "Hand pump repair" in applicant
    for secret in (APPLICANT["email"], APPLICANT["phone"]):
        assert secret not in host.page.content()
    host.press("Put on the shortlist")
    for told in (APPLICANT["email"], APPLICANT["phone"]):
        assert told in host.text


def _print(coordinator: Person) -> None:
    coordinator.open("/coordinator/assignments")
    coordinator.follow(TITLE)
    coordinator.follow("See who fits")
    sheet = coordinator.follow("Shortlist sheet to print")
    assert APPLICANT["name"] in sheet
    assert "on the shortlist" in sheet
    assert coordinator.page.pdf(format="A4").startswith(b"%PDF-")


def test_from_an_empty_database_to_a_printed_shortlist(arrive: Arrive) -> None:
    administrator = _administrator(arrive)
    coordinator = _coordinator(arrive)
    host = _host(arrive)
    _verify(coordinator)
    _post(host)
    _review(coordinator)
    volunteer = arrive(APPLICANT["email"])
    _register(volunteer)
    _describe(volunteer)
    score = _apply(volunteer)
    assert _endorse(coordinator) == score, "the volunteer and the coordinator see different scores"
    _shortlist(host)
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
    _register(volunteer)
    _describe(volunteer)
    volunteer.follow(TITLE)
    volunteer.follow("Apply")
    volunteer.push(note=APPLICANT["note"], declares=True)
    assert APPLICANT["note"] in volunteer.text


def test_a_volunteer_on_a_phone_applies_in_arabic(arrive: Arrive) -> None:
    """No page on the way is wider than the phone: `Person` looks at each."""
    _opening()
    volunteer = arrive(APPLICANT["email"], viewport=PHONE, locale="ar", color_scheme="dark")
    _register(volunteer)
    _describe(volunteer)
    volunteer.follow(TITLE)
    assert volunteer.page.locator("html").get_attribute("dir") == "rtl"
    volunteer.open(f"{volunteer.path}/apply")
    volunteer.push(note=APPLICANT["note"], declares=True)
    assert APPLICANT["note"] in volunteer.text
    assert volunteer.page.locator("html").get_attribute("lang") == "ar"
