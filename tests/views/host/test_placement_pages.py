"""A host reads who comes when, and how to reach the person while it may."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser import Visitor
from tests.factories import PASSWORD, AnySession, make_assignment, make_host, make_host_user, make_volunteer
from tests.stays import make_placement, make_selectable, user_of
from webapp.services import applications


def test_a_host_sees_its_placements_and_no_others(session: AnySession, visit: Callable[[], Visitor]) -> None:
    work = make_assignment(session)
    mine = make_placement(
        session, make_selectable(session, work, volunteer=make_volunteer(session, work.vio, full_name="林小雨 Lin"))
    )
    beside = make_assignment(session, make_host(session, work.vio))
    make_placement(
        session,
        make_selectable(session, beside, volunteer=make_volunteer(session, work.vio, full_name="Somebody Else")),
    )
    account = make_host_user(session, work.host)
    session.commit()
    visitor = visit()
    visitor.sign_in(account.email, PASSWORD)
    page = visitor.get(visitor.get("/host/").link("Placements"))
    assert "林小雨" in page.text and str(mine.volunteer.email) in page.text and "being prepared" in page.text
    assert "Somebody Else" not in page.text
    visitor.get("/host/placements/?page=77")
    applications.withdraw(session, user_of(mine.volunteer), mine.offer.application)
    session.commit()
    page = visitor.get("/host/placements/")
    assert "林小雨" not in page.text and str(mine.volunteer.email) not in page.text
