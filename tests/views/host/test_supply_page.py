"""Who could do an assignment, as its host and the coordinator read it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser import Visitor
from tests.factories import (
    PASSWORD,
    AnySession,
    make_assignment,
    make_host,
    make_host_user,
    make_user,
    make_vio,
    make_volunteer,
)
from webapp.models import Assignment, User
from webapp.services import supply_pool

Visit = Callable[[], Visitor]


def sign_in(visit: Visit, session: AnySession, user: User) -> Visitor:
    session.commit()
    visitor = visit()
    visitor.sign_in(user.email, PASSWORD)
    return visitor


def asking_for_b2(session: AnySession, **over: str | None) -> Assignment:
    """Return an assignment that 6 people of 18 can do; for 8 French is one level too low, for 4 more."""
    vio = make_vio(session)
    for level, number in (("B2", 6), ("B1", 8), ("A1", 4)):
        for _person in range(number):
            make_volunteer(session, vio, languages={"fr": level})
    return make_assignment(session, make_host(session, vio), languages={"fr": "B2"}, **over)


def test_a_host_reads_what_each_requirement_costs_and_where_to_change_it(visit: Visit, session: AnySession) -> None:
    draft = asking_for_b2(session, state="draft")
    visitor = sign_in(visit, session, make_host_user(session, draft.host))
    page = visitor.get(f"/host/assignments/{draft.id}")
    assert f"/host/assignments/{draft.id}/supply" in page.text
    page = visitor.get(f"/host/assignments/{draft.id}/supply")
    assert "about 5 of about 20 volunteers" in page.text
    assert "French helps, but is not needed (about 10 more)" in page.text
    assert "French: B1 is enough (about 10 more)" in page.text
    assert f"/host/assignments/{draft.id}/edit/skills" in page.text


def test_a_coordinator_reads_the_same_without_links_into_the_form(visit: Visit, session: AnySession) -> None:
    sent = asking_for_b2(session, state="submitted")
    visitor = sign_in(visit, session, make_user(session, "coordinator", sent.vio))
    assert f"/coordinator/assignments/{sent.id}/supply" in visitor.get(f"/coordinator/assignments/{sent.id}").text
    page = visitor.get(f"/coordinator/assignments/{sent.id}/supply")
    assert "about 5 of about 20 volunteers" in page.text
    assert "/edit/" not in page.text


def test_what_is_open_cannot_be_changed_from_there(visit: Visit, session: AnySession) -> None:
    work = asking_for_b2(session)
    page = sign_in(visit, session, make_host_user(session, work.host)).get(f"/host/assignments/{work.id}/supply")
    assert "/edit/" not in page.text


def test_few_people_look_like_none(visit: Visit, session: AnySession) -> None:
    work = make_assignment(session, make_host(session))
    make_volunteer(session, work.vio)
    page = sign_in(visit, session, make_host_user(session, work.host)).get(f"/host/assignments/{work.id}/supply")
    assert "fewer than 5 of fewer than 5 volunteers" in page.text
    assert "Hardly anybody states these skills" in page.text


def test_without_a_country_it_says_what_to_do(visit: Visit, session: AnySession) -> None:
    work = asking_for_b2(session, state="draft", country=None)
    page = sign_in(visit, session, make_host_user(session, work.host)).get(f"/host/assignments/{work.id}/supply")
    assert "Say first:" in page.text
    assert "Choose the country." in page.text


def test_while_a_large_pool_is_read_the_page_says_so(
    visit: Visit, session: AnySession, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = asking_for_b2(session)
    monkeypatch.setattr(supply_pool, "_kept", {})
    monkeypatch.setattr(supply_pool, "_read_beside", lambda place: None)
    monkeypatch.setattr(supply_pool, "QUICKLY_READ", 0)
    page = sign_in(visit, session, make_host_user(session, work.host)).get(f"/host/assignments/{work.id}/supply")
    assert "The profiles are being read" in page.text


@pytest.mark.parametrize("role", ["host", "coordinator"])
def test_anothers_assignment_is_not_counted(visit: Visit, session: AnySession, role: str) -> None:
    work = make_assignment(session)
    other = make_host(session)
    user = make_host_user(session, other) if role == "host" else make_user(session, "coordinator", other.vio)
    sign_in(visit, session, user).get(f"/{role}/assignments/{work.id}/supply", status=404)
