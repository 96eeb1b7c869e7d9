"""Clearances for tests, moved by the services that move them in life."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from tests.factories import AnySession, make_user
from webapp.models import Clearance, Placement, User
from webapp.models.consents import SENSITIVE
from webapp.services import clearance_lists, clearances, consents, emergency
from webapp.services.clearance_items import ITEMS
from webapp.services.own_data.erasure import Folders
from webapp.vault import Vault

# Facts of an assignment with which every item that can stand on a list does.
EVERYTHING = {"contact_children": "supervised", "has_clinical_acts": True}
LONG = timedelta(days=700)  # papers that run out do so long after the stay, and after any extension of it
CLOSE = {"close_name": "Mei", "close_how": "mother", "close_phone": "+86 1", "close_language": "Chinese"}


def folders_in(here: Path) -> Folders:
    """Return where files lie: documents in `here` itself, all else beside it."""
    beside = here.with_name(f"{here.name}-else")
    return Folders(here, beside / "mail", Vault(beside / "lists", "a key"), beside / "backups")


def item_of(session: AnySession, placement: Placement, item: str) -> Clearance:
    """Return one item of a placement's list."""
    (found,) = [one for one in clearance_lists.clearances_of(session, placement) if one.item == item]
    return found


def last_day_of(clearance: Clearance) -> date | None:
    """Return a last day long after the stay for a paper that always has one, None for any other."""
    common = ITEMS.get(clearance.item)
    return clearance.placement.ends_on + LONG if common and common.always_ends else None


def clear_everything(session: AnySession, placement: Placement, *, but: str = "", by: Sequence[User] = ()) -> None:
    """Clear every item but one, each by a coordinator of the VIO that checks it; somebody to call is named first.

    `by` are coordinators; of other VIOs one is made for each item.
    """
    known = {one.vio_id: one for one in by}
    person = placement.volunteer
    consents.give(session, person.user, person, SENSITIVE, "in a test")
    emergency.name_close(session, person.user, placement, CLOSE)
    for clearance in clearance_lists.clearances_of(session, placement):
        if clearance.item != but and clearance.state not in ("cleared", "waived"):
            who = known.get(clearance.checked_by.id) or make_user(session, "coordinator", clearance.checked_by)
            clearances.clear(session, who, clearance, last_day_of(clearance))
