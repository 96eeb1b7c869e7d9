"""The match review in a real browser: by keyboard alone, without barriers, on a phone too."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page as BrowserPage
from sqlalchemy import select

from tests.factories import PASSWORD, make_assignment, make_host, make_user, make_vio, make_volunteer
from tests.live import barriers
from webapp.db import own_session
from webapp.models import Assignment, Vio
from webapp.services import ranking

NAMES = ("Sevda Yıldız", "Пётр Лесной", "王小明")


@pytest.fixture
def review(browser_page: BrowserPage) -> str:
    """Sign a coordinator in and return the address of a match review with three people."""
    with own_session() as session:
        vio = make_vio(session)
        coordinator = make_user(session, "coordinator", vio, email="defne@office.example")
        assignment = make_assignment(session, make_host(session, vio))
        for name in NAMES:
            make_volunteer(session, vio, full_name=name)
        ranking.rank_assignment(session, assignment)
        address = f"/coordinator/assignments/{assignment.id}/matches"
        email = coordinator.email
    browser_page.goto("/login")
    browser_page.locator("input[name=email]").fill(email)
    browser_page.locator("input[name=password]").fill(PASSWORD)
    browser_page.keyboard.press("Enter")
    browser_page.wait_for_url("**/coordinator/")
    return address


@pytest.mark.browser
def test_people_are_chosen_and_compared_by_keyboard_alone(browser_page: BrowserPage, review: str) -> None:
    page = browser_page
    page.goto(review)
    assert barriers(page) == []
    boxes = page.locator("input[name=match]")
    for number in range(2):
        boxes.nth(number).focus()
        page.keyboard.press("Space")
    assert [boxes.nth(number).is_checked() for number in range(3)] == [True, True, False]
    page.get_by_role("button", name="side by side").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare?**")
    assert page.locator("thead th").count() == 2
    assert barriers(page) == []


@pytest.mark.browser
def test_match_page_and_sheet_have_no_barriers_and_fit_a_phone(browser_page: BrowserPage, review: str) -> None:
    page = browser_page
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(review)
    addresses = [
        review,
        page.locator(".pick-why a").first.get_attribute("href") or "",
        review.replace("matches", "sheet"),
    ]
    for address in addresses:
        page.goto(address)
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address


@pytest.mark.browser
@pytest.mark.parametrize("tongue", ["en", "ar"])
def test_tables_of_shares_show_every_cell_on_a_phone(browser_page: BrowserPage, review: str, tongue: str) -> None:
    with own_session() as session:
        vio, assignment = session.scalars(select(Vio)).one(), session.scalars(select(Assignment)).one()
        for residence in ("CN", "KE") * 6:
            make_volunteer(session, vio, residence=residence)
        ranking.rank_assignment(session, assignment)
    page = browser_page
    page.set_viewport_size({"width": 360, "height": 800})
    for address in ("/coordinator/fairness", "/coordinator/learning"):
        page.goto(f"{address}?lang={tongue}")
        assert barriers(page) == []
        boxes = page.locator(".table-box.stacked")
        assert boxes.count() > 0, address
        assert boxes.evaluate_all("boxes => boxes.every(box => box.scrollWidth <= box.clientWidth)"), address
