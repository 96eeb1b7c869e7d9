"""Who is told what of a clearance. Letters to offices name nobody: many read them."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from webapp.models import Clearance
from webapp.services.clearance_items import title_of
from webapp.services.correspondence import write_to_coordinators, write_to_volunteer
from webapp.services.letter_kinds import CLEARANCES
from webapp.words import Words, lazy

# In the place of an office's words where none may be kept.
UNWRITTEN = lazy("Why is not written here: you have not agreed that such words are kept. Your office tells you.")
LETTERS: dict[str, dict[str, tuple[Words, Words]]] = {
    "refused": {
        "volunteer": (
            lazy("Something is in the way: %(item)s"),
            lazy(
                "“%(item)s” for your placement at %(host)s could not be cleared.\n\n%(words)s\n\n"
                "This does not count against you, here or for any other assignment. %(vio)s looks for a way with you."
            ),
        ),
    },
    "open": {
        "volunteer": (
            lazy("Please send this again: %(item)s"),
            lazy(
                "%(vio)s asks you for “%(item)s” once more, for your placement at %(host)s.\n\n%(words)s\n\n"
                "Sign in and open “Before you leave”."
            ),
        ),
    },
    "expired": {
        "volunteer": (
            lazy("This has run out: %(item)s"),
            lazy(
                "“%(item)s” for your placement at %(host)s has run out. Sign in, open “Before you leave”, and send "
                "a newer one. If you need help with it, write to %(vio)s."
            ),
        ),
        "checker": (
            lazy("A clearance has run out: %(item)s"),
            lazy("“%(item)s” has run out for a placement at %(host)s: %(title)s. Sign in to see for whom."),
        ),
    },
    "outrun": {
        "volunteer": (
            lazy("A newer one is needed: %(item)s"),
            lazy(
                "Your placement at %(host)s goes on until %(last)s. “%(item)s” covers it until %(until)s only, so it "
                "is open again. Sign in and open “Before you leave” to see who has to do what, and by when."
            ),
        ),
        "checker": (
            lazy("A clearance has to cover more days: %(item)s"),
            lazy(
                "A placement at %(host)s, %(title)s, was extended until %(last)s. “%(item)s” covers it until "
                "%(until)s only, so it is open again. Sign in to see for whom."
            ),
        ),
    },
    "waiver_asked": {
        "offices": (
            lazy("Somebody has to agree or say no: %(item)s"),
            lazy(
                "A coordinator asks that somebody may go without “%(item)s” on a placement at %(host)s: %(title)s. "
                "It needs a second person. Sign in to read the reason, and agree or say no."
            ),
        ),
    },
}


def tell(session: Session, event: str, clearance: Clearance, **values: Any) -> None:
    """Write the letters of `event`, which brings `values` of its own."""
    placement = clearance.placement
    told = {
        "item": title_of(clearance),
        "title": placement.assignment.title,
        "host": placement.assignment.host.name,
        "vio": clearance.checked_by.name,
        **values,
    }
    offices = {placement.sending_vio_id, placement.receiving_vio_id}
    for audience, (subject, body) in LETTERS[event].items():
        filled = Words(subject.text, told), Words(body.text, told)
        if audience == "volunteer":
            write_to_volunteer(session, placement.volunteer, CLEARANCES, *filled)
        else:
            for vio_id in sorted(offices if audience == "offices" else {clearance.checked_by_vio_id}):
                write_to_coordinators(session, vio_id, CLEARANCES, *filled, about=placement.assignment)
