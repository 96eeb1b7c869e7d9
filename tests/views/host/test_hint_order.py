"""The two orders of hints as a host meets them: the same hints and the same score, and told that a lot decided."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.browser import Page, Visitor
from tests.factories import PASSWORD, AnySession, make_assignment, make_host, make_host_user
from webapp import clock
from webapp.models import Assignment, HintDraw
from webapp.views.host.parts import PARTS

TOLD = "Yours was drawn by lot"


@pytest.fixture
def work(session: AnySession) -> Assignment:
    """Return a draft of which much could be better."""
    return make_assignment(session, make_host(session), state="draft", published_at=None, tasks="Assist.", sector=None)


def _hints(page: Page) -> list[tuple[str, int]]:
    """Return each hint with the points that it would add, as they stand on the page."""
    found = re.findall(r'<details class="options"[^>]*>.*?<span>(.*?)</span>.*?Up to (\d+) point', page.text, re.DOTALL)
    return [(words, int(points)) for words, points in found]


def _read(session: AnySession, visit: Callable[[], Visitor], work: Assignment, order: str, path: str) -> Page:
    session.query(HintDraw).filter_by(assignment_id=work.id).delete()
    if order:
        session.add(HintDraw(assignment_id=work.id, hint_order=order, drawn_at=clock.now()))
    account = make_host_user(session, work.host)
    session.commit()
    visitor = visit()
    visitor.sign_in(account.email, PASSWORD)
    return visitor.get(f"/host/assignments/{work.id}{path}")


@pytest.mark.parametrize("path", ["", "/preview", "/edit/work"])
def test_only_the_order_differs_and_it_is_told(
    session: AnySession, visit: Callable[[], Visitor], work: Assignment, path: str
) -> None:
    plain, points, parts = (_read(session, visit, work, order, path) for order in ("", "points", "parts"))
    assert TOLD not in plain.text
    assert TOLD in points.text and TOLD in parts.text
    assert _hints(plain) == _hints(points)
    assert _hints(parts) != _hints(points)
    assert sorted(_hints(parts)) == sorted(_hints(points))
    scores = {re.search(r"(\d+) of 100 points", page.text).group(1) for page in (plain, points, parts)}
    assert len(scores) == 1


def test_by_part_the_hints_follow_the_form(session: AnySession, visit: Callable[[], Visitor], work: Assignment) -> None:
    page = _read(session, visit, work, "parts", "")
    codes = re.findall(r'/edit/(\w+)#\w+">Better it', page.text)
    places = [[part.code for part in PARTS].index(code) for code in codes]
    assert len(places) > 3 and places == sorted(places)
