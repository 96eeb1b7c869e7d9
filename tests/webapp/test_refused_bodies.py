"""What no page takes: JSON, which a stranger may nest as deep as he likes. And an error page that does not break."""

from __future__ import annotations

from flask import Flask
from sqlalchemy.orm import Session as OrmSession

from tests.browser import Page, Visitor
from tests.factories import PASSWORD, make_user

DEEP = "[" * 5_000


def test_json_is_refused_however_deep(app: Flask, session: OrmSession) -> None:
    stranger = app.test_client()
    for path in ("/assignments", "/login", "/speak-up", "/nowhere", "/healthz", "/coordinator/"):
        for method, kind in (("GET", "json"), ("POST", "json"), ("PUT", "json"), ("POST", "problem+json")):
            answer = stranger.open(path, method=method, data=DEEP, content_type=f"application/{kind}")
            assert answer.status_code == 415, (path, method, kind)
            assert Page(answer).heading == "That does not work here"


def test_who_is_signed_in_stays_so_after_json_was_refused(client: Visitor, session: OrmSession) -> None:
    user = make_user(session, "coordinator")
    session.commit()
    client.sign_in(user.email, PASSWORD)
    assert client.client.post("/coordinator/", data=DEEP, content_type="application/json").status_code == 415
    assert client.get("/coordinator/").markup.account == f"coordinator:{user.id}"


def test_the_page_of_an_error_outlives_what_breaks_all_pages(app: Flask, session: OrmSession) -> None:
    def broken() -> dict[str, object]:
        raise RecursionError

    processors = app.template_context_processors[None]
    processors.append(broken)
    try:
        answer = app.test_client().get("/nowhere?<b>")
    finally:
        processors.remove(broken)
    assert answer.status_code == 404
    assert "<h1>There is nothing here</h1>" in answer.text
