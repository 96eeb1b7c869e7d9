"""Every page of the demonstration, looked at as a person would who needs it to be right: axe, width and weight."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import LARGEST_PAGE
from tests.journey.pages import AFTER, COMING, ORDINARY, STAY, VISITOR, Person, addresses, people
from tests.journey.person import OVERFLOW
from tests.live import LiveServer, barriers
from webapp.db import bind, own_session
from webapp.services import demo

pytestmark = pytest.mark.browser
WIDTHS = (1280, 360)
PLACED = [(role, pages) for pages in (COMING, STAY, AFTER) for role in ("coordinator", "host", "volunteer")]
MAIN_PAGES = (
    "public.front",
    "public.opening",
    "public.agreement",
    "public.certificate",
    "public.route_map",
    "security.register",
    "coordinator.home",
    "coordinator.matches",
    "coordinator.match",
    "coordinator.assignment",
    "coordinator.agreement",
    "host.application",
    "host.assignment",
    "host.agreement",
    "host.supply_page",
    "host.template",
    "host.training_quiz",
    "volunteer.home",
    "volunteer.assignment",
    "focal_point.home",
    "focal_point.report",
    "focal_point.call",
    "focal_point.incident",
    "supporter.home",
    "supporter.thread",
    *(
        f"{role}.{page}"
        for role in ("coordinator", "host", "volunteer")
        for page in ("placement", "placement_check_ins", "answer_check_in", "placement_messages", "debrief")
    ),
    "coordinator.placement_clearances",
    "volunteer.before_you_leave",
    "volunteer.service_certificate",
)


@pytest.fixture
def site(demonstration: LiveServer) -> LiveServer:
    """Return the demonstration, with every session of this process bound to it again."""
    bind(demonstration.engine, join_transaction_mode="conditional_savepoint")
    return demonstration


def _person(role: str, pages: str) -> Person:
    with own_session() as session:
        return next(person for person in people(session) if (person.role, person.pages) == (role, pages))


def _page(chromium: Browser, site: LiveServer, person: Person, **options: str) -> Page:
    """Return a page on which the person is signed in."""
    context = chromium.new_context(base_url=site.url, **{"locale": "en", **options})
    page = context.new_page()
    if person.email:
        page.goto("/login")
        page.fill("[name=email]", person.email)
        page.fill("[name=password]", demo.DEMO_PASSWORD)
        with page.expect_navigation():
            page.press("[name=password]", "Enter")
        assert page.locator(f'meta[name=account][content^="{person.role}:"]').count() == 1, "could not sign in"
    return page


def _faults(page: Page, path: str) -> Iterator[str]:
    """Yield what is wrong with the page at `path`, at both widths."""
    answer = page.goto(path)
    assert answer is not None
    if answer.status != 200 or page.url.partition("?")[0].removesuffix(path) == page.url:
        yield f"{path} answered {answer.status} and led to {page.url}"
        return
    if (size := len(answer.body())) > LARGEST_PAGE:
        yield f"{path} has {size} bytes"
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if (beyond := page.evaluate(OVERFLOW)) > 0:
            yield f"{path} at {width}: {beyond} pixels too wide"
        yield from (f"{path} at {width}: {barrier}" for barrier in barriers(page))


@pytest.mark.parametrize(
    ("role", "pages"),
    [
        *((role, ORDINARY) for role in (VISITOR, "administrator", "coordinator", "host", "volunteer")),
        *((role, ORDINARY) for role in ("focal_point", "supporter")),
        *PLACED,
    ],
)
def test_every_page_of_a_role_is_without_barriers(chromium: Browser, site: LiveServer, role: str, pages: str) -> None:
    person = _person(role, pages)
    page = _page(chromium, site, person)
    paths = [path for _endpoint, path in addresses(site.app, person)]
    assert paths
    found = [fault for path in paths for fault in _faults(page, path)]
    page.context.close()
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("role", "pages"),
    [
        *((role, ORDINARY) for role in (VISITOR, "coordinator", "host", "volunteer", "focal_point", "supporter")),
        *PLACED,
    ],
)
def test_main_pages_are_without_barriers_in_arabic_and_in_the_dark(
    chromium: Browser, site: LiveServer, role: str, pages: str
) -> None:
    person = _person(role, pages)
    page = _page(chromium, site, person, locale="ar", color_scheme="dark")
    paths = [path for endpoint, path in addresses(site.app, person) if endpoint in MAIN_PAGES]
    assert paths
    found: list[str] = []
    for path in paths:
        found += _faults(page, path)
        direction = page.locator("html").get_attribute("dir")
        found += [] if direction == "rtl" else [f"{path} runs {direction}"]
    page.context.close()
    assert not found, "\n".join(found)
