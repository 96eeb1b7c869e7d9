"""Clearances in the reader's words, for the pages of every role."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from webapp.i18n import day, translate
from webapp.models import Clearance
from webapp.services.clearance_board import TO_DO
from webapp.services.clearance_items import title_of, what_of


@dataclass(frozen=True)
class Shown:
    """One item of a checklist as it is printed: by when where it is still to be done, and what is to be known of it."""

    clearance: Clearance
    title: str
    what: str
    owner: str
    due: str
    note: str
    is_late: bool


def shown(clearance: Clearance, today: date) -> Shown:
    """Return an item in words."""
    is_settled = clearance.holds(today)
    return Shown(
        clearance=clearance,
        title=translate(title_of(clearance)),
        what=translate(what_of(clearance)),
        owner=owner_name(clearance),
        due=_("Due by %(day)s.", day=day(clearance.due_on)) if clearance.state in TO_DO else "",
        note=_note(clearance),
        is_late=not is_settled and clearance.state != "submitted" and clearance.due_on < today,
    )


def all_shown(found: Iterable[Clearance], today: date) -> list[Shown]:
    """Return items in words."""
    return [shown(one, today) for one in found]


def owner_name(clearance: Clearance) -> str:
    """Return who sees to it: the volunteer, or the office by its name."""
    placement = clearance.placement
    names = {"sending": placement.sending_vio.name, "receiving": placement.receiving_vio.name}
    return names.get(clearance.owner) or _("the volunteer")


def _note(clearance: Clearance) -> str:
    if clearance.runs_out_on_the_way:
        return _("Runs out on %(day)s, before the stay ends.", day=day(clearance.expires_on))
    if clearance.state == "cleared":
        return _("Holds until %(day)s.", day=day(clearance.expires_on)) if clearance.expires_on else ""
    if clearance.state == "expired":
        return _("Ran out on %(day)s.", day=day(clearance.expires_on))
    if clearance.state == "submitted":
        return _("%(vio)s checks it.", vio=clearance.checked_by.name)
    return ""
