"""All that an assignment says, in headings with facts: one wording for every page and sheet that shows it in full."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp import vocabulary
from webapp.assignment_words import (
    COORDINATOR,
    VISITOR,
    coded,
    dates_words,
    language_words,
    money_words,
    place_words,
    skill_words,
)
from webapp.assumed_facts import assumed_facts
from webapp.i18n import day
from webapp.models import Assignment
from webapp.suggestion_words import read_words
from webapp.team_words import role_facts

Facts = list[tuple[str, str]]


@dataclass(frozen=True)
class Part:
    """A heading with facts: (label, value); a value has lines, and is blank where the host has not said it."""

    code: str
    heading: str
    facts: Facts


@dataclass(frozen=True)
class _Telling:
    """What is told, to whom (VISITOR, VOLUNTEER or COORDINATOR), in which language, on which day."""

    assignment: Assignment
    language: str
    reader: str
    today: date

    def person(self, name: str) -> str:
        """Return the name of somebody there; a visitor learns only that there is one."""
        return _("there is one; registered volunteers read the name") if name and self.reader == VISITOR else name


def parts_of(assignment: Assignment, language: str, reader: str, today: date) -> list[Part]:
    """Return what `reader` may read of an assignment, in the order in which people ask, the work first."""
    telling = _Telling(assignment, language, reader, today)
    parts = [
        ("work", _("The work"), _work),
        ("asked", _("What is asked"), _asked),
        ("team", _("The team"), _team),
        ("place", _("When and where"), _place),
        ("conditions", _("Living there"), _conditions),
        ("money", _("Money, in both directions"), _money),
        ("people", _("People and safety"), _people),
        ("review", _("What rules an assignment out"), _ruled_out),
        ("host", _("The host"), _host),
        ("behind", _("Who is behind it"), _behind),
        ("local", _("Local people and work"), _local),
        ("assumed", _("Assumed when it came in with a list"), _assumed),
    ]
    return [Part(code, heading, facts(telling)) for code, heading, facts in parts if _is_told(code, telling)]


def _is_told(code: str, telling: _Telling) -> bool:
    if code == "conditions":
        return telling.assignment.mode != "online"
    if code == "team":
        return bool(telling.assignment.team)
    if code == "review":
        return telling.reader == COORDINATOR
    if code == "assumed":  # the reviewer reads it with the name of the list, above the facts
        return bool(telling.assignment.assumed) and telling.reader != COORDINATOR
    return code != "local" or telling.reader != VISITOR  # free answers about the neighbours, who may be named


def _assumed(telling: _Telling) -> Facts:
    return assumed_facts(telling.assignment)


def _work(telling: _Telling) -> Facts:
    assignment = telling.assignment
    return [
        (_("Tasks"), assignment.tasks),
        (_("A plain day"), assignment.plain_day),
        (_("The hardest thing"), assignment.hardest_thing),
        (_("What should come of it"), assignment.expected_results),
        (_("What the volunteer learns"), assignment.learning),
        (_("What the local team does well already"), assignment.local_strengths),
        (_("Field of work"), vocabulary.sector_label(assignment.sector, telling.language)),
        (_("Hours a week"), str(assignment.hours or "")),
    ]


def _asked(telling: _Telling) -> Facts:
    assignment, language = telling.assignment, telling.language
    helpful = [skill_words(asked, language) for asked in assignment.skills if not asked.is_essential]
    needed = [skill_words(asked, language) for asked in assignment.skills if asked.is_essential]
    return [
        (_("Skills needed"), _lines(needed or read_words(assignment, language))),
        *([(_("Skills that help"), _lines(helpful))] if helpful else []),
        *([(_("In the host's words"), assignment.skills_text)] if assignment.skills_text else []),
        (_("For whom"), coded(vocabulary.EXPERIENCE_LEVELS, assignment.experience_level)),
        (_("Languages"), _lines(language_words(asked, language) for asked in assignment.languages)),
    ]


def _team(telling: _Telling) -> Facts:
    return role_facts(telling.assignment, telling.language)


def _place(telling: _Telling) -> Facts:
    assignment, weeks = telling.assignment, telling.assignment.weeks
    facts = [
        (_("Where"), place_words(assignment, telling.language)),
        (_("When"), dates_words(assignment)),
        (_("Shortest stay"), ngettext("%(num)s week", "%(num)s weeks", weeks) if weeks else ""),
        (_("On site or online"), coded(vocabulary.MODES, assignment.mode)),
        (_("Open places"), _places(assignment)),
    ]
    if assignment.mode != "on_site" and assignment.online_from and assignment.online_to:
        hours = f"{assignment.online_from}–{assignment.online_to} ({(assignment.time_zone or '').replace('_', ' ')})"
        facts.append((_("Hours online"), hours))
    return facts


def _places(assignment: Assignment) -> str:
    kinds = (
        (assignment.places_international, _("for people from other countries")),
        (assignment.places_national, _("for people from the country")),
        (assignment.places_local, _("for people from the place")),
    )
    return _lines(f"{count} {words}" for count, words in kinds if count)


def _conditions(telling: _Telling) -> Facts:
    assignment = telling.assignment
    hospital, walking, metres = assignment.hospital_hours, assignment.walking_km, assignment.altitude_metres
    away = ngettext("%(num)s hour away", "%(num)s hours away", hospital) if hospital is not None else ""
    return [
        (_("Lodging"), assignment.lodging),
        (_("Water"), coded(vocabulary.WATER, assignment.water)),
        (_("Electricity"), coded(vocabulary.POWER, assignment.power)),
        (_("Internet"), coded(vocabulary.INTERNET, assignment.internet)),
        (_("Nearest hospital"), away),
        (_("Heat and cold"), _climate(assignment)),
        (_("Altitude"), _("%(metres)s m", metres=metres) if metres is not None else ""),
        (_("Walking"), _("%(km)s km a day", km=walking) if walking is not None else ""),
        (_("Without steps"), {"yes": _("yes"), "no": _("no")}.get(assignment.step_free or "", "")),
        *([(_("More about living there"), assignment.conditions_text)] if assignment.conditions_text else []),
    ]


def _climate(assignment: Assignment) -> str:
    coldest, hottest = assignment.coldest_celsius, assignment.hottest_celsius
    if coldest is not None and hottest is not None:
        return _("%(coldest)s to %(hottest)s °C over the year", coldest=coldest, hottest=hottest)
    if hottest is not None:
        return _("up to %(hottest)s °C", hottest=hottest)
    return _("down to %(coldest)s °C", coldest=coldest) if coldest is not None else ""


def _money(telling: _Telling) -> Facts:
    money, reader = telling.assignment.money, telling.reader
    received = [money_words(line, reader) for line in money if line.payee == "volunteer"]
    paid = [money_words(line, reader) for line in money if line.payer == "volunteer"]
    others = [money_words(line, reader) for line in money if "volunteer" not in (line.payer, line.payee)]
    nothing = [_("nothing")] if money else []  # without any line the host said nothing at all
    return [
        (_("The volunteer receives"), _lines(received or nothing)),
        (_("The volunteer pays"), _lines(paid or nothing)),
        *([(_("Between others"), _lines(others))] if others else []),
    ]


def _people(telling: _Telling) -> Facts:
    assignment, hours = telling.assignment, telling.assignment.supervision_hours
    facts = [
        (_("Contact with children"), coded(vocabulary.CONTACT, assignment.contact_children)),
        (_("Contact with adults at risk"), coded(vocabulary.CONTACT, assignment.contact_adults)),
        (_("Supervisor"), telling.person(assignment.supervisor)),
        (_("Supervision"), ngettext("%(num)s hour a week", "%(num)s hours a week", hours) if hours else ""),
        (_("Local counterpart"), telling.person(assignment.counterpart)),
    ]
    if telling.reader != VISITOR:  # a free answer, which may name who was asked
        facts.append((_("What the community said"), assignment.community_consulted))
    return facts


def _ruled_out(telling: _Telling) -> Facts:
    assignment = telling.assignment
    return [
        (_("Children live in the institution"), _yes_no(assignment.is_child_institution)),
        (_("Acts on patients"), _yes_no(assignment.has_clinical_acts)),
        (_("Guarding or police work"), _yes_no(assignment.is_security_work)),
        (_("Party or religious work"), _yes_no(assignment.is_party_or_religious_work)),
        (_("Stands in for strikers"), _yes_no(assignment.replaces_strikers)),
        (_("Fees that are not listed"), _yes_no(assignment.has_fees_not_listed)),
    ]


def _host(telling: _Telling) -> Facts:
    host = telling.assignment.host
    place = ", ".join(filter(None, [host.location, vocabulary.country_name(host.country, telling.language)]))
    return [
        (_("Name"), host.name),
        (_("What it is"), coded(vocabulary.HOST_KINDS, host.kind)),
        (_("Where it is"), place),
        *([(_("About it"), host.about)] if telling.reader != VISITOR else []),  # may say whom to call
        (_("Checked by a coordinator"), _checked(telling)),
        (_("For safety, speak to"), telling.person(host.safeguarding_person)),
        (_("Volunteer organization in charge"), telling.assignment.vio.name),
    ]


def _checked(telling: _Telling) -> str:
    host = telling.assignment.host
    if not host.is_verified(telling.today) or not host.verified_until:
        return _("not verified now")
    checked = _("verified, valid until %(day)s", day=day(host.verified_until))
    last = host.verifications[0] if host.verifications else None
    if last is not None and last.passed:
        checked += " " + _("(papers, two references and a call, on %(day)s)", day=day(last.decided_at))
    return checked


def _behind(telling: _Telling) -> Facts:
    assignment, targets = telling.assignment, vocabulary.reference().sdg_targets
    goals = (f"{code} {targets[code].summary_en}" for code in assignment.sdg_targets if code in targets)
    return [
        (_("Who pays for the project"), assignment.funder),
        (_("Sponsor"), assignment.sponsor),
        (_("Ties to a construction or investment project"), assignment.project_ties),
        (_("Known dispute in the community"), assignment.community_dispute),
        (_("National priority"), assignment.national_priority),
        (_("Goals it serves"), _lines(goals)),
    ]


def _local(telling: _Telling) -> Facts:
    assignment = telling.assignment
    return [
        (_("Was it a paid job in the last two years?"), _yes_no(assignment.was_paid_post)),
        (_("How local people were sought"), assignment.locals_sought),
        (_("Why no local person is paid for it"), assignment.why_not_paid_local),
        (_("What happens after the stay"), assignment.handover),
    ]


def _lines(words: Iterable[str]) -> str:
    return "\n".join(words)


def _yes_no(answer: bool | None) -> str:
    return "" if answer is None else _("yes") if answer else _("no")
