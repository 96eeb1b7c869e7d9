"""Every page has an action in the table of permissions, and the table names no page that is gone."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from tests.databases import settings
from tests.factories import AnySession
from webapp import create_app, permissions


def test_every_page_has_an_action_and_every_named_page_is_there(app: Flask) -> None:
    named = set(permissions.table().by_page)
    pages = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert pages - named == set(), "these pages have no action in webapp/permissions/table.toml: they answer 403"
    assert named - pages == set(), "these pages are gone"


def test_pages_of_a_role_open_to_this_role_alone() -> None:
    roles = permissions.table().roles
    for page in permissions.table().by_page:
        blueprint, opened_by = page.rpartition(".")[0], permissions.roles_of(page)
        if blueprint in roles:
            assert opened_by == {blueprint}, page
        assert opened_by, page


def test_page_that_no_action_names_answers_403(session: AnySession, tmp_path: Path) -> None:
    """Also to those who open every other page of its blueprint."""
    made = create_app(settings("test", tmp_path))
    made.add_url_rule("/nowhere", "public.nowhere", lambda: "open to all")
    made.add_url_rule("/about-nothing", "nothing", lambda: "open to all")
    client = made.test_client()
    assert client.get("/about").status_code == 200
    for path in ("/nowhere", "/about-nothing"):
        assert client.get(path).status_code == 403
