"""A placement from its start to its end, and who may move it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.clearing import clear_everything
from tests.factories import AnySession, make_assignment, make_host, make_host_user, make_vio, make_volunteer
from tests.stays import (
    KIND_WORDS,
    agree_until,
    coordinator_of,
    days,
    make_active,
    make_offer,
    make_placement,
    make_selectable,
    sign_both,
    user_of,
)
from webapp.models import Mail, Place, Placement
from webapp.services import applications, assignments, debriefs, placement_sight, placements, readiness, stays
from webapp.services.audit import history_of
from webapp.services.errors import IllegalMove, NotFound, Refused
from webapp.words import Words


def test_a_placement_begins_on_its_first_day_and_not_before(session: AnySession) -> None:
    placement = make_placement(session)
    who = coordinator_of(session, placement.receiving_vio)
    clear_everything(session, placement)
    sign_both(session, placement)
    with pytest.raises(Refused, match="begins on"):
        placements.start(session, who, placement, placement.starts_on - timedelta(1))
    placements.start(session, who, placement, placement.starts_on)
    assert (placement.state, placement.started_at is not None) == ("active", True)


def test_what_stands_in_the_way_keeps_a_placement_from_its_start(
    session: AnySession, monkeypatch: pytest.MonkeyPatch
) -> None:
    placement = make_placement(session)
    monkeypatch.setattr(readiness, "CHECKS", [lambda _session, _placement: [Words("The visa is missing.")]])
    with pytest.raises(Refused, match="visa"):
        placements.start(session, coordinator_of(session, placement.receiving_vio), placement, placement.starts_on)
    assert placement.state == "preparing"


def test_it_can_be_extended_more_than_once_and_keeps_what_was_first_agreed(session: AnySession) -> None:
    placement = make_active(session)
    who, first = coordinator_of(session, placement.receiving_vio), placement.ends_on
    for number in (10, 20):
        agree_until(session, placement, first + timedelta(number))
        placements.extend(session, who, placement, first + timedelta(number))
    assert (placement.state, placement.agreed_ends_on) == ("extended", first)
    assert placement.ends_on == first + timedelta(20)
    told = [event for event in history_of(session, placement) if event.action == "placement_extended"]
    assert [event.detail["days"]["to"] for event in told] == [
        (first + timedelta(number)).isoformat() for number in (10, 20)
    ]
    with pytest.raises(Refused, match="later day"):
        placements.extend(session, who, placement, placement.ends_on)


def test_an_extension_does_not_run_into_the_next_placement(session: AnySession) -> None:
    vio = make_vio(session)
    volunteer = make_volunteer(session, vio)
    one, two = (
        make_selectable(session, make_assignment(session, make_host(session, vio)), volunteer=volunteer)
        for _ in range(2)
    )
    now = make_active(session, one, ends_on=days(100))
    make_placement(session, two, starts_on=days(110), ends_on=days(150))
    agree_until(session, now, days(110))
    with pytest.raises(Refused, match="overlap"):
        placements.extend(session, coordinator_of(session, vio), now, days(110))
    agree_until(session, now, days(109))
    placements.extend(session, coordinator_of(session, vio), now, days(109))


def test_a_served_place_stays_taken_and_one_ended_early_is_free(session: AnySession) -> None:
    work = make_assignment(session)
    served, ended = (make_active(session, make_selectable(session, work)) for _ in range(2))
    who = coordinator_of(session, work.vio)
    with pytest.raises(Refused, match="goes until"):
        placements.complete(session, who, served, served.ends_on - timedelta(1))
    placements.complete(session, who, served, served.ends_on)
    assert work.state == "filled"
    placements.end_early(session, who, ended, "health", KIND_WORDS)
    assert (served.state, ended.state, work.state) == ("completed", "ended_early", "open")
    assert session.scalars(select(Place.offer_id)).all() == [served.offer_id]
    for placement in (served, ended):
        with pytest.raises(IllegalMove):
            placements.end_early(session, who, placement, "health", KIND_WORDS)


def test_ending_and_cancelling_need_a_reason_and_words(session: AnySession) -> None:
    preparing, active = make_placement(session), make_active(session)
    for verb, placement in ((placements.cancel, preparing), (placements.end_early, active)):
        who = coordinator_of(session, placement.receiving_vio)
        before = placement.state
        for reason, words in (("", KIND_WORDS), ("nonsense", KIND_WORDS), ("other", "Sorry.")):
            with pytest.raises(Refused):
                verb(session, who, placement, reason, words)
        assert placement.state == before
        verb(session, who, placement, "other", KIND_WORDS)
        letter = session.scalars(select(Mail).where(Mail.to == user_of(placement.volunteer).email)).all()[-1]
        assert KIND_WORDS in letter.body
        assert history_of(session, placement)[-1].detail["reason"] == "other"


def test_the_volunteer_steps_back_before_it_begins_and_not_after(session: AnySession) -> None:
    preparing, active = make_placement(session), make_active(session)
    placements.withdraw(session, user_of(preparing.volunteer), preparing, "My mother is ill.")
    assert (preparing.state, preparing.reason_code) == ("cancelled", "volunteer_withdrew")
    assert make_offer(session, preparing.offer.application).state == "made"  # it never counts against the person
    with pytest.raises(IllegalMove):
        placements.withdraw(session, user_of(active.volunteer), active)


def test_withdrawing_the_application_steps_back_from_the_placement(session: AnySession) -> None:
    preparing, active = make_placement(session), make_active(session)
    applications.withdraw(session, user_of(preparing.volunteer), preparing.offer.application)
    assert (preparing.state, preparing.offer.application.state) == ("cancelled", "withdrawn")
    with pytest.raises(Refused, match="has begun"):
        applications.withdraw(session, user_of(active.volunteer), active.offer.application)
    assert active.offer.application.state == "selected"


def test_an_assignment_is_not_called_off_under_a_persons_feet(session: AnySession) -> None:
    active = make_active(session)
    host = make_host_user(session, active.assignment.host)
    with pytest.raises(Refused, match="on a placement"):
        assignments.cancel(session, host, active.assignment, KIND_WORDS)
    who = coordinator_of(session, active.receiving_vio)
    placements.complete(session, who, active, active.ends_on)
    assert assignments.cancel(session, host, active.assignment) == 0
    assert (active.state, active.offer.application.state) == ("completed", "selected")


def test_each_side_says_once_how_it_was(session: AnySession) -> None:
    placement = make_active(session)
    who = coordinator_of(session, placement.receiving_vio)
    host, person = make_host_user(session, placement.assignment.host), user_of(placement.volunteer)
    with pytest.raises(Refused, match="over"):
        debriefs.give(session, person, placement, 5, 5)
    placements.complete(session, who, placement, placement.ends_on)
    with pytest.raises(Refused, match="1 to 5"):
        debriefs.give(session, person, placement, 6, 5)
    for account in (person, host, who):
        debriefs.give(session, account, placement, 4, 3, " Good. ")
    with pytest.raises(Refused, match="already"):
        debriefs.give(session, person, placement, 1, 1)
    assert [(one.side, one.overall, one.words) for one in placement.debriefs] == [
        ("volunteer", 4, "Good."),
        ("host", 4, "Good."),
        ("community", 4, "Good."),
    ]


def test_for_everybody_else_a_placement_does_not_exist(session: AnySession) -> None:
    sending = make_vio(session)
    work = make_assignment(session)
    application = make_selectable(session, work, volunteer=make_volunteer(session, sending))
    placement = make_active(session, application)
    sender = coordinator_of(session, sending)
    strangers = [
        coordinator_of(session, make_vio(session)),
        make_host_user(session, make_host(session, work.vio)),
        user_of(make_volunteer(session, work.vio)),
    ]
    insiders = [sender, make_host_user(session, work.host), user_of(placement.volunteer)]
    for account in insiders:
        assert placement_sight.placement_for(session, account, placement.id) is placement
    for account in strangers:
        with pytest.raises(NotFound):
            placement_sight.placement_for(session, account, placement.id)
        with pytest.raises(NotFound):
            debriefs.give(session, account, placement, 5, 5)
    for account in [*strangers, *insiders]:
        _cannot_decide(session, account, placement)
    assert placement.state == "active"


def _cannot_decide(session: AnySession, account: object, placement: Placement) -> None:
    for decide in (
        lambda: placements.start(session, account, placement, placement.starts_on),
        lambda: placements.extend(session, account, placement, days(290)),
        lambda: placements.complete(session, account, placement, placement.ends_on),
        lambda: placements.end_early(session, account, placement, "health", KIND_WORDS),
        lambda: placements.cancel(session, account, placement, "safety", KIND_WORDS),
    ):
        with pytest.raises(NotFound):
            decide()


def test_what_has_not_begun_or_is_over_is_not_extended(session: AnySession) -> None:
    placement = make_placement(session)
    who = coordinator_of(session, placement.receiving_vio)
    with pytest.raises(Refused, match="has begun"):
        placements.extend(session, who, placement, placement.ends_on + timedelta(days=7))


def test_office_without_part_in_it_is_not_told_which_other_placement_somebody_has(session: AnySession) -> None:
    placement = make_placement(session)
    where = (placement.volunteer, placement.starts_on, placement.ends_on)
    for reader in (coordinator_of(session, placement.receiving_vio), None):
        with pytest.raises(Refused, match=placement.assignment.title):
            stays.check_free(session, *where, reader=reader)
    with pytest.raises(Refused, match="another placement in these days"):
        stays.check_free(session, *where, reader=coordinator_of(session, make_vio(session)))
    stays.check_free(session, *where, beside=placement)
