"""Whose promised days stand in whose calendar is what the table of permissions gives."""

from __future__ import annotations

from tests.factories import (
    AnySession,
    make_application,
    make_assignment,
    make_host_user,
    make_user,
    make_vio,
    make_volunteer,
)
from tests.stays import coordinator_of, user_of
from webapp.models import User
from webapp.models.accounts import ROLES
from webapp.services.calendar_days import days_of


def test_promised_days_are_told_to_those_who_read_the_application(session: AnySession) -> None:
    work = make_assignment(session, country="KE")
    wish = make_application(session, make_volunteer(session), work)
    own = [
        user_of(wish.volunteer),
        make_host_user(session, work.host),
        coordinator_of(session, work.vio),
        make_user(session, "coordinator", work.vio, delegated=["KE"]),
    ]
    strangers = [
        make_user(session, "coordinator", work.vio, delegated=["LA"]),
        make_user(session, "coordinator", make_vio(session)),
        *(make_user(session, role, work.vio) for role in ROLES if role not in ("host", "coordinator", "volunteer")),
        user_of(make_volunteer(session, work.vio)),
    ]
    assert [bool(_promised(session, one)) for one in own] == [True] * len(own)
    assert [_promised(session, one) for one in strangers] == [[]] * len(strangers)


def _promised(session: AnySession, account: User) -> list[str]:
    return [day.key for day in days_of(session, account) if day.key.startswith("answer")]
