"""The page of reviews of access: what is due stands there, and each answer is one button."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session as OrmSession

from tests.browser import Visitor
from tests.factories import PASSWORD, make_user, make_vio


def test_an_administrator_keeps_one_and_ends_another(session: OrmSession, client: Visitor) -> None:
    vio = make_vio(session, name="Harbour office")
    admin, kept = make_user(session, "administrator"), make_user(session, "coordinator", vio, display_name="سلمى")
    ended = make_user(session, "coordinator", vio)
    for one in (kept, ended):
        one.created_at -= timedelta(days=400)
    session.commit()
    client.sign_in(admin.email, PASSWORD)
    page = client.get("/administrator/")
    assert "2 accounts wait for your answer" in page.text
    page = client.get(page.link("Look at the access of staff"))
    assert page.heading == "Access of staff"
    assert "سلمى" in page.text
    assert "Harbour office" in page.text
    page = client.submit(page, action=f"/access/{kept.id}/keep")
    page = client.submit(page, action=f"/access/{ended.id}/end")
    assert ended.email not in [text for _href, text in page.markup.links]
    session.expire_all()
    assert kept.active
    assert not ended.active
    assert "your answer" not in client.get("/administrator/").text


def test_many_accounts_are_shown_a_page_at_a_time(session: OrmSession, client: Visitor) -> None:
    vio = make_vio(session)
    admin = make_user(session, "administrator")
    for _number in range(31):
        make_user(session, "coordinator", vio)
    session.commit()
    client.sign_in(admin.email, PASSWORD)
    page = client.get("/administrator/access")
    assert page.text.count("End the account") in (29, 30)  # your own has no button
    page = client.get(page.link("Next"))
    assert page.text.count("End the account") in (1, 2)
