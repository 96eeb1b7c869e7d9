"""The letters about what happens between the two sides of a placement: event -> audience -> subject and text."""

from __future__ import annotations

from webapp.services.placement_letter_words import Letter
from webapp.words import lazy

STAY_LETTERS: dict[str, dict[str, Letter]] = {
    "agreement_proposed": {
        "volunteer": (
            lazy("A new wording of your agreement: %(title)s"),
            lazy(
                "Another wording of the agreement for your placement at %(host)s waits for you.\n\n%(words)s\n\n"
                "Sign in, open your placement, read it, and sign or decline. It holds only when both have signed."
            ),
        ),
        "host": (
            lazy("A new wording of the agreement: %(title)s"),
            lazy(
                "Another wording of the agreement for a placement of %(title)s waits for you.\n\n%(words)s\n\n"
                "Sign in, open the placement, read it, and sign or decline. It holds only when both have signed."
            ),
        ),
        "offices": (
            lazy("A new wording of an agreement: %(title)s"),
            lazy("Another wording of the agreement for %(title)s at %(host)s was proposed. Sign in to read it."),
        ),
    },
    "agreement_declined": {
        "volunteer": (
            lazy("A wording was declined: %(title)s"),
            lazy(
                "The proposed wording of the agreement for your placement at %(host)s was declined.\n\n%(words)s\n\n"
                "What both have signed before still holds. Sign in to propose another wording."
            ),
        ),
        "host": (
            lazy("A wording was declined: %(title)s"),
            lazy(
                "The proposed wording of the agreement for a placement of %(title)s was declined.\n\n%(words)s\n\n"
                "What both have signed before still holds. Sign in to propose another wording."
            ),
        ),
        "offices": (
            lazy("A wording was declined: %(title)s"),
            lazy("A wording of the agreement for %(title)s at %(host)s was declined. Sign in to see why."),
        ),
    },
    "agreement_signed": {
        "offices": (
            lazy("An agreement is signed: %(title)s"),
            lazy("Volunteer and host have signed the agreement for %(title)s at %(host)s. Sign in to read it."),
        ),
    },
    "check_in_due": {
        "volunteer": (
            lazy("How is it going? %(title)s"),
            lazy(
                "Five short questions about your placement at %(host)s wait for you; they take three minutes. "
                "Sign in, open your placement, and answer the check-in."
            ),
        ),
        "host": (
            lazy("How is it going? %(title)s"),
            lazy(
                "Five short questions about a placement of %(title)s wait for you; they take three minutes. "
                "Sign in, open the placement, and answer the check-in."
            ),
        ),
    },
    "check_in_missed": {
        "offices": (
            lazy("A check-in was not answered: %(title)s"),
            lazy(
                "The check-in of %(day)s for %(title)s at %(host)s was not answered by both sides. "
                "Please ask how it is going there."
            ),
        ),
    },
    "check_in_differs": {
        "offices": (
            lazy("A check-in differs from the agreement: %(title)s"),
            lazy("An answer about %(title)s at %(host)s differs from what was agreed. Sign in and look into it."),
        ),
    },
    "check_in_not_well": {
        "offices": (
            lazy("Somebody may not be well: %(title)s"),
            lazy(
                "An answer about %(title)s at %(host)s says that somebody is not safe and well. "
                "Sign in now, read it, and get in touch today."
            ),
        ),
    },
}
