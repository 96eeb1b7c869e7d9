"""Who does what, on the pages of each side; and the list of the sending office."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser import Visitor
from tests.factories import PASSWORD, AnySession, make_assignment, make_host, make_vio, make_volunteer
from tests.stays import coordinator_of, host_account, make_placement, make_selectable, user_of
from webapp import clock
from webapp.models import Placement, User
from webapp.services import duties


def _as(visit: Callable[[], Visitor], session: AnySession, account: User) -> Visitor:
    session.commit()
    visitor = visit()
    visitor.sign_in(account.email, PASSWORD)
    return visitor


def _placement(session: AnySession) -> Placement:
    here, there = make_vio(session, name="Harbour Volunteers"), make_vio(session, name="Lake Volunteers")
    work = make_assignment(session, make_host(session, there))
    return make_placement(session, make_selectable(session, work, volunteer=make_volunteer(session, here)))


def test_each_office_says_what_it_has_done_and_reads_the_others_part(
    visit: Callable[[], Visitor], session: AnySession
) -> None:
    placement = _placement(session)
    path = f"/coordinator/placements/{placement.id}"
    office = _as(visit, session, coordinator_of(session, placement.sending_vio))
    page = office.get(f"{path}/duties")
    assert "Yours (Harbour Volunteers)" in page.text and "Theirs (Lake Volunteers)" in page.text
    today = clock.today().isoformat()
    office.submit(page, status=422, code="arrival", done_on=today)
    page = office.submit(page, code="insurance", done_on=today)
    assert "done on" in page.text
    assert "done on" in office.get(path).text
    office.submit(page, code="insurance", done_on="")
    assert "done on" not in office.get(path).text
    stranger = _as(visit, session, coordinator_of(session, make_vio(session)))
    for one in (path, f"{path}/duties"):
        stranger.get(one, status=404)


def test_volunteer_and_host_read_who_does_what(visit: Callable[[], Visitor], session: AnySession) -> None:
    placement = _placement(session)
    who, today = coordinator_of(session, placement.sending_vio), clock.today()
    duties.say_done(session, who, placement, "insurance", today, today)
    for role, account in (
        ("volunteer", user_of(placement.volunteer)),
        ("host", host_account(session, placement)),
    ):
        page = _as(visit, session, account).get(f"/{role}/placements/{placement.id}")
        assert "Harbour Volunteers" in page.text and "Insure the volunteer" in page.text
        assert "done on" in page.text and "Yours" not in page.text


def test_the_sending_office_lists_its_volunteers_elsewhere(visit: Callable[[], Visitor], session: AnySession) -> None:
    placement = _placement(session)
    office = _as(visit, session, coordinator_of(session, placement.sending_vio))
    page = office.get("/coordinator/sent")
    assert placement.volunteer.full_name in page.text and "6 open" in page.text
    other = _as(visit, session, coordinator_of(session, placement.receiving_vio))
    assert placement.volunteer.full_name not in other.get("/coordinator/sent").text
