"""Accounts as administrators find and close them."""

from __future__ import annotations

import pytest

from tests.factories import AnySession, make_user, make_vio
from webapp.models import User
from webapp.services import staff
from webapp.services.errors import Refused
from webapp.services.paging import Start
from webapp.services.staff import Search


def _found(session: AnySession, **over: object) -> set[User]:
    return set(staff.find(session, Search(**over), Start())[0].rows)


def test_accounts_are_found_by_office_and_state(session: AnySession) -> None:
    vio = make_vio(session)
    active, closed, new = (make_user(session, "coordinator", vio) for _ in range(3))
    closed.active, new.confirmed_at = False, None
    make_user(session, "coordinator")
    session.flush()
    assert _found(session, vio_id=vio.id) == {active, closed, new}
    assert _found(session, vio_id=vio.id, state="unconfirmed") == {new}
    assert _found(session, vio_id=vio.id, state="closed") == {closed}
    assert _found(session, vio_id=vio.id, state="active") == {active, new}


def test_last_administrator_stays_also_where_whoever_closes_was_closed_a_moment_ago(session: AnySession) -> None:
    first, last = make_user(session, "administrator"), make_user(session, "administrator")
    staff.close(session, last, first.id)
    with pytest.raises(Refused, match="last administrator"):
        staff.close(session, first, last.id)
    with pytest.raises(Refused, match="your own account"):
        staff.close(session, last, last.id)
    assert last.active
