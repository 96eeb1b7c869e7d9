"""The words of letters that carry a host's link. They name nobody: an office's mail is read by many."""

from __future__ import annotations

from datetime import date, datetime

from webapp.models import HostLink
from webapp.words import Words, joined, lazy

APPLICANTS = (
    lazy("Applicants wait for your answer: %(title)s"),
    lazy(
        "%(host)s, good day.\n\nVolunteers who have applied for “%(title)s” and wait for your answer: %(number)s. "
        "We promised an answer by %(day)s.\n\nOpen this page to see who they are and to answer each of them. You need "
        "no account:\n\n%(link)s\n\n"
    ),
)
TALKS = (
    lazy("Your shortlist: %(title)s"),
    lazy(
        "%(host)s, good day.\n\nThis page shows the applicants for “%(title)s”, and what you have answered. You need "
        "no account:\n\n%(link)s\n\n"
    ),
)
STAY = (
    lazy("Something waits for you: %(title)s"),
    lazy(
        "%(host)s, good day.\n\nThe agreement to sign, a few short questions, or both wait for you about a placement "
        "of “%(title)s”. This page shows what there is to do. You need no account:\n\n%(link)s\n\n"
    ),
)
END = lazy(
    "The link is for you alone, so please do not pass it on. It works until %(until)s; a newer letter takes its place. "
    "Opening it changes nothing: you are asked once more before anything is sent. Questions? Write to %(office)s: "
    "%(address)s."
)


def letter(found: HostLink, link: str, until: datetime, number: int, promised: date | None) -> tuple[Words, Words]:
    """Return subject and text: on a stay, on applicants who wait (how many, until when), or on the shortlist."""
    assignment = found.assignment
    subject, body = STAY if found.placement_id is not None else APPLICANTS if number else TALKS
    values = {
        "title": assignment.title,
        "host": found.host.name,
        "link": link,
        "number": number,
        "day": promised or "",
    }
    end = lazy(END.text, until=until.date(), office=assignment.vio.name, address=assignment.vio.contact_email)
    return Words(subject.text, values), joined((Words(body.text, values), end), "")
