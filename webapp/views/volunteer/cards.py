"""An opening as the volunteer's pages print it: facts and reasons in the reader's language."""

from __future__ import annotations

from typing import Any

from webapp import clock, vocabulary
from webapp.addresses import address
from webapp.assignment_words import home_words, money_words, place_words, stay_words
from webapp.i18n import day, translate
from webapp.models import Assignment, Volunteer
from webapp.promise_words import why_later
from webapp.services import applications, promised_days
from webapp.services.openings import Opening
from webapp.tongue import gettext as _
from webapp.views.volunteer.fit import Fit, explained, fit_of_match
from webapp.views.volunteer.forms.fields import language
from webapp.words import Words, lazy
from webapp.working_days import holidays_between

LONGEST_EXCERPT = 260
ANSWERED: dict[str, Words] = {
    "ask": lazy("You want to be asked about this: %(condition)s."),
    "cannot": lazy("You said that you cannot live with this: %(condition)s."),
}


def card_of(opening: Opening, fit: Fit | None) -> dict[str, Any]:
    """Return all that a card of an opening prints; `fit` is None where nothing may be compared."""
    assignment = opening.assignment
    return {
        **link_of(opening),
        "host": assignment.host.name,
        "dates": stay_words(assignment),
        "fit": fit,
        "day": plain_day(assignment),
        "answer": answer(assignment),
        "conflicts": conflict_words(opening),
        "is_applied": opening.is_applied,
    }


def cards_of(volunteer: Volunteer, found: list[Opening], may_compare: bool) -> list[dict[str, Any]]:
    """Return the cards of some openings; those without a kept match are explained now, where she may be matched."""
    cards = []
    for one in found:
        fit = fit_of_match(one.match) if one.match else explained(volunteer, one.assignment) if may_compare else None
        cards.append(card_of(one, fit))
    return cards


def link_of(opening: Opening) -> dict[str, Any]:
    """Return title, address and score of an opening."""
    assignment, match = opening.assignment, opening.match
    return {
        "title": assignment.title,
        "url": address("volunteer.assignment", assignment_id=assignment.id),
        "where": where(assignment),
        "score": match.score if match else None,
    }


def where(assignment: Assignment) -> str:
    """Return country and place, or that the work is done online."""
    return place_words(assignment, language()) or _("place not stated")


def plain_day(assignment: Assignment) -> list[tuple[str, str]]:
    """Return a plain day there: tasks, home, team, money and the hardest thing; blank is printed as not known."""
    return [
        (_("A day there"), excerpt(assignment.plain_day or assignment.tasks)),
        (_("Lodging"), _("your own") if assignment.mode == "online" else home_words(assignment)),
        (_("Team"), team(assignment)),
        (_("Money"), "; ".join(money_words(line) for line in assignment.money)),
        (_("The hardest thing"), excerpt(assignment.hardest_thing)),
    ]


def team(assignment: Assignment) -> str:
    """Return with whom one works, and who helps."""
    facts = []
    if assignment.counterpart:
        facts.append(_("you work beside %(name)s", name=assignment.counterpart))
    if assignment.supervisor:
        facts.append(_("%(name)s leads you", name=assignment.supervisor))
    return "; ".join(facts)


def excerpt(text: str) -> str:
    """Return the beginning of a text, cut between words."""
    flat = " ".join(text.split())
    if len(flat) <= LONGEST_EXCERPT:
        return flat
    cut = flat[:LONGEST_EXCERPT]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut) + "…"


def answer(assignment: Assignment) -> str:
    """Return who answers an application sent today, and by when."""
    last = applications.answer_day(assignment, clock.today())
    words = _("%(host)s answers by %(day)s if you apply today.", host=assignment.host.name, day=day(last))
    asked = applications.asked_day(assignment, clock.today())
    return f"{words} {why_later(holidays_between(promised_days.sides(assignment), asked, last))}".strip()


def conflict_words(opening: Opening) -> list[str]:
    """Return what of the assignment meets the volunteer's own conditions of life."""
    words = []
    for conflict in opening.conflicts:
        condition = translate(vocabulary.CONDITIONS[conflict.condition])
        words.append(translate(Words(ANSWERED[conflict.answer].text, {"condition": condition})))
    return words
