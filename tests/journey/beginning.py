"""How a journey begins: an office, a verified host with a published assignment, and a volunteer who applies."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from flask_security import hash_password

from tests.journey.answers import APPLICANT, EVIDENCE, HOST, OFFICE, ORGANIZATION, PROFILE, SECTIONS, TITLE
from tests.journey.person import PASSWORD, Person
from webapp import clock
from webapp.db import own_session
from webapp.models.accounts import ADMINISTRATOR
from webapp.services import accounts

Arrive = Callable[..., Person]


def set_up(arrive: Arrive) -> Person:
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


def join(arrive: Arrive) -> Person:
    """Take up the invitation."""
    who = arrive(OFFICE["coordinator"])
    assert OFFICE["name"] in who.open_letter("coordinator")
    who.send("Make my account", own_name="Айгүл Сапарова", password=PASSWORD)
    assert "Айгүл" in who.sign_in() or who.path == "/coordinator/"
    return who


def found_host(arrive: Arrive) -> Person:
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


def verify(coordinator: Person) -> None:
    """Verify the host: one item missing refuses, all of them do."""
    coordinator.open("/coordinator/")
    assert HOST["name"] in coordinator.follow("Verify the oldest")
    coordinator.fill(**EVIDENCE)
    with coordinator.page.expect_navigation():
        coordinator.page.get_by_role("button", name="Verify for two years").click()
    assert "conduct policy" in coordinator.page.get_by_role("alert").inner_text()
    verified = coordinator.send("Verify for two years", conduct_policy_seen=True)
    assert "verified" in verified


def post(host: Person) -> None:
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


def review(coordinator: Person) -> None:
    """Read and publish."""
    coordinator.open("/coordinator/")
    assert TITLE in coordinator.follow("Review the oldest")
    coordinator.send("Publish and rank", displacement="none")
    assert "Published" in coordinator.text


def register(volunteer: Person) -> None:
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


def describe(volunteer: Person) -> None:
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


def apply(volunteer: Person) -> str:
    """See the opening with its reasons, read it, and apply; return the score."""
    card = " ".join(volunteer.page.locator("article.card", has_text=TITLE).inner_text().split())
    assert "of 100" in card
    assert "Hand pump repair" in card
    page = volunteer.follow(TITLE)
    assert "Why it fits you" in page
    volunteer.page.locator("details.numbers").evaluate("one => one.open = true")
    score = numbers_add_up(volunteer)
    volunteer.follow("Apply")
    volunteer.send("Send the application", note=APPLICANT["note"], declares=True)
    assert APPLICANT["note"] in volunteer.text
    return score


def numbers_add_up(person: Person) -> str:
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


def shortlist(host: Person) -> None:
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
