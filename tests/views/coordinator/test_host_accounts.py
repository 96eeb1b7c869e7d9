"""A coordinator invites a person of a host that came from a list."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session as OrmSession

from tests.browser import Visitor
from tests.factories import PASSWORD, make_host, make_user, make_vio
from tests.test_accounts import NEW_PASSWORD, link_in, newest_letter
from webapp.models import User


def test_coordinator_invites_a_person_of_an_imported_host(
    session: OrmSession, client: Visitor, visit: Callable[[], Visitor]
) -> None:
    vio = make_vio(session)
    host, other = make_host(session, vio, contact_email="mina@host.example"), make_host(session)
    coordinator = make_user(session, "coordinator", vio)
    session.commit()
    client.sign_in(coordinator.email, PASSWORD)
    page = client.get(client.get(f"/coordinator/hosts/{host.id}").link("Who signs in"))
    assert "Nobody yet" in page.text and page.form("email").data()["email"] == ["mina@host.example"]
    page = client.submit(page, email="mina@host.example")
    assert "the link works until" in page.text
    person = visit()
    person.submit(
        person.get(link_in(newest_letter(session, "mina@host.example"))), own_name="Mina", password=NEW_PASSWORD
    )
    made = session.scalars(select(User).where(User.email == "mina@host.example")).one()
    assert person.sign_in("mina@host.example", NEW_PASSWORD).markup.account == f"host:{made.id}"
    assert "account with this address" in client.submit(page, status=422, email="mina@host.example").text
    client.get(f"/coordinator/hosts/{other.id}/accounts", status=404)
