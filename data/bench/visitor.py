"""Somebody with a browser: keeps cookies, sends forms with their token, and notes how each request ended."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field

import requests

from data.bench.load import AGENT, PATIENCE

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
NONE = 0  # the status of a request that nobody answered


@dataclass(frozen=True)
class Answer:
    """How a request ended; without an answer `text` is empty and `failure` says why; `location` is where it leads."""

    status: int
    seconds: float
    text: str = ""
    location: str = ""
    failure: str = ""

    @property
    def is_kept(self) -> bool:
        """Whether a form was taken: the service then leads on to another page."""
        return self.status in (302, 303)


@dataclass
class Visitor:
    """One browser at the service on `port`; nothing is followed, so that each answer is seen."""

    port: int
    patience: float = PATIENCE
    token: str = ""
    browser: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        self.browser.headers["User-Agent"] = AGENT
        self.browser.trust_env = False

    def get(self, path: str) -> Answer:
        """Open a page; what its forms have to carry is kept for the next one that is sent."""
        answer = self._ask("GET", path)
        found = TOKEN.search(answer.text)
        self.token = found[1] if found else self.token
        return answer

    def send(self, path: str, **fields: str | list[str]) -> Answer:
        """Send a form with the token of the page that was opened last."""
        return self._ask("POST", path, data={**fields, "csrf_token": self.token})

    def upload(self, path: str, name: str, data: bytes, **fields: str) -> Answer:
        """Send a form with a file in its field `file`."""
        return self._ask("POST", path, data={**fields, "csrf_token": self.token}, files={"file": (name, data)})

    def sign_in(self, email: str, password: str) -> Answer:
        """Sign in with a password; the second step is not given."""
        self.get("/login")
        return self.send("/login", email=email, password=password)

    def _ask(self, method: str, path: str, **more: object) -> Answer:
        began = time.monotonic()
        try:
            answer = self.browser.request(
                method,
                f"http://127.0.0.1:{self.port}{path}",
                timeout=self.patience,
                allow_redirects=False,
                **more,  # type: ignore[arg-type]
            )
        except requests.RequestException as error:
            return Answer(NONE, time.monotonic() - began, failure=repr(error))
        return Answer(answer.status_code, time.monotonic() - began, answer.text, answer.headers.get("Location", ""))
