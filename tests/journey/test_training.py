"""A new host trains before its first assignment, on a phone without scripts; everybody can check its certificate."""

from __future__ import annotations

import pytest
from flask_security import hash_password
from playwright.sync_api import Browser

from tests.factories import make_host, make_vio
from tests.journey.lessons import pass_all
from tests.journey.person import PASSWORD, PHONE, Person
from tests.live import LiveServer
from tests.services.whole import make_whole
from webapp.courses import read_course
from webapp.db import own_session
from webapp.models.accounts import HOST
from webapp.services import accounts

pytestmark = pytest.mark.browser
ADDRESS, NAME = "office@well-friends.example", "Friends of the Well"


def _new_host(live: LiveServer) -> int:
    """Make a host with a whole draft, in an office that wants the training first; return the draft's number."""
    with live.app.app_context(), own_session() as session:
        host = make_host(session, make_vio(session, host_training="required"), name=NAME)
        accounts.create_account(
            session, ADDRESS, hash_password(PASSWORD), HOST, vio_id=host.vio_id, host_id=host.id, display_name="Amina"
        )
        return int(make_whole(session, host).id)


def test_a_new_host_trains_and_its_certificate_can_be_checked(chromium: Browser, live: LiveServer) -> None:
    work = _new_host(live)
    host = Person(chromium, live, ADDRESS, locale="en", java_script_enabled=False, viewport=PHONE)
    visitor = Person(chromium, live, locale="en")
    host.sign_in()
    host.open(f"/host/assignments/{work}")
    host.press("Send it for publication")
    assert "Finish the training first" in host.text
    host.follow("Go to the training")
    pass_all(host, read_course("host"), reads=True)
    assert "You have finished the training" in host.text
    host.follow("See and print the certificate")
    seen = visitor.open(host.path)
    assert NAME in seen
    assert "Hosting a volunteer well" in seen
    assert ADDRESS not in seen
    assert "Amina" not in seen
    host.open(f"/host/assignments/{work}")
    host.press("Send it for publication")
    assert "A coordinator is reading it" in host.text
    for person in (host, visitor):
        person.leave()
