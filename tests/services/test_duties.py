"""Who does what: fixed when the placement is made, said by whose duty it is, seen by both."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.factories import AnySession, make_assignment, make_host, make_host_user, make_user, make_vio, make_volunteer
from tests.stays import coordinator_of, days, make_placement, make_selectable, user_of
from webapp import clock
from webapp.models import Partnership, Placement, PlacementDuty
from webapp.services import duties, placements, queue
from webapp.services.audit import history_of
from webapp.services.errors import NotFound, Refused


def _between_two(session: AnySession, **terms: Any) -> Placement:
    here, there = make_vio(session, name="Harbour Volunteers"), make_vio(session, name="Lake Volunteers")
    if terms:
        texts = dict.fromkeys(("vetting_by", "insurance_by", "support_by", "costs_by"), "both sides") | terms
        session.add(
            Partnership(
                sending_vio_id=here.id,
                receiving_vio_id=there.id,
                terms="We help each other.",
                sending_focal_point="Mei",
                receiving_focal_point="Ana",
                starts_on=days(-10),
                ends_on=days(300),
                proposed_by_vio_id=here.id,
                created_at=clock.now(),
                agreed_at=clock.now(),
                **texts,
            )
        )
        session.flush()
    work = make_assignment(session, make_host(session, there))
    return make_placement(session, make_selectable(session, work, volunteer=make_volunteer(session, here)))


def _sides(session: AnySession, placement: Placement) -> dict[str, str]:
    return {one.code: one.side for one in duties.duties_of(session, placement)}


def test_without_terms_it_is_as_usual(session: AnySession) -> None:
    placement = _between_two(session)
    assert _sides(session, placement) == {code: duty.side for code, duty in duties.DUTIES.items()}


@pytest.mark.parametrize(
    ("said", "side"),
    [
        ("Lake Volunteers", "receiving"),
        ("the office of HARBOUR VOLUNTEERS", "sending"),
        ("the sending side", "sending"),
        ("the receiving side, as ever", "receiving"),
        ("an insurer in Geneva", "sending"),  # names nobody: as usual, with the words beside it
        ("Lake Volunteers and Harbour Volunteers", "sending"),
    ],
)
def test_the_partnership_says_who(session: AnySession, said: str, side: str) -> None:
    placement = _between_two(session, insurance_by=said)
    (found,) = [one for one in duties.duties_of(session, placement) if one.code == "insurance"]
    assert (found.side, found.terms) == (side, said)


def test_what_was_agreed_stays_when_the_terms_change(session: AnySession) -> None:
    placement = _between_two(session, insurance_by="the receiving side")
    session.query(Partnership).update({"insurance_by": "the sending side", "ended_at": clock.now()})
    assert _sides(session, placement)["insurance"] == "receiving"


def test_only_the_side_whose_duty_it_is_says_that_it_is_done(session: AnySession) -> None:
    placement = _between_two(session)
    today = clock.today()
    sending, receiving = (
        coordinator_of(session, placement.sending_vio),
        coordinator_of(session, placement.receiving_vio),
    )
    others = (receiving, user_of(placement.volunteer), make_host_user(session, placement.assignment.host))
    for account in (*others, make_user(session, "coordinator")):
        with pytest.raises(NotFound):
            duties.say_done(session, account, placement, "insurance", today, today)
    with pytest.raises(Refused, match="to come"):
        duties.say_done(session, sending, placement, "insurance", today + timedelta(days=1), today)
    duties.say_done(session, sending, placement, "insurance", today, today)
    duties.say_done(session, sending, placement, "insurance", today, today)
    duties.say_done(session, sending, placement, "insurance", None, today)
    assert [one.action for one in history_of(session, placement)][-2:] == ["duty_done", "duty_open_again"]
    with pytest.raises(NotFound):
        duties.say_done(session, sending, placement, "arrival", today, today)
    with pytest.raises(NotFound):
        duties.say_done(session, sending, placement, "nonsense", today, today)
    duties.say_done(session, receiving, placement, "arrival", today, today)


def test_where_one_organization_does_both_all_are_its_own(session: AnySession) -> None:
    placement = make_placement(session)
    who = coordinator_of(session, placement.receiving_vio)
    assert all(duties.is_own(who, placement, one) for one in duties.duties_of(session, placement))


def test_near_the_start_open_duties_stand_in_their_owners_queue(session: AnySession) -> None:
    placement = _between_two(session)
    sending, receiving = (
        coordinator_of(session, placement.sending_vio),
        coordinator_of(session, placement.receiving_vio),
    )
    early, near = placement.starts_on - timedelta(days=8), placement.starts_on - timedelta(days=7)

    def waiting(account: Any, day: Any) -> int:
        return sum(one.count for one in queue.waiting_for(session, account, day) if one.kind == "duties")

    assert (waiting(sending, early), waiting(receiving, early)) == (0, 0)
    before = {side: [c for c in duties.BEFORE if duties.DUTIES[c].side == side] for side in ("sending", "receiving")}
    assert waiting(sending, near) == len(before["sending"])
    assert waiting(receiving, near) == len(before["receiving"])
    for code in before["sending"]:
        duties.say_done(session, sending, placement, code, near, near)
    assert (waiting(sending, near), waiting(receiving, near)) == (0, len(before["receiving"]))
    assert waiting(make_user(session, "coordinator"), near) == 0


def test_a_placement_that_does_not_take_place_leaves_nothing_to_do(session: AnySession) -> None:
    placement = _between_two(session)
    sending = coordinator_of(session, placement.sending_vio)
    placements.withdraw(session, user_of(placement.volunteer), placement)
    with pytest.raises(Refused, match="does not take place"):
        duties.say_done(session, sending, placement, "insurance", clock.today(), clock.today())
    assert session.execute(duties.open_near_start(sending, placement.starts_on)).all() == []


def test_the_sending_side_lists_whom_it_sent_and_nobody_else(session: AnySession) -> None:
    placement, home = _between_two(session), make_placement(session)
    sending, receiving = (
        coordinator_of(session, placement.sending_vio),
        coordinator_of(session, placement.receiving_vio),
    )
    ((found, open_ones),) = duties.sent_abroad(session, sending)
    assert found == placement
    assert {one.side for one in open_ones} == {"sending"}
    assert duties.sent_abroad(session, receiving) == []
    assert duties.sent_abroad(session, coordinator_of(session, home.receiving_vio)) == []
    assert session.query(PlacementDuty).count() == 2 * len(duties.DUTIES)
