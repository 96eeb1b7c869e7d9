"""The letters about offers to people who go together: event -> audience -> subject and text."""

from __future__ import annotations

from webapp.words import Words, lazy

JOINT_LETTERS: dict[str, dict[str, tuple[Words, Words]]] = {
    "offer_made_together": {
        "volunteer": (
            lazy("You have an offer together: %(title)s"),
            lazy(
                "%(vio)s offers places at %(host)s to all of you who go together (%(names)s): %(title)s, from "
                "%(first)s to %(last)s.\n\n%(words)s\n\nPlease answer by %(day)s: sign in, open your application, and "
                "accept or decline. The places are yours when all of you have accepted by then. If one of you "
                "declines, it does not count against anybody."
            ),
        ),
    },
    "offers_made_together": {
        "host": (
            lazy("Places were offered: %(title)s"),
            lazy(
                "%(vio)s has offered places of %(title)s to applicants of yours who go together, from %(first)s to "
                "%(last)s. They answer by %(day)s; we tell you then."
            ),
        ),
    },
    "offer_agreed": {
        "volunteer": (
            lazy("%(name)s has said yes: %(title)s"),
            lazy(
                "%(name)s accepts the offer for %(title)s at %(host)s. It holds when all of you have accepted. Please "
                "answer by %(day)s: sign in and open your application."
            ),
        ),
    },
    "offer_not_together": {
        "volunteer": (
            lazy("An offer does not stand any more: %(title)s"),
            lazy(
                "The places for %(title)s at %(host)s were offered to all of you who go together. Not all of you could "
                "say yes, so the offer has ended for everybody. This says nothing about you. Your application stays as "
                "it is. If you want to go alone, end it under “Going together”, or write to %(vio)s."
            ),
        ),
        "host": (
            lazy("An offer has ended: %(title)s"),
            lazy("An offer for %(title)s to people who go together has ended. The place is free again."),
        ),
        "offices": (
            lazy("An offer to people who go together has ended: %(title)s"),
            lazy(
                "Not all of those who go together said yes to %(title)s at %(host)s, so the offer has ended for all of "
                "them; the places are free again."
            ),
        ),
    },
    "companion_gone": {
        "volunteer": (
            lazy("Somebody who was to go with you does not: %(title)s"),
            lazy(
                "You were to be at %(host)s together. One of you does not go, or has stopped. Nothing changes for you "
                "by itself: %(vio)s talks with you about how it goes on for you."
            ),
        ),
        "offices": (
            lazy("Please decide how it goes on: %(title)s"),
            lazy(
                "Somebody who was to be at %(host)s together with others does not go, or has stopped: %(title)s. Talk "
                "to those who are left. Whoever receives decides on the page of their placement whether it goes on."
            ),
        ),
    },
    "goes_on_alone": {
        "volunteer": (
            lazy("Your placement goes on: %(title)s"),
            lazy(
                "Your placement at %(host)s goes on, from %(first)s to %(last)s: %(title)s. If this is not right for "
                "you, write to %(vio)s or step back on the page of the placement; it does not count against you."
            ),
        ),
        "host": (
            lazy("A placement goes on: %(title)s"),
            lazy("The placement for %(title)s goes on as agreed, from %(first)s to %(last)s."),
        ),
    },
}
