"""The link to a profile that an office's list brought in: closed once the address in the profile is another one."""

from __future__ import annotations

from sqlalchemy.orm import Session as OrmSession

from tests.browser import Visitor
from tests.factories import make_user, make_vio, make_volunteer
from tests.services.imports.lists import bring, csv_of
from tests.test_accounts import link_in, newest_letter
from webapp.models import Volunteer
from webapp.services import invitations

WRONG = "wrong@people.example"


def test_a_stranger_with_the_link_of_before_neither_sees_nor_deletes_the_profile(
    session: OrmSession, client: Visitor
) -> None:
    vio = make_vio(session)
    person = make_volunteer(session, vio, claimed=False, external_id="7", email=WRONG, full_name="Айгуль")
    coordinator = make_user(session, "coordinator", vio)
    invitations.invite_volunteer(session, coordinator, person, lambda token: f"http://x.example/invitation/{token}")
    session.commit()
    path = link_in(newest_letter(session, WRONG))
    page = client.get(path)
    assert "Айгуль" in page.text
    bring(session, vio, "volunteers", csv_of("id,full_name,email", "7,Айгуль,right@people.example"))
    session.commit()
    client.submit(page, action="/refuse", status=410)
    page = client.get(path, status=410)
    assert "too old" in page.text and "Айгуль" not in page.text and "right@" not in page.text
    assert session.get(Volunteer, person.id) is not None
