"""The answers that a host can give about an applicant, each with what it says before and after."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from webapp.models import Application, User
from webapp.services import more_days, shortlists
from webapp.services.by_mail import words_to_office
from webapp.services.moves import can_move
from webapp.views.by_mail.forms import DayForm, NoForm, PlainForm, QuestionForm
from webapp.words import Words, lazy


@dataclass(frozen=True)
class Way:
    """One answer: its name, the words on its last button, what will happen, what is said after; form and service."""

    name: Words
    confirm: Words
    happens: Words
    done: Words
    form: type[PlainForm]
    act: Callable[[Session, User, Application, Any], None]
    can: Callable[[Application], bool]


# Contact data of applicants are closed then, and promised days rest.
WHILE_SUSPENDED = ("decline", "question")


def _talks(application: Application) -> bool:
    return application.state in words_to_office.TALKING


WAYS: dict[str, Way] = {
    "shortlist": Way(
        lazy("Put on the shortlist"),
        lazy("Yes, put on the shortlist"),
        lazy(
            "On the shortlist you see how to reach the person, and the person has a letter that says so. A coordinator "
            "decides the placement."
        ),
        lazy("On the shortlist. You see the contact data now, and the person has a letter that says so."),
        PlainForm,
        lambda session, account, one, _form: shortlists.shortlist(session, account, one),
        lambda one: can_move(one, "shortlisted"),
    ),
    "decline": Way(
        lazy("Not this time"),
        lazy("Decline and send the letter"),
        lazy("The person gets the reason and your words as a letter. This cannot be taken back."),
        lazy("Answered. The person gets your words as a letter."),
        NoForm,
        lambda session, account, one, form: shortlists.decline(
            session, account, one, form.reason_code.data, form.words.data
        ),
        lambda one: can_move(one, "declined"),
    ),
    "more-days": Way(
        lazy("I need more days"),
        lazy("Move the day by a week"),
        lazy("The day that we promised moves by a week, once. The person has a letter that says so."),
        lazy("You have more days. The person has a letter with the new day."),
        PlainForm,
        lambda session, account, one, _form: more_days.ask(session, account, one),
        more_days.can_ask,
    ),
    "talk": Way(
        lazy("We have a day to talk"),
        lazy("Tell the coordinators"),
        lazy("The coordinators read on which day you and the person talk."),
        lazy("The coordinators know the day."),
        DayForm,
        lambda session, account, one, form: words_to_office.tell_day(session, account, one, form.day.data),
        _talks,
    ),
    "agreed": Way(
        lazy("We have agreed"),
        lazy("Tell the coordinators"),
        lazy(
            "The coordinators read that you have talked, and that both of you would like to work together. They "
            "decide, and make the offer."
        ),
        lazy("The coordinators know that you agree. They decide, and write to both of you."),
        PlainForm,
        lambda session, account, one, _form: words_to_office.tell_agreed(session, account, one),
        _talks,
    ),
    "question": Way(
        lazy("Ask the coordinators"),
        lazy("Send the question"),
        lazy("The coordinators get your question as a letter, and answer to your address."),
        lazy("Your question is on its way. The answer comes by mail."),
        QuestionForm,
        lambda session, account, one, form: words_to_office.ask(session, account, one, form.words.data),
        lambda one: one.is_live,
    ),
}


def open_ways(application: Application) -> dict[str, Way]:
    """Return the answers that can be given now; none while the assignment is not public, few while the host rests."""
    if application.assignment.state not in shortlists.ANSWERABLE:
        return {}
    codes = WHILE_SUSPENDED if application.assignment.host.suspended_at else WAYS
    return {code: WAYS[code] for code in codes if WAYS[code].can(application)}
