"""The ground that the other tests stand on: databases that forget, pages that are checked, a browser that looks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page as BrowserPage
from sqlalchemy import Engine, NullPool, create_engine, inspect, text
from sqlalchemy.orm import Session as OrmSession

from tests.browser import Page, Visitor
from tests.live import barriers
from webapp.db import own_session
from webapp.models import Base

SOUND = (
    '<!doctype html><html lang="ar" dir="rtl"><head><title>Hello - Inn</title></head><body><h1>Hello</h1>'
    '<form method="post"><input type="hidden" name="csrf_token" value="x"><label for="a">A</label>'
    '<input id="a" name="a">'
    '<label>B <select name="b"><option value="1">1<option value="2" selected>2</select></label>'
    '<textarea aria-label="C" name="c">words</textarea><button name="go" value="1">Go</button></form></body></html>'
)
FAULTS = {
    'dir="rtl"': ('dir="ltr"', "not 'rtl'"),
    'lang="ar"': ("", "no language"),
    "<h1>Hello</h1>": ("<h1>Bye</h1>", "does not name"),
    "</body>": ("<h1>Two</h1></body>", "2 main headings"),
    '<label for="a">A</label>': ("", "input a has no label"),
    'aria-label="C" ': ("", "textarea c has no label"),
    'name="csrf_token"': ('name="other"', "no csrf_token"),
    "<textarea ": ('<textarea id="a" ', "id a stands 2 times"),
    "words": ("w" * 110_000, "bytes, more than"),
}


def _page(html: str) -> Page:
    app = Flask("page")
    app.add_url_rule("/", view_func=lambda: html)
    return Page(app.test_client().get("/"))


def test_sound_page_passes_and_its_form_is_read() -> None:
    form = _page(SOUND).form("a")
    assert form.data() == {"csrf_token": ["x"], "a": [""], "b": ["2"], "c": ["words"]}


@pytest.mark.parametrize("good", FAULTS)
def test_each_fault_of_a_page_is_found(good: str) -> None:
    bad, complaint = FAULTS[good]
    with pytest.raises(AssertionError, match=complaint):
        _page(SOUND.replace(good, bad, 1))


def test_migrations_make_every_table(engine: Engine) -> None:
    assert set(Base.metadata.tables) <= set(inspect(engine).get_table_names())


@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_commits_is_gone_for_the_next(session: OrmSession, turn: int) -> None:
    count = text("SELECT count(*) FROM role")
    assert session.scalar(count) == 0
    session.execute(text("INSERT INTO role (name) VALUES ('here')"))
    session.commit()
    with own_session() as other:
        assert other.scalar(count) == 1


def test_copied_database_really_commits_and_leaves_the_first_alone(engine: Engine, own_engine: Engine) -> None:
    with own_engine.begin() as connection:
        connection.execute(text("INSERT INTO role (name) VALUES ('here')"))
    seen = []
    for url in (own_engine.url, engine.url):
        with create_engine(url, poolclass=NullPool).connect() as connection:
            seen.append(connection.scalar(text("SELECT count(*) FROM role")))
    assert seen == [1, 0]


def test_visitor_meets_sound_pages(client: Visitor) -> None:
    page = client.get("/login")
    assert {"email", "password"} <= page.form("email").names


def test_visitors_have_cookies_of_their_own(visit: Callable[[], Visitor]) -> None:
    one, two = visit(), visit()
    one.get("/login")
    assert one.client.get_cookie("session") is not None
    assert two.client.get_cookie("session") is None


@pytest.mark.browser
def test_browser_opens_the_live_service(browser_page: BrowserPage) -> None:
    answer = browser_page.goto("/login")
    assert answer is not None
    assert answer.status == 200
    assert browser_page.get_by_label("E-mail").or_(browser_page.get_by_label("Email")).first.is_visible()
    assert barriers(browser_page) == []
