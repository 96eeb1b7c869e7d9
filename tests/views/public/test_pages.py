"""What visitors see: open assignments, the map, what this is; and the links of invitations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session as OrmSession

from tests.browser import Visitor
from tests.databases import settings
from tests.factories import make_assignment, make_host, make_user, make_vio, make_volunteer
from tests.test_accounts import NEW_PASSWORD, link_in, newest_letter
from webapp import clock, create_app
from webapp.models import Assignment, Volunteer
from webapp.services import invitations

LARGEST_MAP = 30 * 1024


def test_public_pages_stand_on_an_empty_installation(session: OrmSession, client: Visitor) -> None:
    for path in ("/", "/assignments", "/map", "/about", "/registered", "/profile-deleted", "/demo/mail"):
        assert client.get(path).heading


def test_front_page_shows_what_is_open(session: OrmSession, client: Visitor) -> None:
    assignment = make_assignment(session, title="Teach pump repair")
    session.commit()
    page = client.get("/")
    page = client.get(page.link("Teach pump repair"))
    assert page.path == f"/assignments/{assignment.id}" and "Register to apply" in page.text


@pytest.mark.parametrize(
    "hidden",
    [
        {"state": "draft"},
        {"state": "closed"},
        {"start_on": clock.today() - timedelta(days=90), "end_on": clock.today() - timedelta(days=1)},
    ],
)
def test_only_open_assignments_are_public(session: OrmSession, client: Visitor, hidden: dict[str, Any]) -> None:
    assignment = make_assignment(session, title="Not for all", **hidden)
    session.commit()
    assert "Not for all" not in client.get("/assignments").text
    client.get(f"/assignments/{assignment.id}", status=404)


def test_assignments_of_hosts_without_verification_are_hidden(session: OrmSession, client: Visitor) -> None:
    late = make_host(session, verified_until=clock.today() - timedelta(days=1))
    never = make_host(session, verified=False)
    numbers = [make_assignment(session, host, title="Not for all").id for host in (late, never)]
    session.commit()
    assert "Not for all" not in client.get("/assignments").text
    for number in numbers:
        client.get(f"/assignments/{number}", status=404)


def test_no_name_or_address_of_a_person_is_public(session: OrmSession, client: Visitor) -> None:
    host = make_host(
        session,
        contact_name="Secret One",
        contact_email="secret@host.example",
        contact_phone="+254 secret",
        about="Ask for Secret Four.",
        safeguarding_person="Secret Five",
    )
    people: dict[str, Any] = {
        "supervisor": "Secret Two",
        "counterpart": "Secret Three",
        "community_consulted": "Secret Six, the elder, agreed.",
        "locals_sought": "Secret Seven asked around.",
        "words_to_host": "Secret words",
    }
    assignment = make_assignment(session, host, **people)
    session.commit()
    page = client.get(f"/assignments/{assignment.id}")
    assert "ecret" not in page.text
    assert page.text.count("there is one") == 3  # supervisor, counterpart, and whom to speak to for safety


@pytest.mark.parametrize(
    ("language", "words"), [("en", "1 Mar 2027"), ("fr", "1 mars 2027"), ("zh", "2027年3月1日"), ("es", "1 mar 2027")]
)
def test_days_stand_in_the_readers_order(session: OrmSession, client: Visitor, language: str, words: str) -> None:
    make_assignment(session, make_host(session), start_on=date(2027, 3, 1), end_on=date(2027, 5, 31))
    session.commit()
    assert words in client.get(f"/assignments?lang={language}").text


def test_list_is_narrowed_and_paged(session: OrmSession, client: Visitor) -> None:
    host = make_host(session)
    for number in range(16):
        make_assignment(session, host, title=f"Work {number:02}.", start_on=clock.today() + timedelta(days=number + 1))
    make_assignment(session, host, title="Online work", mode="online", country="UZ")
    session.commit()
    page = client.get("/assignments?country=KE")
    assert "Work 00." in page.text and "Work 15." not in page.text and "Online work" not in page.text
    assert "Work 15." in client.get(page.link("Next")).text
    assert "Online work" in client.get("/assignments?mode=online").text
    assert "Nothing is open that fits" in client.get("/assignments?country=CN").text
    assert client.get("/assignments?page=99999999999999999999").status == 200


def test_map_is_small_and_says_the_same_in_words(client: Visitor, session: OrmSession) -> None:
    page = client.get("/map")
    svg = page.text[page.text.index("<svg xmlns") : page.text.index("</figure>")]
    assert len(svg.encode()) < LARGEST_MAP
    assert "No endorsement" in page.text and "Kazakhstan" in page.text and "not an official list" in page.text
    assert "哈萨克斯坦" in client.get("/map?lang=zh").text


def test_page_behind_a_volunteers_link_shows_all_and_lets_go(
    session: OrmSession, client: Visitor, visit: Callable[[], Visitor]
) -> None:
    vio = make_vio(session, name="Harbour Volunteers")
    coordinator = make_user(session, "coordinator", vio)
    people = [make_volunteer(session, vio, claimed=False, full_name=f"Адам {n}", phone=f"+7 77{n}") for n in (1, 2)]
    for person in people:
        invitations.invite_volunteer(session, coordinator, person, lambda token: f"http://x.example/invitation/{token}")
    session.commit()
    first, second = (link_in(newest_letter(session, person.email or "")) for person in people)
    page = client.get(first)
    for held in ("Адам 1", "+7 771", "Harbour Volunteers", "French", "in a test"):
        assert held in page.text
    page = client.submit(page, status=422, password=NEW_PASSWORD, is_adult=None)
    assert "18 or over" in page.text
    client.submit(page, status=422, password="password", is_adult="y", consent_matching="y")
    page = client.submit(page, password=NEW_PASSWORD, is_adult="y", consent_matching="y", consent_abroad=None)
    assert client.sign_in(people[0].email or "", NEW_PASSWORD).markup.account.startswith("volunteer:")
    other = visit()
    asked = other.get(second)
    other.submit(asked, action="/refuse")
    session.expire_all()
    assert session.get(Volunteer, people[1].id) is None
    other.get(second, status=404)
    other.submit(asked, status=404, action="/refuse")
    other.submit(asked, status=404, password=NEW_PASSWORD, is_adult="y")


def test_unknown_link_opens_nothing(session: OrmSession, client: Visitor) -> None:
    client.get("/invitation/made-up", status=404)


def test_letters_can_be_read_in_the_demonstration_alone(
    app: Flask, client: Visitor, session: OrmSession, tmp_path: Path
) -> None:
    folder = app.extensions["config"].mail_dir
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "1.eml").write_bytes(
        b"To: a@b.example\nSubject: Hello\nDate: Mon, 02 Nov 2026 10:00:00 +0000\n\n<b>http://localhost/confirm/x</b>\n"
        b"See http://localhost/confirm/y.\n"
    )
    page = client.get("/demo/mail")
    assert page.link("http://localhost/confirm/y") == "http://localhost/confirm/y" and "<b>" not in page.text
    real = create_app(settings("production", tmp_path))
    assert real.test_client().get("/demo/mail").status_code == 404


def test_visitors_menu_leads_everywhere(session: OrmSession, client: Visitor) -> None:
    page = client.get("/")
    for words in ("Openings", "Map", "About", "Sign in", "Register"):
        assert client.get(page.link(words)).status == 200
    assert session.query(Assignment).count() == 0


@pytest.mark.parametrize(
    ("coldest", "hottest", "words"),
    [(-12, 31, "-12 to 31 °C over the year"), (None, 31, "up to 31 °C"), (-12, None, "down to -12 °C")],
)
def test_the_page_of_an_opening_tells_the_climate_and_the_hours_online(
    session: OrmSession, client: Visitor, coldest: int | None, hottest: int | None, words: str
) -> None:
    hours = {"online_from": "16:00", "online_to": "20:00", "time_zone": "Africa/Nairobi"}
    work = make_assignment(session, mode="either", coldest_celsius=coldest, hottest_celsius=hottest, **hours)
    session.commit()
    page = client.get(f"/assignments/{work.id}")
    assert words in page.text and "16:00–20:00 (Africa/Nairobi)" in page.text
