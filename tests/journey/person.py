"""A person with a browser of their own, and the letters they get."""

from __future__ import annotations

import email
import email.policy
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page

from tests.live import LiveServer

PASSWORD = "camel-lantern-terrace-quince"  # strong enough for the demo's own check
PHONE = {"width": 360, "height": 740}
# How far the page reaches beyond the window, in the direction in which the browser lets one scroll.
OVERFLOW = "() => document.documentElement.scrollWidth - window.innerWidth"

WIDE = """() => [...document.querySelectorAll('body *')]
  .filter(one => one.getBoundingClientRect().right > window.innerWidth + 1)
  .slice(-3).map(one => one.outerHTML.slice(0, 150))"""


class Person:
    """Somebody who opens pages, fills in forms by the names of their fields, and presses buttons by their words."""

    def __init__(self, browser: Browser, live: LiveServer, address: str = "", **options: Any) -> None:
        self.live, self.address = live, address
        self.page: Page = browser.new_context(base_url=live.url, **options).new_page()
        self.page.set_default_timeout(15_000)
        self.seen: list[str] = []  # the text of every page so far

    @property
    def text(self) -> str:
        """Return what stands on the page now, in one line."""
        return " ".join(" ".join(self.page.locator("main, aside").all_inner_texts()).split())

    @property
    def path(self) -> str:
        """Return the address without the server's name."""
        return self.page.url.removeprefix(self.live.url)

    def open(self, path: str) -> str:
        """Open an address of the site and return the text of the page."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == 200, f"{path} answered {answer.status}"
        return self._look()

    def come(self, path: str) -> str:
        """Open an address, after signing in where the session is over."""
        seen = self.open(path)
        if self.path.startswith("/login"):
            self.sign_in()
            seen = self.open(path)
        return seen

    def follow(self, words: str) -> str:
        """Follow the first link of the page with these words."""
        link = self.page.locator("main, aside").get_by_role("link", name=words).first
        assert link.count(), f"no link {words!r} on {self.path}: {self.text[:2000]}"
        with self.page.expect_navigation():
            link.click()
        return self._look()

    def go(self, ending: str) -> str:
        """Follow the first link of the page whose address ends so; its words depend on the language."""
        link = self.page.locator("main, aside").locator(f'a[href$="{ending}"]').first
        assert link.count(), f"no link to {ending!r} on {self.path}: {self.text[:2000]}"
        with self.page.expect_navigation():
            link.click()
        return self._look()

    def unfold(self, words: str) -> None:
        """Open the part of the page that these words fold away."""
        self.page.locator("main summary", has_text=words).first.click()

    def press(self, words: str) -> str:
        """Press the button with these words and wait for the page that follows."""
        buttons = self.page.get_by_role("main").get_by_role("button")
        button = buttons.and_(self.page.get_by_role("button", name=words, exact=True)).first
        assert button.count(), f"no button {words!r} on {self.path} but {buttons.all_inner_texts()}"
        with self.page.expect_navigation():
            button.click()
        return self._look()

    def push(self, button: str = ".actions button", /, **answers: Any) -> str:
        """Fill in, and press a button found by its place rather than its words, which depend on the language."""
        self.fill(**answers)
        with self.page.expect_navigation():
            self.page.locator("main").locator(button).first.click()
        return self._look()

    def fill(self, /, **answers: Any) -> None:
        """Answer fields by name: text, a choice, a tick (True), or several ticks (a list)."""
        for name, answer in answers.items():
            fields = self.page.locator(f'main [name="{name}"]')
            assert fields.count(), f"no field {name!r} on {self.path}"
            tag, kind = fields.first.evaluate("one => [one.tagName, one.type]")
            if tag == "SELECT":
                fields.select_option(str(answer))
            elif kind in ("radio", "checkbox"):
                for value in [None] if answer is True else answer if isinstance(answer, list) else [answer]:
                    _tick(fields if value is None else self.page.locator(f'main [name="{name}"][value="{value}"]'))
            else:
                fields.fill(str(answer))

    def send(self, button: str, /, **answers: Any) -> str:
        """Fill in and press."""
        self.fill(**answers)
        return self.press(button)

    def sign_in(self) -> str:
        """Sign in with the person's address."""
        self.open("/login")
        return self.send("Sign in", email=self.address, password=PASSWORD)

    def letter(self, subject: str = "") -> str:
        """Return the newest letter to this person whose subject holds these words."""
        found = [one for one in _letters(self.live.config.mail_dir, self.address) if subject in str(one["Subject"])]
        assert found, f"no letter {subject!r} to {self.address}"
        return str(found[-1].get_content())

    def open_letter(self, subject: str = "") -> str:
        """Open the link in that letter."""
        link = re.search(rf"{re.escape(self.live.url)}\S+", self.letter(subject))
        assert link, "the letter has no link"
        return self.open(link[0].removeprefix(self.live.url))

    def leave(self) -> None:
        """Close the browser."""
        self.page.context.close()

    def _look(self) -> str:
        assert self.page.evaluate(OVERFLOW) <= 0, f"{self.path} is wider than the window: {self.page.evaluate(WIDE)}"
        self.seen.append(self.text)
        return self.text


def _tick(field: Locator) -> None:
    """Tick a box, also one inside a folded group: a keyboard user would open the group first."""
    field.evaluate("one => { const group = one.closest('details'); if (group) group.open = true }")
    field.check()


def _letters(folder: Path, address: str) -> list[Any]:
    files = sorted(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
    letters = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in files]
    return [letter for letter in letters if letter["To"] == address]
