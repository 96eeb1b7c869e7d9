"""Where pages travel encrypted, so do all cookies."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.orm import Session as OrmSession

from tests.apps import make_app
from tests.browser import Page
from tests.databases import settings


@pytest.mark.parametrize(("base_url", "is_secure"), [("https://match.example.org", True), ("http://localhost", False)])
def test_session_and_language_are_sent_back_by_https_alone(
    session: OrmSession, tmp_path: Path, base_url: str, is_secure: bool
) -> None:
    client = make_app(replace(settings("test", tmp_path), base_url=base_url)).test_client()
    front = client.get("/about")
    sent = {**Page(front).form(action="/language").data(), "language": "fr"}
    chosen = client.post("/language", data=sent, headers={"Referer": f"{base_url}/about"})
    assert chosen.status_code == 302
    cookies = {one.partition("=")[0]: one for answer in (front, chosen) for one in answer.headers.getlist("Set-Cookie")}
    assert {"session", "language"} <= set(cookies)
    assert {name: "Secure" in one for name, one in cookies.items()} == dict.fromkeys(cookies, is_secure)
