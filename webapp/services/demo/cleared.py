"""Clearances, emergency cards and notes on countries of the demonstration's placements."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Clearance, Placement, User
from webapp.models.consents import SENSITIVE
from webapp.services import clearance_lists, clearance_waivers, clearances, consents, country_notes, emergency
from webapp.services.demo.people import account_of

CLOSE = {
    "close_name": "Amina Duarte",
    "close_how": "sister",
    "close_phone": "+000 55 0101",
    "close_language": "French, some English",
}
CARD = {
    "insurer": "Harbour Mutual",
    "insurance_number": "HM-2204-7731",
    "insurance_phone": "+000 55 0102 (day and night)",
    "office_phone": "+000 55 0103",
    "local_name": "",
    "local_phone": "+000 55 0104",
    "hospital": "District hospital, at the north end of the market road; open day and night.",
    "consulate": "",
}
NOTE = {
    "visa_class": "Special pass for volunteers, asked for by the host before the journey",
    "lead_days": 45,
    "registration": "Within seven days at the county office, with passport, pass and the host's letter.",
    "tax": "Allowances below the limit for students are not taxed. Keep the slips.",
    "contacts": "Embassy, consular desk: +000 55 0199. A lawyer who knows volunteers: ask the office.",
    "not_sent_to": "The border districts in the north.",
}
REASON = "The same training was done in spring for another office; we hold its certificate."
AGAIN = "The photo is cut off at the edge, so the number cannot be read. Please take it once more by daylight."


def clear_list(session: Session, coordinators: Mapping[int | None, User], placement: Placement) -> list[Clearance]:
    """Clear all of a placement that is about to begin, and return it, to be dated back."""
    _fill_card(session, coordinators, placement)
    found = clearance_lists.clearances_of(session, placement)
    last = max(placement.ends_on, clock.today()) + timedelta(days=30)
    for one in found:
        runs_out = last if one.item in ("right_to_work", "insurance") else None
        clearances.clear(session, coordinators[one.checked_by_vio_id], one, runs_out)
    return found


def begin_list(
    session: Session,
    coordinators: Mapping[int | None, User],
    colleagues: Mapping[int | None, User],
    placement: Placement,
) -> None:
    """Leave the list of a placement that is to come as such lists are: something of every kind."""
    _fill_card(session, coordinators, placement)
    person = account_of(placement.volunteer)
    for one in clearance_lists.clearances_of(session, placement):
        who = coordinators[one.checked_by_vio_id]
        if one.item == "insurance":
            clearances.clear(session, who, one, placement.ends_on - timedelta(days=14))
        elif one.item == "medical":
            clearances.hand_in(session, person, one, "Doctor Sow's letter; she can be called.")
        elif one.item == "safeguarding_training":
            clearance_waivers.ask(session, who, one, REASON)
            if placement.id % 2:
                clearance_waivers.agree(session, colleagues[one.checked_by_vio_id], one)
        elif one.item == "right_to_work":
            clearances.hand_in(session, person, one)
            clearances.ask_again(session, who, one, AGAIN)


def note_country(session: Session, who: User, country: str | None, noted_on: date) -> None:
    """Keep a note on a country."""
    if country is not None:
        country_notes.save(session, who, country, {**NOTE, "noted_on": noted_on})


def _fill_card(session: Session, coordinators: Mapping[int | None, User], placement: Placement) -> None:
    person, account = placement.volunteer, account_of(placement.volunteer)
    agreed_on = min(clock.today(), placement.starts_on - timedelta(days=60))
    consents.give(session, account, person, SENSITIVE, "in the form of the emergency contact", agreed_on)
    emergency.name_close(session, account, placement, CLOSE)
    emergency.fill_in(session, coordinators[placement.receiving_vio_id], placement, CARD)
