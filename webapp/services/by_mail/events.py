"""What a letter with a link tells of. The words name nobody: an office's mail is read by many."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Application, HostLink
from webapp.services.letter_kinds import AGREEMENT, APPLICATIONS, CHECK_INS, DEBRIEFS, MESSAGES, OFFERS
from webapp.words import Words, lazy


@dataclass(frozen=True)
class Standing:
    """How things stand when the letter is written: who waits, until when; and the promise that was broken last."""

    number: int
    day: date | None
    before: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Event:
    """One thing to tell of: kind of letter, subject, a sentence or two, and whether it still holds."""

    kind: str
    subject: Words
    news: Words
    holds: Callable[[HostLink, Standing], bool]


def _somebody_waits(_link: HostLink, now: Standing) -> bool:
    return now.number > 0


def _is_running(link: HostLink, _now: Standing) -> bool:
    return link.placement is not None and link.placement.is_running


def _takes_place(link: HostLink, _now: Standing) -> bool:
    return link.placement is not None and link.placement.state != "cancelled"


APPLICANTS = Event(
    APPLICATIONS,
    lazy("Applicants wait for your answer: %(title)s"),
    lazy(
        "Volunteers who have applied for “%(title)s” and wait for your answer: %(number)s. We promised an answer by "
        "%(day)s."
    ),
    _somebody_waits,
)
TALKS = Event(
    APPLICATIONS,
    lazy("Your shortlist: %(title)s"),
    lazy("Your page shows the applicants for “%(title)s”, and what you have answered."),
    lambda _link, _now: True,
)
STAY = Event(
    OFFERS,
    lazy("Something waits for you: %(title)s"),
    lazy("Your page shows what there is to do about a placement of “%(title)s”."),
    lambda _link, _now: True,
)
ABOUT_APPLICANTS: dict[str, Event] = {  # the most pressing first
    "late": Event(
        APPLICATIONS,
        lazy("An answer is late: %(title)s"),
        lazy(
            "An answer on “%(title)s” that we promised by %(before)s has not come. We have told the person that it "
            "comes by %(until)s, and that the day moves only this once."
        ),
        lambda _link, now: now.before is not None,
    ),
    "applied": APPLICANTS,
    "word_soon": Event(
        APPLICATIONS,
        lazy("People on your shortlist wait to hear from you: %(title)s"),
        lazy("People on your shortlist for “%(title)s” have not heard how it goes on. Your page shows whom."),
        lambda _link, _now: True,
    ),
    "proposed": Event(
        APPLICATIONS,
        lazy("Proposed for your shortlist: %(title)s"),
        lazy("The coordinator proposes applicants for your shortlist. Your page shows whom. You decide."),
        _somebody_waits,
    ),
}
ABOUT_STAYS: dict[str, Event] = {  # the names of placement_letters; the most pressing first
    "offer_accepted": Event(
        OFFERS,
        lazy("Your offer was accepted: %(title)s"),
        lazy(
            "The person who was offered a place of “%(title)s” has accepted, from %(first)s to %(last)s. The agreement "
            "waits for you to be read and signed."
        ),
        _is_running,
    ),
    "unsigned": Event(
        AGREEMENT,
        lazy("Your signature is missing: %(title)s"),
        lazy(
            "The agreement of a placement for “%(title)s” still waits for your signature. The placement cannot begin "
            "before both sides have signed."
        ),
        _is_running,
    ),
    "agreement_proposed": Event(
        AGREEMENT,
        lazy("A new wording of the agreement: %(title)s"),
        lazy("Another wording of the agreement for a placement of “%(title)s” waits for you: sign it, or decline it."),
        _is_running,
    ),
    "agreement_declined": Event(
        AGREEMENT,
        lazy("A wording was declined: %(title)s"),
        lazy(
            "The proposed wording of the agreement for a placement of “%(title)s” was declined. Your page shows why. "
            "What both have signed before still holds."
        ),
        _is_running,
    ),
    "check_in_due": Event(
        CHECK_INS,
        lazy("How is it going? %(title)s"),
        lazy("Five short questions about a placement of “%(title)s” wait for you; they take three minutes."),
        _is_running,
    ),
    "placement_completed": Event(
        DEBRIEFS,
        lazy("A placement is complete: %(title)s"),
        lazy("The placement for “%(title)s” is complete. Thank you for hosting. Your page asks how it was."),
        _takes_place,
    ),
    "debrief_open": Event(
        DEBRIEFS,
        lazy("The last week of a placement: how was it? %(title)s"),
        lazy(
            "The placement for “%(title)s” goes until %(last)s. From now on you can say how it was: eight short "
            "questions, about five minutes. The volunteer reads what you say only when both of you have answered, or "
            "30 days after the end."
        ),
        _takes_place,
    ),
    "debrief_reminder": Event(
        DEBRIEFS,
        lazy("You can still say how it was: %(title)s"),
        lazy(
            "The placement for “%(title)s” is over, and you have not said yet how it was. It takes about five minutes. "
            "This is the only reminder."
        ),
        _takes_place,
    ),
    "messages": Event(
        MESSAGES,
        lazy("New messages wait for you: %(title)s"),
        lazy("New messages about a placement of “%(title)s” wait for you. Your page shows them, and you answer there."),
        lambda _link, _now: True,
    ),
}
ALL = ABOUT_APPLICANTS | ABOUT_STAYS


def with_event(events: str, event: str) -> str:
    """Return what a letter tells of, and one thing more; nothing stands twice."""
    return " ".join(dict.fromkeys([*events.split(), *event.split()]))


def standing(session: Session, assignment_id: int) -> Standing:
    """Return how things stand with the applicants of an assignment."""
    waiting = (Application.assignment_id == assignment_id, Application.state == "submitted")
    number, day = session.execute(select(func.count(), func.min(Application.answer_by)).where(*waiting)).one()
    late = select(Application.first_answer_by, Application.answer_by)
    late = late.where(*waiting, Application.first_answer_by < clock.today())
    newest = session.execute(late.order_by(Application.first_answer_by.desc(), Application.id).limit(1)).first()
    return Standing(number, day, *(newest or ()))


def told_of(found: HostLink, now: Standing) -> list[Event]:
    """Return what the letter tells of and still holds, most pressing first; nothing: no letter is needed any more."""
    if not found.events:
        return [STAY if found.placement_id is not None else APPLICANTS if now.number else TALKS]
    asked = found.events.split()
    return [event for code, event in ALL.items() if code in asked and event.holds(found, now)]


def values(found: HostLink, now: Standing) -> dict[str, Any]:
    """Return what the words of events name."""
    stay = found.placement
    return {
        "title": found.assignment.title,
        "first": stay.starts_on if stay else "",
        "last": stay.ends_on if stay else "",
        "number": now.number,
        "day": now.day or "",
        "before": now.before or "",
        "until": now.until or "",
    }


def kind_of(events: Iterable[Event]) -> str:
    """Return the kind of a letter that tells of these: that of the most pressing."""
    return next(event.kind for event in events)
