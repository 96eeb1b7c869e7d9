"""Registering oneself: only in the two ways there are, with an office that is open, and nobody under 18."""

from __future__ import annotations

import pytest

from tests.factories import AnySession, make_user, make_vio
from webapp.services import registration
from webapp.services.errors import Refused
from webapp.services.registration import Registration


def test_nobody_makes_themselves_staff_or_joins_an_office_that_is_closed_to_it(session: AnySession) -> None:
    vio, closed = make_vio(session), make_vio(session, is_open=False)
    with pytest.raises(Refused, match="as a volunteer or for a host"):
        registration.account_columns(session, Registration("coordinator", vio.id, "en"))
    for vio_id in (closed.id, 999_999_999):
        with pytest.raises(Refused, match="takes no registrations"):
            registration.account_columns(session, Registration("volunteer", vio_id, "en"))
    assert registration.account_columns(session, Registration("volunteer", vio.id, "fr"))["locale"] == "fr"


def test_nobody_under_18_gets_a_profile(session: AnySession) -> None:
    account = make_user(session, "volunteer")
    with pytest.raises(Refused, match="18 or over"):
        registration.new_profile(session, account, "A", "", is_adult=False)
    assert account.volunteer is None
