"""A new host trains before its first assignment, on a phone without scripts; everybody can check its certificate."""

from __future__ import annotations

import pytest
from flask_security import hash_password
from playwright.sync_api import Browser

from tests.factories import make_host, make_vio
from tests.journey.person import PASSWORD, PHONE, Person
from tests.live import LiveServer
from tests.services.whole import make_whole
from webapp.courses import Course, Module, read_course
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


def _read(host: Person, module: Module) -> None:
    """Read a module from its first page to the quiz."""
    host.follow("Go on with this module")
    for number, page in enumerate(module.pages, start=1):
        assert page.title in host.page.locator("h1").inner_text()
        if page.is_case:
            host.page.locator("summary", has_text="What a good answer weighs").click()
            assert page.weighs[0] in host.text
        host.follow("Next" if number < len(module.pages) else "To the quiz")


def _answer(host: Person, module: Module) -> None:
    """Answer one question wrongly, read why, choose again."""
    last = module.questions[-1]
    wrong = next(option for option in last.options if not option.is_right)
    chosen = {question.code: question.right for question in module.questions}
    host.send("Look at my answers", **{**chosen, last.code: wrong.code})
    assert wrong.reason in host.text
    assert "This module is passed" not in host.text
    host.send("Look at my answers", **{last.code: last.right})
    assert "This module is passed" in host.text
    host.follow("Back to the modules")


def _train(host: Person, course: Course) -> None:
    for module in course.modules:
        _read(host, module)
        _answer(host, module)
    assert "You have finished the training" in host.text


def test_a_new_host_trains_and_its_certificate_can_be_checked(chromium: Browser, live: LiveServer) -> None:
    work = _new_host(live)
    host = Person(chromium, live, ADDRESS, locale="en", java_script_enabled=False, viewport=PHONE)
    visitor = Person(chromium, live, locale="en")
    host.sign_in()
    host.open(f"/host/assignments/{work}")
    host.press("Send it for publication")
    assert "Finish the training first" in host.text
    host.follow("Go to the training")
    _train(host, read_course("host"))
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
