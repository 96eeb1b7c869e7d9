"""The letters about offers and placements: event -> audience -> subject and text."""

from __future__ import annotations

from webapp.words import Words, lazy

Letter = tuple[Words, Words]

LETTERS: dict[str, dict[str, Letter]] = {
    "offer_made": {
        "volunteer": (
            lazy("You have an offer: %(title)s"),
            lazy(
                "%(vio)s offers you a place at %(host)s: %(title)s, from %(first)s to %(last)s.\n\n%(words)s\n\n"
                "Please answer by %(day)s. Sign in, open your application, and accept or decline. "
                "If you decline, it does not count against you."
            ),
        ),
        "host": (
            lazy("A place was offered: %(title)s"),
            lazy(
                "%(vio)s has offered a place of %(title)s to one of your applicants, from %(first)s to %(last)s. "
                "The person answers by %(day)s; we tell you then."
            ),
        ),
    },
    "offer_withdrawn": {
        "volunteer": (
            lazy("An offer does not stand any more: %(title)s"),
            lazy(
                "%(vio)s has had to take back the offer for %(title)s at %(host)s. This says nothing about you.\n\n"
                "%(reason)s\n\n%(words)s\n\nYour application stays as it is; the office decides how it goes on."
            ),
        ),
        "host": (
            lazy("An offer was taken back: %(title)s"),
            lazy("%(vio)s has taken back an offer for %(title)s. The place is free again."),
        ),
        "offices": (
            lazy("An offer was taken back: %(title)s"),
            lazy("The offer for %(title)s at %(host)s was taken back. Ask %(vio)s if you want to know more."),
        ),
    },
    "offer_accepted": {
        "volunteer": (
            lazy("You have a place: %(title)s"),
            lazy(
                "You accepted the place at %(host)s: %(title)s, from %(first)s to %(last)s. Now it is being prepared. "
                "Sign in and open “My placement” to see what comes next."
            ),
        ),
        "host": (
            lazy("Your offer was accepted: %(title)s"),
            lazy(
                "The person whom %(vio)s offered a place of %(title)s has accepted, from %(first)s to %(last)s. "
                "Sign in to see the placement."
            ),
        ),
        "offices": (
            lazy("An offer was accepted: %(title)s"),
            lazy(
                "The offer for %(title)s at %(host)s was accepted, from %(first)s to %(last)s. "
                "The placement is to be prepared. Sign in to see it."
            ),
        ),
    },
    "offer_declined": {
        "host": (
            lazy("An offer was declined: %(title)s"),
            lazy("The person to whom a place of %(title)s was offered has declined. The place is free again."),
        ),
        "offices": (
            lazy("An offer was declined: %(title)s"),
            lazy(
                "The offer for %(title)s at %(host)s was declined; the place is free again. "
                "Sign in to see the reason and decide how it goes on."
            ),
        ),
    },
    "offer_expired": {
        "volunteer": (
            lazy("An offer has ended: %(title)s"),
            lazy(
                "The day to answer the offer for %(title)s at %(host)s has passed, so the place is free again. "
                "This does not count against you. If you still want it, write to %(vio)s: it can offer it again."
            ),
        ),
        "host": (
            lazy("An offer has ended: %(title)s"),
            lazy("An offer for %(title)s was not answered in time. The place is free again."),
        ),
        "offices": (
            lazy("An offer was not answered in time: %(title)s"),
            lazy(
                "The offer for %(title)s at %(host)s was not answered in time; the place is free again. "
                "Sign in to offer it again or to decline kindly."
            ),
        ),
    },
    "placement_started": {
        "volunteer": (
            lazy("Your placement has begun: %(title)s"),
            lazy("Welcome. Your placement at %(host)s has begun: %(title)s, until %(last)s."),
        ),
        "host": (
            lazy("A placement has begun: %(title)s"),
            lazy("The placement for %(title)s has begun and goes until %(last)s."),
        ),
        "offices": (
            lazy("A placement has begun: %(title)s"),
            lazy("The placement for %(title)s at %(host)s has begun and goes until %(last)s."),
        ),
    },
    "placement_extended": {
        "volunteer": (
            lazy("Your placement goes on: %(title)s"),
            lazy("Your placement at %(host)s, %(title)s, now goes until %(last)s instead of %(before)s."),
        ),
        "host": (
            lazy("A placement goes on: %(title)s"),
            lazy("The placement for %(title)s now goes until %(last)s instead of %(before)s."),
        ),
        "offices": (
            lazy("A placement goes on: %(title)s"),
            lazy("The placement for %(title)s at %(host)s now goes until %(last)s instead of %(before)s."),
        ),
    },
    "placement_completed": {
        "volunteer": (
            lazy("Thank you: %(title)s"),
            lazy(
                "Your placement at %(host)s, %(title)s, is complete. Thank you for your work. "
                "Sign in and say how it was: it helps those who come after you."
            ),
        ),
        "host": (
            lazy("A placement is complete: %(title)s"),
            lazy("The placement for %(title)s is complete. Thank you for hosting. Sign in and say how it was."),
        ),
        "offices": (
            lazy("A placement is complete: %(title)s"),
            lazy("The placement for %(title)s at %(host)s is complete."),
        ),
    },
    "placement_ended_early": {
        "volunteer": (
            lazy("Your placement has ended: %(title)s"),
            lazy(
                "Your placement at %(host)s, %(title)s, has ended before its last day.\n\n%(reason)s\n\n%(words)s\n\n"
                "Write to %(vio)s if you need anything. Sign in and say how it was."
            ),
        ),
        "host": (
            lazy("A placement has ended early: %(title)s"),
            lazy("The placement for %(title)s has ended before its last day. The place is free again."),
        ),
        "offices": (
            lazy("A placement has ended early: %(title)s"),
            lazy("The placement for %(title)s at %(host)s has ended before its last day. Sign in to see why."),
        ),
    },
    "placement_cancelled": {
        "volunteer": (
            lazy("A placement does not take place: %(title)s"),
            lazy(
                "The placement at %(host)s, %(title)s, does not take place.\n\n%(reason)s\n\n%(words)s\n\n"
                "Write to %(vio)s if you have questions."
            ),
        ),
        "host": (
            lazy("A placement does not take place: %(title)s"),
            lazy("The placement for %(title)s from %(first)s does not take place. The place is free again."),
        ),
        "offices": (
            lazy("A placement does not take place: %(title)s"),
            lazy("The placement for %(title)s at %(host)s from %(first)s does not take place. Sign in to see why."),
        ),
    },
    "debrief_open": {
        "volunteer": (
            lazy("Your last week: how was it? %(title)s"),
            lazy(
                "Your placement at %(host)s, %(title)s, goes until %(last)s. From now on you can say how it was: eight "
                "short questions, about five minutes. Sign in and open “My placement”.\n\nThe host reads what you say "
                "only when both of you have answered, or 30 days after the end."
            ),
        ),
        "host": (
            lazy("The last week of a placement: how was it? %(title)s"),
            lazy(
                "The placement for %(title)s goes until %(last)s. From now on you can say how it was: eight short "
                "questions, about five minutes. Sign in and open “Placements”.\n\nThe volunteer reads what you say "
                "only when both of you have answered, or 30 days after the end."
            ),
        ),
        "offices": (
            lazy("A placement is in its last week: %(title)s"),
            lazy(
                "The placement for %(title)s at %(host)s goes until %(last)s. Volunteer and host were asked how it "
                "was. Whoever receives asks the community too: by a link to somebody there, or in a talk."
            ),
        ),
    },
    "debrief_reminder": {
        "volunteer": (
            lazy("You can still say how it was: %(title)s"),
            lazy(
                "Your placement at %(host)s, %(title)s, is over, and you have not said yet how it was. It takes about "
                "five minutes and helps those who come after you: sign in and open “My placement”. This is the only "
                "reminder."
            ),
        ),
        "host": (
            lazy("You can still say how it was: %(title)s"),
            lazy(
                "The placement for %(title)s is over, and you have not said yet how it was. It takes about five "
                "minutes: sign in and open “Placements”. This is the only reminder."
            ),
        ),
    },
}
