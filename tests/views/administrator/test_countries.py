"""An administrator says for which countries a coordinator acts; the coordinator finds it, and finds nothing else."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session as OrmSession

from tests.browser import Visitor
from tests.factories import PASSWORD, make_assignment, make_host, make_user, make_vio


def test_countries_are_ticked_and_count_at_once(
    session: OrmSession, client: Visitor, visit: Callable[[], Visitor]
) -> None:
    vio, admin = make_vio(session), make_user(session, "administrator")
    make_user(session, "coordinator", vio)
    account = make_user(session, "coordinator", vio)
    for code, title in (("KE", "Ward by the lake"), ("LA", "School on the hill")):
        make_assignment(session, make_host(session, vio, country=code), country=code, title=title)
    session.commit()
    coordinator = visit()
    coordinator.sign_in(account.email, PASSWORD)
    assert "School on the hill" in coordinator.get("/coordinator/assignments").text
    client.sign_in(admin.email, PASSWORD)
    page = client.get(f"/administrator/accounts/{account.id}")
    assert "Acts for all of the organization." in page.text
    page = client.submit(page, action="/countries", countries=["KE"])
    assert "Acts for: Kenya." in page.text
    assert "Kenya" in client.get("/administrator/staff").text
    assert "for Kenya" in client.get("/administrator/access").text
    listed = coordinator.get("/coordinator/assignments").text
    assert "Ward by the lake" in listed and "School on the hill" not in listed
    assert "You coordinate: Kenya." in coordinator.get("/account/").text
    assert "Volunteers" not in [text for _href, text in coordinator.get("/coordinator/").markup.links]
    coordinator.get("/coordinator/volunteers", status=403)


def test_last_one_for_all_stays_so(session: OrmSession, client: Visitor) -> None:
    vio, admin = make_vio(session), make_user(session, "administrator")
    only = make_user(session, "coordinator", vio)
    session.commit()
    client.sign_in(admin.email, PASSWORD)
    page = client.get(f"/administrator/accounts/{only.id}")
    page = client.submit(page, action="/countries", status=422, countries=["KE"])
    assert "No other coordinator of this organization acts for all of it." in page.text
    client.submit(page, action="/countries", status=422, countries=["XX"])
    session.refresh(only)
    assert only.delegated == []
