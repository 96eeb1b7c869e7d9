"""All reminders that are due, kind by kind, each in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy.orm import Session

from webapp.db import Sessions
from webapp.services import access_reviews
from webapp.services.reminders import agreements, holding, next_words, promises, stays, verifications

# A second day that passes is told before a first one is moved: nobody gets both letters at once.
STEPS: dict[str, Callable[[Session, date], int]] = {
    "hosts": promises.remind_hosts,
    "broken": promises.own_up,
    "renewed": promises.renew,
    "offices": promises.tell_offices,
    "shortlists": next_words.remind_hosts,
    "no_words": next_words.own_up,
    "words_late": next_words.tell_offices,
    "offers": stays.remind_of_offers,
    "agreements": agreements.remind,
    "starts": stays.tell_of_late_starts,
    "extensions": stays.tell_of_agreed_days,
    "ends": stays.tell_of_late_ends,
    "bars": holding.remind_of_bars,
    "held": holding.remind_of_held,
    "verifications": verifications.remind,
    "access": access_reviews.remind,
}


def send_due(sessions: Sessions, today: date) -> dict[str, int]:
    """Write what is due on `today` into the outbox; return how much of each kind. What went before does not go again.

    A kind that is interrupted leaves nothing behind, neither notes nor letters, and is done the next time.
    """
    done = {}
    for name, step in STEPS.items():
        with sessions() as session:
            done[name] = step(session, today)
    return done
