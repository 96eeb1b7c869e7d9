"""The counts of who could do an assignment in the reader's words: rounded numbers in, a page's rows out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from webapp import explain, vocabulary
from webapp.i18n import day, number, translate
from webapp.models import Assignment
from webapp.services import supply
from webapp.services.small_cells import FEWEST
from webapp.services.supply import Change, Counted, Requirement
from webapp.services.supply_pool import StillReading
from webapp.words import Words, lazy

CHANGES: dict[str, Words] = {
    "LANGUAGE_LOWER": lazy("%(language)s: %(level)s is enough"),
    "LANGUAGE_HELPFUL": lazy("%(language)s helps, but is not needed"),
    "SKILL_LOWER": lazy("%(skill)s: level “%(level)s” is enough"),
    "SKILL_DESIRABLE": lazy("%(skill)s is desirable, not essential"),
    "EXPERIENCE_LOWER": Words("%(experience)s"),
    "LICENCE_NOT_ASKED": lazy("%(skill)s without a licence"),
    "WEEKS_FEWER": lazy("%(value)s weeks are enough"),
    "START_EARLIER": lazy("first day %(day)s"),
    "END_LATER": lazy("last day %(day)s"),
    "ONLINE_TOO": lazy("online is possible too"),
    "ON_SITE_TOO": lazy("on site is possible too"),
    "HOURS_FEWER": lazy("%(value)s hours a week"),
    "HOURS_ANY": lazy("at any hour of the day"),
    "PLACE_INTERNATIONAL": lazy("one place for people from abroad"),
}
# Where in a host's form each rule is changed; what is missing here is not the host's to change.
SECTIONS = {
    "NO_OPEN_PLACE": ("place", "places_international"),
    "RESIDENTS_ONLY": ("place", "places_international"),
    "MODE": ("place", "mode"),
    "DATES_DO_NOT_MEET": ("place", "start_on"),
    "STAY_TOO_SHORT": ("place", "weeks"),
    "HOURS_DO_NOT_MEET": ("place", "hours"),
    "LICENCE_MISSING": ("skills", ""),
    "LANGUAGE_BELOW": ("skills", ""),
    "SKILL_BELOW": ("skills", ""),
}
FIELDS = {"skills": "skills", "languages": "skills"}  # field -> its section, where that is not the place
Link = Callable[[str, str], str]  # the address of a field, by the section and the field


@dataclass(frozen=True)
class Row:
    """One requirement: in words, how many it leaves out, what would bring people back, and where to change it."""

    text: str
    people: str
    changes: list[str]
    url: str


@dataclass(frozen=True)
class Told:
    """All that the page prints."""

    people: str
    eligible: str
    best: str
    rows: list[Row]
    rare: list[str]
    here: str
    anywhere: str
    countries: list[tuple[str, str]]
    routes: list[tuple[str, str]]


def page(session: Session, assignment: Assignment, today: date, link: Link | None = None) -> dict[str, Any]:
    """Return what the page needs: the counts in words (None: it says too little yet), whether profiles are read, and
    what the rules read and nobody has said yet."""
    try:
        counted = supply.count(session, assignment, today)
    except StillReading:
        return {"told": None, "is_reading": True, "unsaid": []}
    unsaid = [
        (translate(words), link(FIELDS.get(name, "place"), name) if link else "")
        for name, words in supply.unsaid(assignment, today).items()
    ]
    return {"told": told(counted, link) if counted else None, "is_reading": False, "unsaid": unsaid}


def told(counted: Counted, link: Link | None = None) -> Told:
    """Return the counts in words; `link` where the reader may change the assignment."""
    here = str(get_locale())
    return Told(
        people=about_words(counted.people),
        eligible=about_words(counted.eligible),
        best=_change_words(counted.best, here) if counted.best else "",
        rows=[_row(one, here, link) for one in counted.requirements],
        rare=[vocabulary.skill_label(code, here) for code in counted.rare],
        here=about_words(counted.here),
        anywhere=about_words(counted.anywhere),
        countries=[(vocabulary.country_name(code, here), about_words(people)) for code, people in counted.countries],
        routes=[(vocabulary.route_name(code, here), about_words(people)) for code, people in counted.routes],
    )


def about_words(people: int | None) -> str:
    """Return a rounded count."""
    if people is None:
        return _("fewer than %(number)s", number=number(FEWEST))
    return _("about %(number)s", number=number(people))


def _row(requirement: Requirement, language: str, link: Link | None) -> Row:
    subject = _subject(requirement, language)
    text = explain.why_not_words(requirement.rule)
    section = SECTIONS.get(requirement.rule)
    return Row(
        text=_("%(rule)s: %(subject)s", rule=text, subject=subject) if subject else text,
        people=about_words(requirement.excluded),
        changes=[_change_words(change, language) for change in requirement.changes],
        url=link(*section) if link and section else "",
    )


def _subject(requirement: Requirement, language: str) -> str:
    if not requirement.subject:
        return ""
    if requirement.rule == "LANGUAGE_BELOW":
        return f"{vocabulary.language_name(requirement.subject, language)} ({_cefr(requirement.level)})"
    label = vocabulary.skill_label(requirement.subject, language)
    return f"{label} ({translate(vocabulary.LEVELS[requirement.level])})" if requirement.level else label


def _change_words(change: Change, language: str) -> str:
    words = translate(Words(CHANGES[change.code].text, _values(change, language)))
    return _("%(change)s (%(people)s more)", change=words, people=about_words(change.brings_back))


def _values(change: Change, language: str) -> dict[str, Any]:
    value = change.value
    if change.code.startswith("LANGUAGE"):
        return {"language": vocabulary.language_name(change.subject, language), "level": _cefr(value)}
    if change.code == "EXPERIENCE_LOWER":
        return {"experience": translate(vocabulary.EXPERIENCE_LEVELS[value])}
    if change.subject:
        level = translate(vocabulary.LEVELS[value]) if value else ""
        return {"skill": vocabulary.skill_label(change.subject, language), "level": level}
    return {"day": day(value)} if isinstance(value, date) else {"value": value}


def _cefr(level: str | None) -> str:
    """Return a level of a language as forms name it; a first language has no short name of its own."""
    return translate(vocabulary.CEFR["N"]) if level == "N" else level or ""
