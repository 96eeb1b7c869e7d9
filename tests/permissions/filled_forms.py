"""The forms that an account meets on its pages, filled in as somebody would who leaves nothing out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException

from tests.factories import PASSWORD
from tests.markup import Control, Form, Markup
from tests.permissions.worlds import Browser, Person, path_of
from tests.test_who_sees_whom import _rules
from webapp import clock

WORDS = "These words say enough for whoever reads them."
BY_KIND = {"email": "somebody@people.example", "number": "1", "tel": "+254700000000", "password": PASSWORD}


@dataclass
class Filled:
    """A form of a page: where it goes, and what is sent."""

    endpoint: str
    path: str
    data: dict[str, list[str]]
    names: set[str]  # of all its fields and buttons


def forms_of(app: Flask, browser: Browser, person: Person) -> Iterator[Filled]:
    """Yield every form on every page that the account opens."""
    near = {name: ids[0] for name, ids in person.near.items() if ids}
    for rule in _rules(app, "GET"):
        if not person.opens(rule.endpoint):
            continue
        path = path_of(app, rule, near)
        answer = browser.ask("GET", path)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            for form in Markup(answer.get_data(as_text=True)).forms:
                if form.is_post and (filled := _filled(app, path, form)):
                    yield filled


def _filled(app: Flask, page: str, form: Form) -> Filled | None:
    path = urljoin(page, form.attributes.get("action") or page)
    try:
        endpoint, _values = app.url_map.bind("localhost").match(urlsplit(path).path, method="POST")
    except HTTPException:
        return None
    data = form.data()
    data.pop("csrf_token", None)
    for control in form.controls:
        sent = data.get(control.name, [""])
        if control.name and control.name != "csrf_token" and not any(sent) and (value := _said(control)):
            data[control.name] = [value]
    return Filled(endpoint, path, data, form.names)


def _said(control: Control) -> str:
    if control.kind in ("submit", "hidden", "file", "image", "reset", "button"):
        return ""
    if control.tag == "select":
        return next((value for value, _chosen in control.options if value), "")
    if control.kind in ("radio", "checkbox"):
        return control.attributes.get("value", "on")
    if control.kind == "date":
        return (clock.today() + timedelta(days=20)).isoformat()
    return BY_KIND.get(control.kind, WORDS)
