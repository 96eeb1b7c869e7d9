"""How an application went in words to its volunteer, and what comes next."""

from __future__ import annotations

from flask_babel import gettext as _

from webapp import clock
from webapp.db import Session
from webapp.i18n import day, moment, translate
from webapp.models import Application
from webapp.services.timeline import Next, next_step, timeline
from webapp.words import Words, lazy

HAPPENED: dict[tuple[str, str], tuple[Words, str]] = {
    ("application", "submitted"): (lazy("You applied."), "met"),
    ("application", "promise_renewed"): (lazy("The answer was late; the office moved the day once."), "missing"),
    ("application", "promise_rested"): (lazy("A pause of the host is over; you have a new day."), "going"),
    ("application", "shortlisted"): (lazy("The host put you on the shortlist and now sees your contact data."), "met"),
    ("application", "interview"): (lazy("You are invited to an interview."), "met"),
    ("application", "selected"): (lazy("The office chose you."), "met"),
    ("application", "declined"): (lazy("The application was declined."), "missing"),
    ("application", "withdrawn"): (lazy("You withdrew the application."), "missing"),
    ("offer", "made"): (lazy("You got an offer."), "met"),
    ("offer", "agreed"): (lazy("You said yes. It holds when all of you have."), "met"),
    ("offer", "accepted"): (lazy("You accepted the offer."), "met"),
    ("offer", "declined"): (lazy("You declined the offer."), "missing"),
    ("offer", "expired"): (lazy("The offer ended without an answer."), "missing"),
    ("offer", "withdrawn"): (lazy("The offer was taken back."), "missing"),
    ("placement", "preparing"): (lazy("Your placement is being prepared."), "met"),
    ("placement", "active"): (lazy("Your placement began."), "met"),
    ("placement", "extended"): (lazy("Your placement was extended."), "met"),
    ("placement", "completed"): (lazy("Your placement was completed."), "met"),
    ("placement", "ended_early"): (lazy("Your placement ended early."), "missing"),
    ("placement", "cancelled"): (lazy("The placement was cancelled."), "missing"),
}

NEXT_WORDS = ("host_writes", "talk", "office_decides")  # what comes next, where it is a word of host or office


def events_of(found: Application) -> list[dict[str, str]]:
    """Return what happened, and behind it what is to come, for the component `timeline`."""
    events = []
    for step in timeline(Session(), found):
        words, kind = HAPPENED[step.kind, step.state]
        event = {"at": moment(step.at), "text": translate(words), "kind": kind}
        if step.state in ("extended", "promise_renewed", "promise_rested") and step.day:
            event["note"] = _("until %(day)s", day=day(step.day))
        events.append(event)
    to_come = next_step(Session(), found)
    return events + ([_to_come(found, to_come)] if to_come else [])


def _to_come(found: Application, to_come: Next) -> dict[str, str]:
    host, vio, when = found.assignment.host.name, found.assignment.vio.name, day(to_come.day)
    is_late = to_come.code == "host_answers" and to_come.day is not None and to_come.day < clock.today()
    words = {
        "host_answers": _("%(host)s answers by %(day)s.", host=host, day=when),
        "host_writes": _("%(host)s gets in touch with you.", host=host),
        "talk": _("%(vio)s agrees with you on a day to talk.", vio=vio),
        "office_decides": _("%(vio)s decides how it goes on.", vio=vio),
        "you_answer": _("You answer the offer by %(day)s.", day=when),
        "others_answer": _("The others who go with you answer by %(day)s.", day=when),
        "preparation": _("%(vio)s prepares the placement with you; it begins on %(day)s.", vio=vio, day=when),
        "stay": _("Your placement goes until %(day)s.", day=when),
        "debrief": _("You say how it was; it helps those who come after you."),
        "alumni": _("If you like, you join the alumni: see “Alumni”."),
    }
    if to_come.day is not None and to_come.day < clock.today():  # the office has yet to say that it begins, or is over
        words["preparation"] = _("It was to begin on %(day)s. %(vio)s sees that it has not.", vio=vio, day=when)
        words["stay"] = _(
            "Your last day was %(day)s. %(vio)s completes the placement; then comes your certificate.",
            vio=vio,
            day=when,
        )
    late = _("%(host)s should have answered by %(day)s. The coordinator sees this too.", host=host, day=when)
    told = {
        "at": "",
        "text": late if is_late else words[to_come.code],
        "kind": "missing" if is_late else "going" if to_come.code == "stay" else "waiting",
    }
    return told | _next_word(to_come) if to_come.code in NEXT_WORDS else told


def _next_word(to_come: Next) -> dict[str, str]:
    """Say by when the next word comes, or own up that it has not."""
    when = day(to_come.day)
    if to_come.day is None or to_come.day >= clock.today():
        return {"note": _("by %(day)s", day=when)}
    return {"note": _("You should have heard by %(day)s. The coordinator sees this too.", day=when), "kind": "missing"}
