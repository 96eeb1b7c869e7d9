"""Notes on countries, and what stands on an emergency card for whom."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.clearing import CLOSE, item_of
from tests.factories import AnySession, make_assignment, make_host_user, make_vio, make_volunteer
from tests.stays import KIND_WORDS, coordinator_of, days, make_placement, make_selectable, user_of
from webapp import clock
from webapp.models import Placement, Vio
from webapp.services import clearances, country_notes, emergency, placements
from webapp.services.errors import NotFound, Refused

PARTS = {
    "visa_class": "Special pass",
    "lead_days": 60,
    "registration": "",
    "tax": "",
    "contacts": "Embassy, +254 20",
    "not_sent_to": "",
    "noted_on": clock.today(),
}
OFFICE = {**dict.fromkeys(emergency.OFFICE, ""), "insurance_number": "A-77", "office_phone": "+86 2"}


def _note(session: AnySession, vio: Vio, **over: object) -> None:
    country_notes.save(session, coordinator_of(session, vio), "KE", {**PARTS, **over})


def _placement(session: AnySession, **over: object) -> Placement:
    work = make_assignment(session, supervisor="Wanjiru", **over)
    return make_placement(session, make_selectable(session, work, volunteer=make_volunteer(session)))


def test_a_vio_has_one_note_on_a_country_and_it_is_dated(session: AnySession) -> None:
    vio = make_vio(session)
    who = coordinator_of(session, vio)
    _note(session, vio)
    _note(session, vio, visa_class="Another pass", noted_on=clock.today() - timedelta(400))
    (note,) = country_notes.notes_of(session, who)
    assert (note.visa_class, country_notes.is_old(note, clock.today())) == ("Another pass", True)
    with pytest.raises(Refused, match="to come"):
        _note(session, vio, noted_on=days(1))
    assert country_notes.notes_of(session, coordinator_of(session, make_vio(session))) == []
    with pytest.raises(NotFound):
        country_notes.save(session, user_of(make_volunteer(session, vio)), "KE", PARTS)


def test_dates_inside_the_time_of_a_visa_warn(session: AnySession) -> None:
    placement = _placement(session)
    _note(session, placement.sending_vio, lead_days=20)
    _note(session, placement.receiving_vio, lead_days=61)
    notes = country_notes.for_placement(session, placement)
    assert len(notes) == 2
    assert "about 61 days" in str(country_notes.visa_warning(notes, days(60), clock.today()))
    assert country_notes.visa_warning(notes, days(61), clock.today()) is None
    assert "in 0." in str(country_notes.visa_warning(notes, days(-3), clock.today()))
    assert country_notes.for_application(session, placement.offer.application) == notes


@pytest.mark.parametrize("over", [{"mode": "online"}, {"country": "CN"}, {"country": "NP"}])
def test_no_visa_no_warning(session: AnySession, over: dict) -> None:
    placement = _placement(session, **over)
    _note(session, placement.sending_vio)
    assert country_notes.for_placement(session, placement) == []
    assert country_notes.visa_warning([], days(0), clock.today()) is None


def test_who_is_close_stands_on_two_cards_and_not_on_the_hosts(session: AnySession) -> None:
    placement = _placement(session)
    person, who = user_of(placement.volunteer), coordinator_of(session, placement.receiving_vio)
    _note(session, placement.sending_vio)
    emergency.name_close(session, person, placement, CLOSE)
    emergency.fill_in(session, who, placement, OFFICE)
    for account in (person, who):
        shown = emergency.card_for(session, account, placement)
        assert (shown.parts["close_name"], shown.parts["insurance_number"]) == ("Mei", "A-77")
        assert (shown.parts["local_name"], shown.parts["consulate"]) == ("Wanjiru", "Embassy, +254 20")
    shown = emergency.card_for(session, make_host_user(session, placement.assignment.host), placement)
    assert not shown.has_close
    assert "Mei" not in shown.parts.values()
    assert shown.parts["insurance_number"] == "A-77"


def test_naming_somebody_hands_the_contact_in(session: AnySession) -> None:
    placement = _placement(session)
    person = user_of(placement.volunteer)
    with pytest.raises(Refused, match="telephone"):
        emergency.name_close(session, person, placement, {**CLOSE, "close_phone": " "})
    contact = item_of(session, placement, "emergency_contact")
    clearances.hand_in(session, person, contact)
    with pytest.raises(Refused, match="Nobody is named"):
        clearances.clear(session, coordinator_of(session, placement.sending_vio), contact)
    emergency.name_close(session, person, placement, CLOSE)
    emergency.name_close(session, person, placement, {**CLOSE, "close_name": "Bao"})
    assert item_of(session, placement, "emergency_contact").state == "submitted"


def test_each_side_writes_its_own_part_of_the_card(session: AnySession) -> None:
    placement = _placement(session)
    host, person = make_host_user(session, placement.assignment.host), user_of(placement.volunteer)
    stranger = coordinator_of(session, make_vio(session))
    for account in (host, person, stranger):
        with pytest.raises(NotFound):
            emergency.fill_in(session, account, placement, OFFICE)
    for account in (host, stranger, coordinator_of(session, placement.sending_vio)):
        with pytest.raises(NotFound):
            emergency.name_close(session, account, placement, CLOSE)


def test_number_of_the_consulate_on_the_card_goes_before_the_note_and_nothing_is_written_after_the_end(
    session: AnySession,
) -> None:
    placement = _placement(session)
    person, who = user_of(placement.volunteer), coordinator_of(session, placement.receiving_vio)
    _note(session, placement.sending_vio)
    emergency.fill_in(session, who, placement, {**OFFICE, "consulate": "Consulate, +254 41"})
    assert emergency.card_for(session, person, placement).parts["consulate"] == "Consulate, +254 41"
    placements.cancel(session, who, placement, "other", KIND_WORDS)
    with pytest.raises(Refused, match="over"):
        emergency.fill_in(session, who, placement, OFFICE)
