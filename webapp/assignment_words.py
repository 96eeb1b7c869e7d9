"""Short wordings of an assignment that cards, leads and the full list of facts share."""

from __future__ import annotations

from webapp import vocabulary
from webapp.i18n import day, translate
from webapp.models import Assignment, AssignmentLanguage, AssignmentSkill, MoneyLine
from webapp.tongue import gettext as _
from webapp.tongue import ngettext
from webapp.words import Words

VISITOR, VOLUNTEER, COORDINATOR = "visitor", "volunteer", "coordinator"  # who reads; a host reads as a volunteer does


def place_words(assignment: Assignment, language: str) -> str:
    """Return the place with its country, or that the work is done online; blank where it is not stated."""
    where = ", ".join(filter(None, [assignment.location, vocabulary.country_name(assignment.country, language)]))
    if assignment.mode == "online":
        return _("online, for %(place)s", place=where) if where else _("online")
    return where


def dates_words(assignment: Assignment) -> str:
    """Return from when to when, as far as it is known."""
    start, end = day(assignment.start_on), day(assignment.end_on)
    if start and end:
        return _("%(first)s to %(last)s", first=start, last=end)
    if start:
        return _("from %(first)s", first=start)
    return _("until %(day)s", day=end) if end else ""


def stay_words(assignment: Assignment) -> str:
    """Return the dates and the shortest stay."""
    weeks = assignment.weeks
    stay = ngettext("at least %(num)s week", "at least %(num)s weeks", weeks) if weeks else ""
    return "; ".join(filter(None, [dates_words(assignment), stay])) or _("dates not stated")


def home_words(assignment: Assignment) -> str:
    """Return where one lives, with water, power and internet."""
    facts = [
        assignment.lodging,
        coded(vocabulary.WATER, assignment.water),
        coded(vocabulary.POWER, assignment.power),
        coded(vocabulary.INTERNET, assignment.internet),
    ]
    return "; ".join(filter(None, facts))


def money_words(line: MoneyLine, reader: str = VOLUNTEER) -> str:
    """Return who pays whom, what, how much and when; said to the volunteer unless a coordinator reads."""
    what = f"{line.what}, {line.amount}" + (f" ({line.when})" if line.when else "")
    payer, payee = coded(vocabulary.PAYERS, line.payer), coded(vocabulary.PAYERS, line.payee)
    if line.payee == "volunteer" and reader != COORDINATOR:
        return _("you receive from %(payer)s: %(what)s", payer=payer, what=what)
    if line.payer == "volunteer" and reader != COORDINATOR:
        return _("you pay to %(payee)s: %(what)s", payee=payee, what=what)
    return _("%(payer)s pays to %(payee)s: %(what)s", payer=payer, payee=payee, what=what)


def skill_words(asked: AssignmentSkill, language: str) -> str:
    """Return a skill with its level and whether a licence is needed."""
    words = vocabulary.skill_label(asked.skill, language)
    if asked.level:
        words = f"{words}: {translate(vocabulary.LEVELS[asked.level])}"
    return _("%(skill)s (a licence is needed)", skill=words) if asked.needs_licence else words


def language_words(asked: AssignmentLanguage, language: str) -> str:
    """Return a language with its lowest level, and whether safety depends on it."""
    name = vocabulary.language_name(asked.language, language)
    if not asked.is_required:
        return _("%(name)s helps", name=name)
    line = f"{name}: {translate(vocabulary.CEFR[asked.level])}"
    return _("%(line)s (safety depends on it)", line=line) if asked.for_safety else line


def coded(table: dict[str, Words], code: str | None) -> str:
    """Return the words of a code, blank where there is none."""
    return translate(table[code]) if code in table else code or ""
