"""Advice and counts move while a host writes; without scripts they move when it is saved."""

from __future__ import annotations

import pytest
from flask_security import hash_password
from playwright.sync_api import Browser, expect

from tests.factories import make_assignment, make_host, make_vio, make_volunteer
from tests.journey.person import PASSWORD, PHONE, Person
from tests.live import LiveServer, barriers
from webapp.db import own_session
from webapp.models import Assignment
from webapp.models.accounts import HOST
from webapp.services import accounts

pytestmark = pytest.mark.browser
ADDRESS = "office@ward-friends.example"
VAGUE, GOOD = (
    "Assist with activities.",
    "Show six ward nurses how to dress wounds by the written steps. Teach the clerk to keep the ward's book.",
)


def _draft(live: LiveServer) -> int:
    """Make a host with a draft, and people some of whom stay too short for it; return the draft's number."""
    with live.app.app_context(), own_session() as session:
        host = make_host(session, make_vio(session))
        accounts.create_account(
            session, ADDRESS, hash_password(PASSWORD), HOST, vio_id=host.vio_id, host_id=host.id, display_name="Amina"
        )
        for weeks in (8, 52):
            for _person in range(10):
                make_volunteer(session, host.vio, claimed=False, stay_max_weeks=weeks)
        return int(make_assignment(session, host, state="draft", published_at=None, tasks=VAGUE).id)


def test_what_stands_beside_the_form_moves_while_one_writes(chromium: Browser, live: LiveServer) -> None:
    work = _draft(live)
    host = Person(chromium, live, ADDRESS, locale="en")
    host.sign_in()
    host.open(f"/host/assignments/{work}/edit/work")
    page, before = host.page, host.page.locator("#coach-score").inner_text()
    page.locator("#coach-advice summary").nth(1).click()
    opened = page.locator("#coach-advice details[open]").get_attribute("data-code")
    page.locator("#tasks").fill(GOOD)
    expect(page.locator("#coach-score")).not_to_have_text(before)
    expect(page.locator("#coach-advice")).not_to_contain_text("could stand in any assignment")
    assert page.locator("#coach-advice details[open]").get_attribute("data-code") == opened
    assert page.evaluate("document.activeElement.id") == "tasks"
    assert page.locator("#coach-link").inner_text().split()[1] == page.locator("#coach-score").inner_text().split()[0]
    assert barriers(page) == []

    host.open(f"/host/assignments/{work}/edit/place")
    expect(page.locator("#supply-count")).to_contain_text("about 10 of about 20")
    page.context.set_offline(True)
    page.locator("#weeks").fill("6")
    expect(page.locator("[data-late]")).to_contain_text("is from before")
    expect(page.locator("#supply-count")).to_contain_text("about 10 of about 20")
    page.context.set_offline(False)
    expect(page.locator("#supply-count")).to_contain_text("about 20 of about 20")
    expect(page.locator("[data-late]")).to_be_empty()
    with live.app.app_context(), own_session() as session:
        kept = session.get_one(Assignment, work)
        assert (kept.tasks, kept.weeks) == (VAGUE, 12)
    host.leave()


def test_saving_waits_for_no_answer(chromium: Browser, live: LiveServer) -> None:
    work = _draft(live)
    host = Person(chromium, live, ADDRESS, locale="en")
    host.sign_in()
    host.open(f"/host/assignments/{work}/edit/work")
    host.page.route("**/live", lambda _route: None)  # never answered
    host.page.locator("#tasks").fill(GOOD)
    with host.page.expect_request("**/live"):
        pass
    host.press("Save and look over it")
    assert "Saved." in host.text
    host.leave()


def test_without_scripts_it_moves_when_it_is_saved(chromium: Browser, live: LiveServer) -> None:
    work = _draft(live)
    host = Person(chromium, live, ADDRESS, locale="en", java_script_enabled=False, viewport=PHONE)
    host.sign_in()
    host.open(f"/host/assignments/{work}/edit/work")
    before = host.page.locator("#coach-score").inner_text()
    host.send("Save and look over it", tasks=GOOD)
    assert host.page.locator("#coach-score").inner_text() != before
    host.leave()
