"""Suspending a host as a coordinator clicks through it, and what the others see of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser import Visitor
from tests.factories import PASSWORD, make_application, make_host_user, make_user, make_vio
from tests.stays import KIND_WORDS, make_active, make_selectable
from tests.views.coordinator.conftest import Office
from webapp.models import Placement

SAYS = {"reason_code": "conditions", "note": "The roof leaks; told by telephone.", "words": KIND_WORDS}


def _there(office: Office) -> Placement:
    placement = make_active(office.session, make_selectable(office.session, office.assignment))
    office.session.commit()
    return placement


def test_the_effect_is_read_before_the_host_is_suspended(office: Office, visit: Callable[[], Visitor]) -> None:
    placement = _there(office)
    application = make_application(office.session, office.own, office.assignment)
    host_user = make_host_user(office.session, office.host)
    office.session.commit()
    page = office.visitor.get(f"/coordinator/hosts/{office.host.id}")
    page = office.visitor.get(page.link("What a suspension would mean"))
    assert "Open assignments: 1" in page.text and placement.volunteer.full_name in page.text
    page = office.visitor.submit(page, **SAYS)
    assert page.heading == "Lake Clinic is suspended"
    volunteer = visit()
    volunteer.sign_in(office.own.user.email, PASSWORD)
    page = volunteer.get(f"/volunteer/applications/{application.id}")
    assert "is paused" in page.text and "roof" not in page.text
    host = visit()
    host.sign_in(host_user.email, PASSWORD)
    page = host.get("/host/")
    assert "suspended since" in page.text and KIND_WORDS in page.text and "roof" not in page.text
    assert "Nurse at the lake" not in visit().get("/assignments").text
    page = office.visitor.get("/coordinator/")
    page = office.visitor.get(page.link("Decide on the oldest"))
    page = office.visitor.submit(
        page, decision="ended", reason_code="safety", note="Flies home on Friday.", words=KIND_WORDS
    )
    assert "No stay waits" in page.text
    page = office.visitor.submit(
        office.visitor.get(f"/coordinator/hosts/{office.host.id}/suspension"), note="The roof is mended."
    )
    assert page.heading == "Suspend Lake Clinic" and "The roof is mended." in page.text
    assert "Nurse at the lake" in visit().get("/assignments").text


@pytest.mark.parametrize("odd", [{"reason_code": "royal"}, {"note": " "}, {"words": "No."}, {"words": "x" * 3001}])
def test_odd_input_suspends_nobody(office: Office, odd: dict[str, str]) -> None:
    page = office.visitor.get(f"/coordinator/hosts/{office.host.id}/suspension")
    office.visitor.submit(page, status=422, **{**SAYS, **odd})
    office.session.expire_all()
    assert office.host.suspended_at is None


def test_who_is_slower_than_a_colleague_meets_a_page_and_no_error(office: Office) -> None:
    path = f"/coordinator/hosts/{office.host.id}/suspension"
    before = office.visitor.get(path)
    standing = office.visitor.submit(before, **SAYS)
    office.visitor.submit(before, status=422, **SAYS)  # suspended already
    office.visitor.submit(standing, note="The roof is mended.")
    page = office.visitor.submit(standing, status=422, note="The roof is mended.")
    assert page.heading == "Suspend Lake Clinic" and "not suspended" in page.text


def test_a_held_stay_is_taken_over_and_needs_a_whole_decision(office: Office, visit: Callable[[], Visitor]) -> None:
    placement = _there(office)
    name = placement.volunteer.full_name
    office.visitor.submit(office.visitor.get(f"/coordinator/hosts/{office.host.id}/suspension"), **SAYS)
    page = office.visitor.get(f"/coordinator/placements/{placement.id}")
    assert page.link("Why, and how it goes on").startswith("/coordinator/held/")
    colleague = visit()
    colleague.sign_in(make_user(office.session, "coordinator", office.vio).email, PASSWORD)
    page = colleague.get(colleague.get("/coordinator/held").link(name))
    page = colleague.submit(page, action="take-over")
    assert "You look after it now" in page.text
    page = colleague.submit(page, status=422, decision="ended", note="x", words=KIND_WORDS)
    assert "Choose the reason" in page.text
    page = colleague.submit(page, decision="watched", note="We call daily.", words=KIND_WORDS)
    assert "goes on under watch" in page.text


def test_another_office_finds_nothing(office: Office, visit: Callable[[], Visitor]) -> None:
    name = _there(office).volunteer.full_name
    office.visitor.submit(office.visitor.get(f"/coordinator/hosts/{office.host.id}/suspension"), **SAYS)
    held = office.visitor.get("/coordinator/held").link(name)
    stranger = visit()
    stranger.sign_in(make_user(office.session, "coordinator", make_vio(office.session)).email, PASSWORD)
    for path in (f"/coordinator/hosts/{office.host.id}/suspension", held):
        stranger.get(path, status=404)
    assert "No stay waits" in stranger.get("/coordinator/held").text
