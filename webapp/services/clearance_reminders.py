"""Reminders of clearances, 60, 30 and 7 days before something is due or runs out; each is sent once."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Clearance, Placement
from webapp.models.placements import RUNNING_PLACEMENT_STATES
from webapp.services.clearance_items import title_of
from webapp.services.correspondence import write_to_coordinators, write_to_volunteer
from webapp.services.letter_kinds import CLEARANCES
from webapp.services.reminders.sent import first_time
from webapp.words import Words, joined, lazy

STEPS = (7, 30, 60)  # days before, the nearest first
VOLUNTEER = 0  # in place of the id of a VIO, as who is to act

TO_VOLUNTEER = (
    lazy("Before you leave: %(title)s"),
    lazy(
        "For your placement at %(host)s, %(title)s, this is open:\n\n%(lines)s\n\n"
        "Sign in and open “Before you leave”. If something is hard to get, write to %(vio)s soon: there is time now."
    ),
)
TO_OFFICE = (
    lazy("Clearances are due: %(title)s"),
    lazy(
        "For a placement at %(host)s, %(title)s, your office has this to do:\n\n%(lines)s\n\n"
        "Sign in and open the clearances to see for whom."
    ),
)


def send_due(session: Session, today: date) -> int:
    """Write the letters that are due, one for each placement and whoever is to act, and return how many."""
    waiting: dict[tuple[int, int], list[Clearance]] = defaultdict(list)
    for clearance in _unsettled(session, today):
        if _note(session, clearance, today):
            waiting[clearance.placement_id, acts(clearance)].append(clearance)
    for (placement_id, who), items in waiting.items():
        _write(session, session.get_one(Placement, placement_id), who, items)
    return len(waiting)


def day_of(clearance: Clearance) -> date | None:
    """Return the day to remind of: when it runs out during the stay, or is due; None where nothing is to be done."""
    if clearance.state == "cleared":
        return clearance.expires_on if clearance.runs_out_on_the_way else None
    return None if clearance.state == "waived" else clearance.due_on


def _unsettled(session: Session, today: date) -> list[Clearance]:
    query = (
        select(Clearance)
        .join(Placement, Placement.id == Clearance.placement_id)
        .where(Placement.state.in_(RUNNING_PLACEMENT_STATES), Placement.ends_on >= today, Clearance.state != "waived")
        .order_by(Clearance.placement_id, Clearance.due_on, Clearance.id)
    )
    return list(session.scalars(query))


def _note(session: Session, clearance: Clearance, today: date) -> bool:
    """Write down that a reminder goes now; False where none is due, or this one went already."""
    day = day_of(clearance)
    step = next((step for step in STEPS if day is not None and (day - today).days <= step), None)
    return day is not None and step is not None and first_time(session, f"clearance_{step}", clearance, day)


def acts(clearance: Clearance) -> int:
    """Return who is to act now: the volunteer, or the VIO that sees to it or checks it."""
    if clearance.state == "submitted":
        return clearance.checked_by_vio_id
    placement = clearance.placement
    return {
        "volunteer": VOLUNTEER,
        "sending": placement.sending_vio_id,
        "receiving": placement.receiving_vio_id,
    }[clearance.owner]


def _write(session: Session, placement: Placement, who: int, items: list[Clearance]) -> None:
    values = {
        "title": placement.assignment.title,
        "host": placement.assignment.host.name,
        "vio": placement.sending_vio.name,
        "lines": joined((Words("- %(line)s", {"line": _line(one)}) for one in items), "\n"),
    }
    subject, body = (Words(words.text, values) for words in (TO_OFFICE if who else TO_VOLUNTEER))
    if who:
        write_to_coordinators(session, who, CLEARANCES, subject, body, about=placement.assignment)
    else:
        write_to_volunteer(session, placement.volunteer, CLEARANCES, subject, body)


def _line(clearance: Clearance) -> Words:
    title, day = title_of(clearance), day_of(clearance)
    if clearance.state == "cleared":
        return lazy("%(item)s: runs out on %(day)s", item=title, day=day)
    if clearance.state == "submitted":
        return lazy("%(item)s: to be checked by %(day)s", item=title, day=day)
    return lazy("%(item)s: due on %(day)s", item=title, day=day)
