"""An opening as the volunteer's pages print it: facts and reasons in the reader's language."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from webapp import clock, explain, vocabulary
from webapp.i18n import translate
from webapp.models import Assignment, Match, MoneyLine
from webapp.services import applications
from webapp.services.openings import Opening
from webapp.views.volunteer.forms.fields import language
from webapp.words import Words, lazy

LONGEST_EXCERPT = 260
ANSWERED: dict[str, Words] = {
    "ask": lazy("You want to be asked about this: %(condition)s."),
    "cannot": lazy("You said that you cannot live with this: %(condition)s."),
}


def card_of(opening: Opening) -> dict[str, Any]:
    """Return all that a card of an opening prints."""
    assignment, match = opening.assignment, opening.match
    return {
        **link_of(opening),
        "host": assignment.host.name,
        "where": where(assignment),
        "dates": dates(assignment),
        "lines": lines_of(match) if match else [],
        "missing": explain.missing_words(match.missing, language()) if match and opening.is_near else [],
        "day": plain_day(assignment),
        "answer": answer(assignment),
        "conflicts": conflict_words(opening),
        "is_applied": opening.is_applied,
    }


def link_of(opening: Opening) -> dict[str, Any]:
    """Return title, address and score of an opening."""
    assignment, match = opening.assignment, opening.match
    return {
        "title": assignment.title,
        "url": url_for("volunteer.assignment", assignment_id=assignment.id),
        "where": where(assignment),
        "score": match.score if match else None,
        "band": band_words(match.band) if match else None,
    }


def lines_of(match: Match) -> list[explain.Line]:
    """Return the reasons of a match, said to the volunteer."""
    return explain.sentences(match.reasons, language(), explain.VOLUNTEER)


def band_words(band: int) -> str:
    """Return a band as a range of points."""
    return f"{band * 2}–{min(100, band * 2 + 2)}"


def where(assignment: Assignment) -> str:
    """Return country and place, or that the work is done online."""
    parts = [assignment.location, vocabulary.country_name(assignment.country, language()) if assignment.country else ""]
    place = ", ".join(part for part in parts if part)
    if assignment.mode == "online":
        return _("online, for %(place)s", place=place) if place else _("online")
    return place or _("place not stated")


def dates(assignment: Assignment) -> str:
    """Return first and last day and the shortest stay."""
    parts = []
    if assignment.start_on and assignment.end_on:
        parts.append(_("%(first)s to %(last)s", first=day(assignment.start_on), last=day(assignment.end_on)))
    elif assignment.start_on:
        parts.append(_("from %(first)s", first=day(assignment.start_on)))
    if assignment.weeks:
        parts.append(ngettext("at least %(num)s week", "at least %(num)s weeks", assignment.weeks))
    return "; ".join(parts) or _("dates not stated")


def day(value: date) -> str:
    """Return a date in the reader's way."""
    return str(format_date(value, "d MMM y"))


def plain_day(assignment: Assignment) -> list[tuple[str, str]]:
    """Return a plain day there: tasks, home, team, money and the hardest thing; blank is printed as not known."""
    return [
        (_("A day there"), excerpt(assignment.plain_day or assignment.tasks)),
        (_("Home"), _("your own") if assignment.mode == "online" else home(assignment)),
        (_("Team"), team(assignment)),
        (_("Money"), "; ".join(money_words(line) for line in assignment.money)),
        (_("The hardest thing"), excerpt(assignment.hardest_thing)),
    ]


def home(assignment: Assignment) -> str:
    """Return where one lives, with water, power and internet."""
    tables = (
        (vocabulary.WATER, assignment.water),
        (vocabulary.POWER, assignment.power),
        (vocabulary.INTERNET, assignment.internet),
    )
    facts = [assignment.lodging, *(translate(table[code]) for table, code in tables if code in table)]
    return "; ".join(fact for fact in facts if fact)


def team(assignment: Assignment) -> str:
    """Return with whom one works, and who helps."""
    facts = []
    if assignment.counterpart:
        facts.append(_("you work beside %(name)s", name=assignment.counterpart))
    if assignment.supervisor:
        facts.append(_("%(name)s leads you", name=assignment.supervisor))
    return "; ".join(facts)


def money_words(line: MoneyLine) -> str:
    """Return who pays whom, what, how much and when."""
    words = _(
        "%(payer)s → %(payee)s: %(what)s, %(amount)s",
        payer=translate(vocabulary.PAYERS[line.payer]) if line.payer != "volunteer" else _("you"),
        payee=translate(vocabulary.PAYERS[line.payee]) if line.payee != "volunteer" else _("you"),
        what=line.what,
        amount=line.amount,
    )
    return f"{words} ({line.when})" if line.when else words


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
    return _("%(host)s answers by %(day)s if you apply today.", host=assignment.host.name, day=day(last))


def conflict_words(opening: Opening) -> list[str]:
    """Return what of the assignment meets the volunteer's own conditions of life."""
    words = []
    for conflict in opening.conflicts:
        condition = translate(vocabulary.CONDITIONS[conflict.condition])
        words.append(translate(Words(ANSWERED[conflict.answer].text, {"condition": condition})))
    return words
