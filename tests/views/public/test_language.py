"""Choosing the language leads back to the page where one was, and never to another site."""

from __future__ import annotations

import pytest

from tests.browser import Visitor
from tests.factories import AnySession


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/assignments", "/assignments"),
        ("/assignments?words=pump&page=2", "/assignments?words=pump&page=2"),
        ("https://evil.example/", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("/\r\n/evil.example", "/"),
        ("/x\r\nSet-Cookie: a=b", "/"),
    ],
)
def test_a_chosen_language_leads_back_to_our_own_pages(
    session: AnySession, client: Visitor, wanted: str, reached: str
) -> None:
    token = client.get("/").form(action="/language").data()["csrf_token"]
    data = {"csrf_token": token, "language": "fr", "next": wanted}
    answer = client.client.post("/language", data=data)
    assert (answer.status_code, answer.headers["Location"]) == (302, reached)
