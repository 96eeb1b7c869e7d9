from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.factories import AnySession, make_host, make_host_user, make_user, make_vio
from webapp import clock
from webapp.models import Mail
from webapp.services import hosts
from webapp.services.errors import NotFound, Refused


def items(**over: Any) -> dict[str, Any]:
    today = clock.today()
    return {
        "country": "KE",
        "about": "A clinic with four nurses.",
        "registration_number": "NGO/1234, Nairobi",
        "reference_one": "Amina Yusuf, county office, amina@county.example",
        "reference_two": "Li Wei, university, li@university.example",
        "safeguarding_person": "Grace Mutua",
        "conduct_policy_signed_by": "Grace Mutua",
        "conduct_policy_signed_on": today,
        **over,
    }


@pytest.mark.parametrize("name", list(hosts.VERIFICATION_ITEMS))
def test_each_item_is_needed_to_ask(session: AnySession, name: str) -> None:
    host = make_host(session, verified=False, **items(**{name: None if name.endswith("_on") else ""}))
    assert list(hosts.missing_for_verification(host, clock.today())) == [name]
    with pytest.raises(Refused):
        hosts.ask_for_verification(session, make_host_user(session, host))
    assert host.state == "unverified"


def test_the_same_reference_twice_and_a_day_to_come_do_not_count(session: AnySession) -> None:
    twice = items(reference_two=" amina yusuf, county office, AMINA@county.example")
    host = make_host(session, verified=False, **twice)
    assert list(hosts.missing_for_verification(host, clock.today())) == ["reference_two"]
    tomorrow = items(conduct_policy_signed_on=clock.today() + timedelta(1))
    host = make_host(session, verified=False, **tomorrow)
    assert list(hosts.missing_for_verification(host, clock.today())) == ["conduct_policy_signed_on"]


def test_asking_moves_and_writes_to_coordinators(session: AnySession) -> None:
    vio = make_vio(session)
    host, coordinator = make_host(session, vio, verified=False, **items()), make_user(session, "coordinator", vio)
    make_user(session, "coordinator", make_vio(session))
    hosts.ask_for_verification(session, make_host_user(session, host))
    assert host.state == "asked"
    assert session.scalars(select(Mail.to)).all() == [coordinator.email]
    assert hosts.standing(host, clock.today()).step == "wait"


def test_a_renewal_keeps_the_verification(session: AnySession) -> None:
    until = clock.today() + timedelta(hosts.RENEWAL_DAYS)
    host = make_host(session, verified_until=until, **items())
    assert hosts.standing(host, clock.today()).step == "renew"
    assert hosts.standing(host, clock.today() - timedelta(1)).step == "nothing"
    hosts.ask_for_verification(session, make_host_user(session, host))
    assert host.is_verified(clock.today())


def test_identity_is_locked_while_it_is_verified(session: AnySession) -> None:
    host = make_host(session, **items())
    user = make_host_user(session, host)
    hosts.edit_organization(session, user, {"name": host.name, "country": "KE", "about": "More words."})
    assert host.about == "More words."
    for change in ({"name": "Another"}, {"country": "TZ"}):
        with pytest.raises(Refused):
            hosts.edit_organization(session, user, change)
    hosts.keep_verification_items(session, user, {"registration_number": "Another", "safeguarding_person": "Li Na"})
    assert (host.registration_number, host.safeguarding_person) == (items()["registration_number"], "Li Na")


def test_an_unverified_host_changes_its_name_but_not_to_nothing(session: AnySession) -> None:
    host = make_host(session, verified=False)
    user = make_host_user(session, host)
    hosts.edit_organization(session, user, {"name": "Maji Safi", "state": "verified"})
    assert (host.name, host.state) == ("Maji Safi", "unverified")
    with pytest.raises(Refused):
        hosts.edit_organization(session, user, {"name": " "})


def test_only_host_accounts_have_an_organization(session: AnySession) -> None:
    with pytest.raises(NotFound):
        hosts.own_host(make_user(session, "coordinator"))
