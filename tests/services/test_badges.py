"""What waits behind the entries of a menu: each account's own, as it is now."""

from __future__ import annotations

from tests.factories import AnySession, make_assignment, make_host, make_host_user
from tests.stays import coordinator_of
from webapp import clock
from webapp.services import badges


def test_each_account_is_told_what_waits_for_it_and_nobody_else(session: AnySession) -> None:
    host, other, today = make_host(session), make_host(session), clock.today()
    office, elsewhere = coordinator_of(session, host.vio), coordinator_of(session, other.vio)
    for number in (1, 2):  # the statement is kept, what it finds is not
        make_assignment(session, host, state="submitted")
        waiting = [badges.waiting(session, one, today)["assignments"] for one in (office, elsewhere)]
        assert waiting == [number, 0]


def test_a_host_reads_of_applicants_and_stays(session: AnySession) -> None:
    host = make_host_user(session, make_host(session))
    assert badges.waiting(session, host, clock.today()) == {"applicants": 0, "placements": 0}
