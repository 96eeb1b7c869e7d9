"""An assignment in words: headings with facts in the reader's language, for a preview, a sheet or a public page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from flask_babel import format_date
from flask_babel import gettext as _

from webapp import vocabulary
from webapp.i18n import translate
from webapp.models import Assignment, AssignmentSkill, MoneyLine
from webapp.words import Words, lazy


@dataclass(frozen=True)
class Part:
    """A heading with facts: (label, value); a value has lines, and is blank where the host has not said it."""

    code: str
    heading: str
    facts: list[tuple[str, str]]


def parts_of(assignment: Assignment, language: str) -> list[Part]:
    """Return everything that a volunteer reads about an assignment before applying."""
    return [part(assignment, language) for part in PARTS if part is not _conditions or assignment.mode != "online"]


def dates_words(assignment: Assignment) -> str:
    """Return from when to when, as far as it is known."""
    if assignment.start_on and assignment.end_on:
        return _("%(start)s to %(end)s", start=_day(assignment.start_on), end=_day(assignment.end_on))
    return _day(assignment.start_on or assignment.end_on)


def place_words(assignment: Assignment, language: str) -> str:
    """Return the place with its country, or that it is online."""
    where = ", ".join(filter(None, [assignment.location, vocabulary.country_name(assignment.country, language)]))
    online = translate(vocabulary.MODES["online"])
    return _("%(mode)s, with a team in %(where)s", mode=online, where=where) if assignment.mode == "online" else where


def money_words(line: MoneyLine) -> str:
    """Return one line of money as a sentence."""
    who = {"payer": _side(line.payer), "payee": _side(line.payee)}
    sentence = _("%(payer)s pays %(payee)s: %(what)s", what=line.what, **who)
    return ", ".join(filter(None, [sentence, line.amount, line.when]))


def skill_words(asked: AssignmentSkill, language: str) -> str:
    """Return a skill with its level and whether a licence is needed."""
    words = [vocabulary.skill_label(asked.skill, language)]
    if asked.level:
        words.append(_("at least: %(level)s", level=translate(vocabulary.LEVELS[asked.level])))
    if asked.needs_licence:
        words.append(_("licence needed"))
    return " · ".join(words)


def _work(assignment: Assignment, language: str) -> Part:
    return Part(
        "work",
        _("The work"),
        [
            (_("Tasks"), assignment.tasks),
            (_("Expected results"), assignment.expected_results),
            (_("What you will learn"), assignment.learning),
            (_("What the local team does well"), assignment.local_strengths),
            (_("A plain day"), assignment.plain_day),
            (_("The hardest thing"), assignment.hardest_thing),
        ],
    )


def _skills(assignment: Assignment, language: str) -> Part:
    essential = [skill_words(asked, language) for asked in assignment.skills if asked.is_essential]
    desirable = [skill_words(asked, language) for asked in assignment.skills if not asked.is_essential]
    facts = [(_("Essential"), _lines(essential))]
    if desirable:
        facts.append((_("Good to have"), _lines(desirable)))
    if assignment.skills_text:
        facts.append((_("In the host's words"), assignment.skills_text))
    facts.append((_("Who can do it"), _coded(vocabulary.EXPERIENCE_LEVELS, assignment.experience_level)))
    facts.append((_("Languages"), _lines(_languages(assignment, language))))
    return Part("skills", _("Skills and languages"), facts)


def _languages(assignment: Assignment, language: str) -> Iterable[str]:
    for asked in assignment.languages:
        name = vocabulary.language_name(asked.language, language)
        level = translate(vocabulary.CEFR[asked.level])
        if not asked.is_required:
            yield _("%(name)s helps", name=name)
        elif asked.for_safety:
            yield _("%(name)s, at least %(level)s; safety depends on it", name=name, level=level)
        else:
            yield _("%(name)s, at least %(level)s", name=name, level=level)


def _place(assignment: Assignment, language: str) -> Part:
    facts = [
        (_("Where"), place_words(assignment, language)),
        (_("How"), _coded(vocabulary.MODES, assignment.mode)),
        (_("Dates"), dates_words(assignment)),
        (_("Shortest stay"), _number(assignment.weeks, _("%(number)s weeks"))),
        (_("Work a week"), _number(assignment.hours, _("%(number)s hours"))),
        (_("Places"), _places(assignment)),
    ]
    if assignment.mode in ("online", "either") and assignment.online_from and assignment.online_to:
        hours = f"{assignment.online_from}–{assignment.online_to} ({(assignment.time_zone or '').replace('_', ' ')})"
        facts.append((_("The team can be met online"), hours))
    return Part("place", _("Where and when"), facts)


def _places(assignment: Assignment) -> str:
    kinds = (
        (assignment.places_international, lazy("%(number)s for people from abroad")),
        (assignment.places_national, lazy("%(number)s for people of the country")),
        (assignment.places_local, lazy("%(number)s for people of the place")),
    )
    return _lines(translate(Words(words.text, {"number": number})) for number, words in kinds if number)


def _conditions(assignment: Assignment, language: str) -> Part:
    facts = [
        (_("Home"), assignment.lodging),
        (_("Water"), _coded(vocabulary.WATER, assignment.water)),
        (_("Electricity"), _coded(vocabulary.POWER, assignment.power)),
        (_("Internet"), _coded(vocabulary.INTERNET, assignment.internet)),
        (_("To a hospital"), _number(assignment.hospital_hours, _("%(number)s hours"))),
        (_("Hottest days"), _number(assignment.hottest_celsius, _("%(number)s °C"))),
        (_("Coldest nights"), _number(assignment.coldest_celsius, _("%(number)s °C"))),
        (_("Altitude"), _number(assignment.altitude_metres, _("%(number)s m"))),
        (_("Walking a day"), _number(assignment.walking_km, _("%(number)s km"))),
        (_("Without steps"), {"yes": _("yes"), "no": _("no")}.get(assignment.step_free or "", "")),
    ]
    if assignment.conditions_text:
        facts.append((_("More"), assignment.conditions_text))
    return Part("conditions", _("Living there"), facts)


def _money(assignment: Assignment, language: str) -> Part:
    lines = _lines(money_words(line) for line in assignment.money)
    return Part("money", _("Money"), [(_("Who pays whom"), lines)])


def _people(assignment: Assignment, language: str) -> Part:
    return Part(
        "people",
        _("People"),
        [
            (_("Supervisor"), assignment.supervisor),
            (_("Supervision a week"), _number(assignment.supervision_hours, _("%(number)s hours"))),
            (_("Local colleague"), assignment.counterpart),
            (_("Community"), assignment.community_consulted),
            (_("Contact with children"), _coded(vocabulary.CONTACT, assignment.contact_children)),
            (_("Contact with adults at risk"), _coded(vocabulary.CONTACT, assignment.contact_adults)),
        ],
    )


def _background(assignment: Assignment, language: str) -> Part:
    return Part(
        "background",
        _("Behind the work"),
        [
            (_("A paid post within the last two years"), _yes_no(assignment.was_paid_post)),
            (_("How local people were sought"), assignment.locals_sought),
            (_("Why not a paid local post"), assignment.why_not_paid_local),
            (_("Who goes on with it"), assignment.handover),
            (_("Funder"), assignment.funder),
            (_("Sponsor"), assignment.sponsor),
            (_("Ties to a building or investment project"), assignment.project_ties),
            (_("Dispute in the community"), assignment.community_dispute),
        ],
    )


def _goals(assignment: Assignment, language: str) -> Part:
    tables = vocabulary.reference()
    targets = (
        f"{code} {tables.sdg_targets[code].summary_en}" for code in assignment.sdg_targets if code in tables.sdg_targets
    )
    return Part(
        "goals",
        _("What it serves"),
        [
            (_("Sector"), vocabulary.sector_label(assignment.sector, language)),
            (_("National priority"), assignment.national_priority),
            (_("Sustainable Development Goals"), _lines(targets)),
        ],
    )


def _host(assignment: Assignment, language: str) -> Part:
    host = assignment.host
    place = ", ".join(filter(None, [host.location, vocabulary.country_name(host.country, language)]))
    return Part(
        "host",
        _("The host"),
        [
            (_("Name"), host.name),
            (_("What it is"), _coded(vocabulary.HOST_KINDS, host.kind)),
            (_("Where it is"), place),
            (_("About it"), host.about),
            (_("For safety, speak to"), host.safeguarding_person),
            (_("Volunteer organization in charge"), assignment.vio.name),
        ],
    )


PARTS: tuple[Callable[[Assignment, str], Part], ...] = (
    _work,
    _place,
    _conditions,
    _money,
    _skills,
    _people,
    _host,
    _background,
    _goals,
)


def _day(value: date | None) -> str:
    return format_date(value, "long") if value else ""


def _lines(words: Iterable[str]) -> str:
    return "\n".join(words)


def _coded(table: dict[str, Words], code: str | None) -> str:
    return translate(table[code]) if code in table else code or ""


def _yes_no(answer: bool | None) -> str:
    return "" if answer is None else _("yes") if answer else _("no")


def _number(value: int | None, words: str) -> str:
    return words.replace("%(number)s", str(value)) if value is not None else ""


def _side(code: str) -> str:
    return _coded(vocabulary.PAYERS, code)
