"""A visitor without JavaScript: opens pages, fills in forms, and finds fault with every page on the way."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.markup import Form, Markup

LARGEST_PAGE = 100 * 1024  # bytes
RIGHT_TO_LEFT = ("ar",)
CODE = re.compile(r"&lt;webapp\.|&lt;bound method| object at 0x|href=\"None|%\(\w+\)s")  # what no reader should see


class Page:
    """One answer: `status`, `text`, and for HTML the `markup`, without fault."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.path = response.request.path
        self.is_html = response.mimetype == "text/html"
        self.text = (
            response.get_data(as_text=True) if self.is_html or (response.mimetype or "").startswith("text/") else ""
        )
        self.markup = Markup(self.text if self.is_html else "")
        assert not (faults := self.faults()), f"{self.path} ({self.status}): {'; '.join(faults)}"

    @property
    def heading(self) -> str:
        """Return the words of the main heading."""
        return " ".join(self.markup.headings[0].split()) if self.markup.headings else ""

    def faults(self) -> list[str]:
        """Return what is wrong with the page for someone who reads, hears or downloads it."""
        if not self.is_html:
            return []
        markup = self.markup
        faults = [f"id {name} stands {n} times" for name, n in Counter(markup.ids).items() if n > 1]
        faults += [f"{control.tag} {control.name} has no label" for control in markup.unlabelled()]
        faults += [
            f"form to {form.attributes.get('action') or 'itself'} has no csrf_token"
            for form in markup.forms
            if form.is_post and "csrf_token" not in form.names
        ]
        faults += [f"prints {found[0]!r}" for found in CODE.finditer(self.text)][:1]
        if len(self.response.data) > LARGEST_PAGE:
            faults.append(f"{len(self.response.data)} bytes, more than {LARGEST_PAGE}")
        return faults + self._faults_of_head()

    def _faults_of_head(self) -> list[str]:
        faults = []
        if len(self.markup.headings) != 1 or not self.heading:
            faults.append(f"{len(self.markup.headings)} main headings")
        elif self.heading not in " ".join(self.markup.title.split()):
            faults.append(f"title {self.markup.title.strip()!r} does not name the heading {self.heading!r}")
        language = self.markup.root.get("lang", "")
        if not language:
            faults.append("no language on <html>")
        direction = "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"
        if self.markup.root.get("dir") != direction:
            faults.append(f"dir is {self.markup.root.get('dir')!r}, not {direction!r}")
        return faults

    def form(self, *names: str, action: str = "") -> Form:
        """Return the only form that has all these fields and whose address holds `action`."""
        fitting = [
            form
            for form in self.markup.forms
            if set(names) <= form.names and action in (form.attributes.get("action") or self.path)
        ]
        seen = [(form.attributes.get("action", ""), sorted(form.names)) for form in self.markup.forms]
        assert len(fitting) == 1, f"{len(fitting)} forms fit {names} {action!r} on {self.path}; there are {seen}"
        return fitting[0]

    def link(self, words: str) -> str:
        """Return where the first link with these words leads."""
        found = [href for href, text in self.markup.links if words in " ".join(text.split())]
        assert found, f"no link {words!r} on {self.path}"
        return found[0]


class Visitor:
    """Someone with cookies of their own; every page that they see is checked."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self._known = ("", "")

    def get(self, path: str, status: int = 200) -> Page:
        """Open a page and expect `status`; follow redirects unless one is expected."""
        response = self.client.get(path, follow_redirects=not 300 <= status < 400)
        assert response.status_code == status, f"{path} answered {response.status_code}"
        return Page(response)

    def submit(self, page: Page, /, *, status: int = 200, action: str = "", button: str = "", **values: Any) -> Page:
        """Fill in the form of `page` that has these fields, leave the rest as it stands, and send it.

        A list sends one field several times, None sends it not at all; `button` is the words on the one to press.
        """
        form = page.form(*values, action=action)
        data: dict[str, Any] = {**form.data(), **values, **_pressed(form, button)}
        data = {name: value for name, value in data.items() if value is not None}
        target = form.attributes.get("action") or page.response.request.full_path.rstrip("?")
        follow = not 300 <= status < 400
        if form.is_post:
            response = self.client.post(target, data=data, follow_redirects=follow)
        else:
            response = self.client.get(target, query_string=data, follow_redirects=follow)
        assert response.status_code == status, f"{target} answered {response.status_code}, not {status}"
        return Page(response)

    def sign_in(self, email: str, password: str) -> Page:
        """Sign in and return the page that follows; fails where the account is refused."""
        page = self.submit(self.get("/login"), email=email, password=password)
        assert page.markup.account, f"{email} could not sign in: {page.heading}"
        self._known = (email, password)
        return page

    def come_back(self) -> None:
        """Sign in again as before, where that is over by now."""
        if not self.get("/login").markup.account:
            self.sign_in(*self._known)


def _pressed(form: Form, words: str) -> dict[str, str]:
    """Return what the button sends: the one with these words on it, else the first, as the Enter key does."""
    buttons = [control for control in form.controls if control.kind == "submit"]
    fitting = [b for b in buttons if words in (" ".join(b.text.split()) or b.attributes.get("value", ""))]
    assert fitting or not words, f"no button {words!r}"
    return {b.name: b.attributes.get("value", "") for b in fitting[:1] if b.name}


def forged(signed: str) -> str:
    """Return a signed value with one character of its signature changed, in the middle.

    Not the last one: of that only four bits count, and another character may stand for the same four.
    """
    other = "a" if signed[-9] != "a" else "b"
    return signed[:-9] + other + signed[-8:]
