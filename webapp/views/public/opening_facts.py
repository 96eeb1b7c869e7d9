"""The facts of an assignment in words, without the names of people."""

from __future__ import annotations

from flask_babel import format_date, gettext, ngettext

from webapp import vocabulary
from webapp.i18n import translate
from webapp.models import Assignment
from webapp.words import Words

Facts = list[tuple[str, str]]


def where_and_when(assignment: Assignment, language: str) -> Facts:
    """Return where, when, how long and for whom."""
    weeks, hours = assignment.weeks, assignment.hours
    country = vocabulary.country_name(assignment.country, language)
    facts = [
        (gettext("Country"), country),
        (gettext("Place"), assignment.location),
        (gettext("How"), _word(vocabulary.MODES, assignment.mode)),
        (gettext("First day"), format_date(assignment.start_on) if assignment.start_on else ""),
        (gettext("Last day"), format_date(assignment.end_on) if assignment.end_on else ""),
        (gettext("Shortest stay"), ngettext("%(num)s week", "%(num)s weeks", weeks) if weeks else ""),
        (gettext("Hours a week"), str(hours or "")),
        (gettext("For whom"), _word(vocabulary.EXPERIENCE_LEVELS, assignment.experience_level)),
        (gettext("Field"), vocabulary.sector_label(assignment.sector, language)),
        (gettext("Open places"), _places(assignment)),
        (gettext("Goals"), "; ".join(_goals(assignment, language))),
    ]
    return [(label, value) for label, value in facts if value]


def _places(assignment: Assignment) -> str:
    kinds = (
        (gettext("for people from abroad"), assignment.places_international),
        (gettext("for people of the country"), assignment.places_national),
        (gettext("for people of the place"), assignment.places_local),
    )
    return ", ".join(f"{count} {words}" for words, count in kinds if count)


def _goals(assignment: Assignment, language: str) -> list[str]:
    goals = sorted({target.partition(".")[0] for target in assignment.sdg_targets}, key=lambda goal: (len(goal), goal))
    return [vocabulary.goal_label(goal, language) for goal in goals if goal in vocabulary.reference().sdg_goals]


def day_of(assignment: Assignment) -> Facts:
    """Return the tasks and the hardest thing in a line each, for a card."""
    facts = [(gettext("Tasks"), assignment.tasks), (gettext("The hardest thing"), assignment.hardest_thing)]
    return [(label, _short(value)) for label, value in facts if value]


def conditions_of(assignment: Assignment) -> Facts:
    """Return the conditions of life that the host stated; what it did not state reads "not known"."""
    return [
        (gettext("Home"), assignment.lodging),
        (gettext("Water"), _word(vocabulary.WATER, assignment.water)),
        (gettext("Power"), _word(vocabulary.POWER, assignment.power)),
        (gettext("Internet"), _word(vocabulary.INTERNET, assignment.internet)),
        (gettext("Hours to a hospital"), _number(assignment.hospital_hours)),
        (gettext("Hottest"), _number(assignment.hottest_celsius, "°C")),
        (gettext("Coldest"), _number(assignment.coldest_celsius, "°C")),
        (gettext("Altitude"), _number(assignment.altitude_metres, "m")),
        (gettext("Walking a day"), _number(assignment.walking_km, "km")),
        (gettext("Without steps"), {"yes": gettext("yes"), "no": gettext("no")}.get(assignment.step_free or "", "")),
        (gettext("Contact with children"), _word(vocabulary.CONTACT, assignment.contact_children)),
        (gettext("Contact with adults at risk"), _word(vocabulary.CONTACT, assignment.contact_adults)),
    ]


def money_of(assignment: Assignment) -> list[str]:
    """Return who pays whom what, how much and when, one line each."""
    lines = []
    for line in assignment.money:
        who = gettext(
            "%(payer)s pays %(payee)s",
            payer=_word(vocabulary.PAYERS, line.payer),
            payee=_word(vocabulary.PAYERS, line.payee),
        )
        lines.append(f"{who}: {line.what}, {line.amount}{f', {line.when}' if line.when else ''}")
    return lines


def _word(table: dict[str, Words], code: str | None) -> str:
    return translate(table[code]) if code and code in table else ""


def _number(value: int | None, unit: str = "") -> str:
    return "" if value is None else f"{value} {unit}".strip()


def _short(text: str, most: int = 110) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"
