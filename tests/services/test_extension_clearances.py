"""What a longer stay does to clearances that were cleared for the shorter one."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from tests.clearing import clear_everything, item_of
from tests.factories import AnySession
from tests.services.test_country_notes import PARTS
from tests.stays import agree_until, coordinator_of, make_active, make_placement, sign_both, user_of
from webapp import clock
from webapp.models import Mail, Placement
from webapp.services import clearance_reminders, clearances, country_notes, placements, visa_time
from webapp.services.audit import history_of
from webapp.services.errors import Refused


def _under_way(session: AnySession, items: tuple[str, ...]) -> Placement:
    """Make a placement under way in which some items were cleared for the days of the stay and ten more."""
    placement = make_placement(session)
    clear_everything(session, placement)
    for item in items:
        found = item_of(session, placement, item)
        clearances.clear(
            session, coordinator_of(session, found.checked_by), found, placement.ends_on + timedelta(days=10)
        )
    sign_both(session, placement)
    placements.start(session, coordinator_of(session, placement.receiving_vio), placement, placement.starts_on)
    return placement


def _extend(session: AnySession, placement: Placement, number: int) -> list[str]:
    """Extend it by so many days and return which items came to be open again."""
    last = placement.ends_on + timedelta(days=number)
    agree_until(session, placement, last)
    who = coordinator_of(session, placement.receiving_vio)
    return [one.item for one in placements.extend(session, who, placement, last)]


def test_what_does_not_cover_the_new_days_is_asked_for_anew_and_its_people_are_told(session: AnySession) -> None:
    placement = _under_way(session, ("right_to_work", "insurance", "registration"))
    visa = item_of(session, placement, "right_to_work")
    runs_out = visa.expires_on
    assert set(_extend(session, placement, 11)) == {
        "right_to_work",
        "insurance",
    }  # what is not mandatory waits for no one
    assert (visa.state, visa.due_on, visa.expires_on) == ("open", runs_out, None)
    assert item_of(session, placement, "medical").state == "cleared"  # it has no last day
    assert history_of(session, visa)[-1].detail["until"] == runs_out.isoformat()
    letters = session.scalars(select(Mail).where(Mail.subject.contains("Right to enter"))).all()
    office = [one.body for one in letters if "has to cover more days" in one.subject]
    assert office and all(placement.volunteer.full_name not in body for body in office)
    assert any(one.to == user_of(placement.volunteer).email for one in letters)


def test_an_extension_that_everything_covers_opens_nothing(session: AnySession) -> None:
    placement = _under_way(session, ("right_to_work", "insurance"))
    assert _extend(session, placement, 10) == []


def test_a_second_extension_asks_once(session: AnySession) -> None:
    placement = _under_way(session, ("insurance",))
    assert _extend(session, placement, 15) == ["insurance"]
    assert _extend(session, placement, 15) == []
    assert item_of(session, placement, "insurance").state == "open"


def test_its_people_are_reminded_before_the_old_one_runs_out(session: AnySession) -> None:
    placement = _under_way(session, ("insurance",))
    _extend(session, placement, 15)
    insurance = item_of(session, placement, "insurance")
    assert clearance_reminders.day_of(insurance) == insurance.due_on


def test_a_visa_that_takes_longer_than_there_is_time_warns_before_and_after(session: AnySession) -> None:
    placement = _under_way(session, ("right_to_work",))
    visa = item_of(session, placement, "right_to_work")
    until = visa.expires_on or clock.today()
    vio = placement.receiving_vio
    country_notes.save(session, coordinator_of(session, vio), "KE", {**PARTS, "lead_days": 45})
    late, early, later = until - timedelta(days=20), until - timedelta(days=45), placement.ends_on + timedelta(days=40)
    assert "covers 20 more" in str(visa_time.extension_warning(session, placement, later, late))
    assert visa_time.extension_warning(session, placement, later, early) is None
    assert visa_time.extension_warning(session, placement, until, late) is None
    assert visa_time.warning(session, placement, late) is None
    with time_machine.travel(placement.starts_on):
        _extend(session, placement, 40)
    assert "covers 20 more" in str(visa_time.warning(session, placement, late))


def test_a_stay_without_days_to_cover_warns_of_nothing(session: AnySession) -> None:
    placement = make_active(session)
    assert visa_time.warning(session, placement, clock.today()) is None


@pytest.mark.parametrize("item", ["right_to_work", "insurance"])
def test_a_stay_does_not_go_on_without_what_nobody_goes_without(session: AnySession, item: str) -> None:
    placement = _under_way(session, (item,))
    found, who = item_of(session, placement, item), coordinator_of(session, placement.receiving_vio)
    last = placement.ends_on + timedelta(days=5)
    agree_until(session, placement, last)
    found.expires_on = placement.starts_on + timedelta(days=20)
    with time_machine.travel(placement.starts_on + timedelta(days=21)):
        with pytest.raises(Refused, match="has run out"):  # whether or not the night's work has seen it
            placements.extend(session, who, placement, last)
        clearances.expire_due(session, clock.today())
        with pytest.raises(Refused, match="has run out"):
            placements.extend(session, who, placement, last)
        checker = coordinator_of(session, found.checked_by)
        clearances.hand_in(session, user_of(placement.volunteer), found)
        clearances.refuse(session, checker, found, "The embassy says no; please call us today.")
        with pytest.raises(Refused, match="was refused"):
            placements.extend(session, who, placement, last)
        clearances.clear(session, checker, found, last)
        placements.extend(session, who, placement, last)
    assert placement.ends_on == last


def test_what_a_longer_stay_asked_for_stops_the_next_extension_once_the_old_paper_is_past(session: AnySession) -> None:
    placement = _under_way(session, ("insurance",))
    _extend(session, placement, 15)
    due_on = item_of(session, placement, "insurance").due_on
    with time_machine.travel(due_on):
        _extend(session, placement, 2)
    with time_machine.travel(due_on + timedelta(days=1)), pytest.raises(Refused, match="Insurance"):
        _extend(session, placement, 2)


def test_what_two_may_go_without_does_not_stop_an_extension(session: AnySession) -> None:
    placement = _under_way(session, ())
    medical = item_of(session, placement, "medical")
    checker = coordinator_of(session, medical.checked_by)
    with time_machine.travel(placement.starts_on):
        clearances.ask_again(session, checker, medical, "Your doctor has to look at you once more.")
        assert _extend(session, placement, 5) == []
