"""Whether there is time for the visa that a placement still needs: before its first day, and before it is extended."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from webapp.models import Clearance, Placement
from webapp.services import clearances, country_notes
from webapp.services.clearance_lists import clearances_of
from webapp.words import Words

VISA = "right_to_work"


def warning(session: Session, placement: Placement, today: date) -> Words | None:
    """Return words where the visa that is still asked for takes longer than there is time."""
    asked = [one for one in clearances_of(session, placement) if _is_asked(one)]
    if not asked or not placement.is_running:
        return None
    notes = country_notes.for_placement(session, placement)
    if placement.state == "preparing":
        return country_notes.visa_warning(notes, placement.starts_on, today)
    return country_notes.renewal_warning(notes, asked[0].due_on, today)


def extension_warning(session: Session, placement: Placement, ends_on: date, today: date) -> Words | None:
    """Return the same for a stay that would go on until `ends_on`."""
    found = [one for one in clearances.outrun(session, placement, ends_on) if one.item == VISA]
    if not found:
        return None
    return country_notes.renewal_warning(
        country_notes.for_placement(session, placement), found[0].expires_on or today, today
    )


def _is_asked(clearance: Clearance) -> bool:
    return clearance.item == VISA and clearance.state not in ("cleared", "waived")
