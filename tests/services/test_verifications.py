"""Verifying hosts: every item, two years, taking back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.factories import (
    AnySession,
    make_assignment,
    make_host,
    make_user,
    make_vio,
)
from webapp import clock
from webapp.models import Mail, User, Vio
from webapp.services import (
    verifications,
)
from webapp.services.audit import history_of
from webapp.services.errors import Refused
from webapp.services.verifications import ITEMS, Evidence

TODAY = clock.today()
WHOLE = Evidence(
    registration_seen="Certificate 12/77, ministry",
    reference_one_said="Serious people.",
    reference_two_said="We worked together in 2024.",
    called_on=TODAY,
    call_note="Spoke with the head nurse.",
    safeguarding_person="A. Otieno",
    conduct_policy_seen=True,
)


@pytest.fixture
def vio(session: AnySession) -> Vio:
    return make_vio(session)


@pytest.fixture
def coordinator(session: AnySession, vio: Vio) -> User:
    return make_user(session, "coordinator", vio)


@pytest.mark.parametrize("item", ITEMS)
def test_verification_needs_every_item(session: AnySession, vio: Vio, coordinator: User, item: str) -> None:
    host = make_host(session, vio, verified=False, state="asked")
    empty = getattr(Evidence(), item)
    with pytest.raises(Refused):
        verifications.verify_host(session, coordinator, host, replace(WHOLE, **{item: empty}), TODAY)
    assert host.state == "asked"
    assert host.verified_until is None


def test_call_on_a_day_to_come_is_no_call() -> None:
    assert list(verifications.missing_items(replace(WHOLE, called_on=TODAY + timedelta(days=1)), TODAY)) == [
        "called_on"
    ]


def test_verification_holds_for_two_years_and_writes(session: AnySession, vio: Vio, coordinator: User) -> None:
    host = make_host(session, vio, verified=False, state="asked")
    verifications.verify_host(session, coordinator, host, replace(WHOLE, called_on=date(2026, 3, 1)), date(2026, 3, 9))
    assert host.verified_until == date(2028, 3, 9)
    assert host.verifications[0].passed
    assert [mail.to for mail in session.query(Mail)] == [host.contact_email]
    assert verifications.valid_until(date(2028, 2, 29)) == date(2030, 2, 28)


def test_taking_a_verification_back_stops_publication(session: AnySession, vio: Vio, coordinator: User) -> None:
    host = make_host(session, vio)
    shown, draft = make_assignment(session, host), make_assignment(session, host, state="draft", published_at=None)
    with pytest.raises(Refused):
        verifications.decline_host(session, coordinator, host, "  ", Evidence())
    verifications.decline_host(session, coordinator, host, "The registration has ended.", Evidence())
    assert not host.is_verified(TODAY)
    assert (shown.state, draft.state) == ("changes_requested", "draft")
    assert shown.words_to_host == "The registration has ended."
    assert host.verifications[0].reason == "The registration has ended."


def test_renewal_goes_by_asking_anew(session: AnySession, vio: Vio) -> None:
    host = make_host(session, vio)
    verifications.verify_host(session, make_user(session, "coordinator", vio), host, WHOLE, TODAY)
    assert (host.state, host.verified_until) == ("verified", verifications.valid_until(TODAY))
    assert [one.action for one in history_of(session, host)][:2] == ["host_asked", "host_verified"]
