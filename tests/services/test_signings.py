"""The agreement of a placement: who signs what, and what holds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.clearing import clear_everything
from tests.factories import AnySession, make_host_user, make_user
from tests.stays import (
    AGREED,
    agree_until,
    coordinator_of,
    host_account,
    make_active,
    make_placement,
    sign_both,
    sign_for,
    user_of,
)
from webapp.models import Agreement, Mail
from webapp.services import agreements, placements, signings
from webapp.services.audit import history_of
from webapp.services.errors import NotFound, Refused

WHY = "The market day moved, so the free day moves too."


def test_it_stands_in_the_way_until_both_have_signed(session: AnySession) -> None:
    placement = make_placement(session)
    who = coordinator_of(session, placement.receiving_vio)
    assert [str(one) for one in signings.obstacles(session, placement)] == [
        "The volunteer has not signed the agreement yet.",
        "The host has not signed the agreement yet.",
    ]
    sign_for(session, user_of(placement.volunteer), placement)
    with pytest.raises(Refused, match="host has not signed"):
        placements.start(session, who, placement, placement.starts_on)
    sign_for(session, host_account(session, placement), placement)
    clear_everything(session, placement)
    placements.start(session, who, placement, placement.starts_on)


def test_a_placement_points_at_the_version_that_stood_when_it_was_agreed(session: AnySession) -> None:
    placement = make_placement(session)
    first = signings.standing(session, placement).waiting.agreement
    sign_both(session, placement)
    placement.assignment.hours = 20
    agreements.standing(session, placement.assignment)
    assert session.scalars(select(Agreement.number).order_by(Agreement.number)).all() == [1, 2]
    later = signings.propose(session, user_of(placement.volunteer), placement, {"rest": "Sundays"}, WHY)
    assert later.agreement is first, "a later wording of the assignment binds nobody who has signed"


def test_each_side_gets_its_copy_and_then_both_names(session: AnySession) -> None:
    placement = make_placement(session)
    host = host_account(session, placement)
    sign_for(session, user_of(placement.volunteer), placement, "Ыйман Асанова")
    sign_for(session, host, placement, "Amina Otieno")
    for address in (user_of(placement.volunteer).email, host.email):
        copies = [one.body for one in session.scalars(select(Mail).where(Mail.to == address)) if AGREED in one.body]
        assert len(copies) == 2
        assert all(name in copies[-1] for name in ("Ыйман Асанова", "Amina Otieno", signings.fingerprint(AGREED)))
    signed = signings.standing(session, placement).in_force
    actions = [event.action for event in history_of(session, signed)]
    assert actions == ["wording_proposed", "wording_signature", "wording_signature", "wording_signed"]


def test_nobody_signs_twice_or_for_somebody_else(session: AnySession) -> None:
    placement = make_placement(session)
    sign_for(session, user_of(placement.volunteer), placement)
    with pytest.raises(Refused, match="already"):
        sign_for(session, user_of(placement.volunteer), placement)
    strangers = [
        coordinator_of(session, placement.receiving_vio),
        make_user(session, "coordinator"),
        make_user(session, "volunteer"),
        make_host_user(session, make_placement(session).assignment.host),
        make_user(session, "administrator"),
    ]
    for account in strangers:
        with pytest.raises(NotFound):
            sign_for(session, account, placement)
    host = host_account(session, placement)
    with pytest.raises(Refused, match="changed"):
        signings.sign(session, host, placement, 1, "A", "another text", "en", signings.fingerprint(AGREED))
    with pytest.raises(NotFound):
        signings.sign(session, host, placement, 9, "A", AGREED, "en", signings.fingerprint(AGREED))


def test_a_proposal_replaces_the_one_that_waits_and_never_what_holds(session: AnySession) -> None:
    placement = make_active(session)
    person, host = user_of(placement.volunteer), host_account(session, placement)
    office = coordinator_of(session, placement.sending_vio)
    for account, free in ((person, "Sundays"), (host, "Mondays"), (office, "Fridays")):
        signings.propose(session, account, placement, {"rest": free}, WHY)
    found = signings.standing(session, placement)
    assert [one.state for one in found.wordings] == ["proposed", "replaced", "replaced", "signed"]
    sign_for(session, host, placement)
    assert signings.standing(session, placement).in_force.number == 1
    signings.decline(session, person, placement, 4, "Fridays are for the choir.")
    found = signings.standing(session, placement)
    assert (found.in_force.number, found.waiting) == (1, None)
    with pytest.raises(Refused, match="does not wait"):
        signings.sign(session, person, placement, 4, "A", AGREED, "en", signings.fingerprint(AGREED))


def test_a_declined_first_wording_needs_another_before_the_start(session: AnySession) -> None:
    placement = make_placement(session)
    signings.decline(session, user_of(placement.volunteer), placement, 1, "No day is free in it.")
    assert "Propose a wording" in str(signings.obstacles(session, placement)[0])
    signings.propose(session, host_account(session, placement), placement, {"rest": "Sundays"}, WHY)
    sign_both(session, placement)
    assert signings.obstacles(session, placement) == []


def test_what_a_proposal_may_say(session: AnySession) -> None:
    preparing, active = make_placement(session), make_active(session)
    person, later = user_of(preparing.volunteer), preparing.ends_on + timedelta(20)
    for own, words, last, match in (
        ({"rest": "Sundays"}, "short", None, "what changes"),
        ({"tasks": "Something else"}, WHY, None, "not open"),
        ({"rest": "x" * 1001}, WHY, None, "below"),
        ({}, WHY, None, "Nothing changes"),
        ({}, WHY, later, "once the placement has begun"),
    ):
        with pytest.raises(Refused, match=match):
            signings.propose(session, person, preparing, own, words, last)
    with pytest.raises(Refused, match="or a later one"):
        signings.propose(session, user_of(active.volunteer), active, {}, WHY, active.ends_on - timedelta(1))


def test_it_is_extended_only_to_the_day_that_both_signed(session: AnySession) -> None:
    placement = make_active(session)
    who, day = coordinator_of(session, placement.receiving_vio), placement.ends_on + timedelta(30)
    with pytest.raises(Refused, match="sign the later day"):
        placements.extend(session, who, placement, day)
    agree_until(session, placement, day)
    with pytest.raises(Refused, match="sign the later day"):
        placements.extend(session, who, placement, day + timedelta(1))
    placements.extend(session, who, placement, day)
    placements.end_early(session, who, placement, "health", "We are sorry, and wish you well.")
    with pytest.raises(Refused, match="over"):
        signings.propose(session, user_of(placement.volunteer), placement, {"rest": "Sundays"}, WHY)


def test_signature_needs_a_name_and_a_no_needs_a_reason(session: AnySession) -> None:
    placement = make_placement(session)
    with pytest.raises(Refused, match="Type your name"):
        sign_for(session, user_of(placement.volunteer), placement, name=" ")
    waiting = signings.standing(session, placement).waiting
    assert waiting is not None
    with pytest.raises(Refused, match="in a sentence why"):
        signings.decline(session, user_of(placement.volunteer), placement, waiting.number, "No.")
    assert waiting.state == "proposed"
