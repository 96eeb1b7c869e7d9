"""The words around what a letter with a host's link tells of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from webapp.models import HostLink
from webapp.services.by_mail.events import Event, Standing, values
from webapp.words import Words, joined, lazy

BODY = lazy("%(host)s, good day.\n\n%(news)s\n\nOpen your page here. You need no account:\n\n%(link)s\n\n")
END = lazy(
    "The link is for you alone, so please do not pass it on. It works until %(until)s; a newer letter takes its place. "
    "Opening it changes nothing: you are asked once more before anything is sent. Questions? Write to %(office)s: "
    "%(address)s."
)


def letter(found: HostLink, told: Sequence[Event], now: Standing, link: str, until: datetime) -> tuple[Words, Words]:
    """Return subject and text of a letter that tells of events, the most pressing first."""
    facts, office = values(found, now), found.assignment.vio
    news = joined(Words(event.news.text, facts) for event in told)
    body = lazy(BODY.text, host=found.host.name, news=news, link=link)
    end = lazy(END.text, until=until.date(), office=office.name, address=office.contact_email)
    return Words(told[0].subject.text, facts), joined((body, end), "")
