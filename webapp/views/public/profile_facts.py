"""All that a profile holds, in words: what a person sees before taking over or refusing it."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext

from webapp import vocabulary
from webapp.i18n import day, translate
from webapp.models import Volunteer
from webapp.words import Words, lazy

YES_NO: dict[bool | None, Words | str] = {True: lazy("yes"), False: lazy("no"), None: ""}


def facts_of(volunteer: Volunteer, language: str) -> list[tuple[str, str]]:
    """Return label and value of every field that is filled in."""
    lines = [*_person(volunteer, language), *_abilities(volunteer, language), *_wishes(volunteer, language)]
    return [(gettext(label.text), value) for label, value in lines if value]


def _person(volunteer: Volunteer, language: str) -> Iterable[tuple[Words, str]]:
    yield lazy("Name"), volunteer.full_name
    yield lazy("Called"), volunteer.call_me or ""
    yield lazy("E-mail"), volunteer.email or ""
    yield lazy("Telephone"), volunteer.phone or ""
    yield lazy("Country of residence"), vocabulary.country_name(volunteer.residence, language)
    yield lazy("The office's own number"), volunteer.external_id or ""


def _abilities(volunteer: Volunteer, language: str) -> Iterable[tuple[Words, str]]:
    yield (
        lazy("Skills"),
        _joined(
            f"{vocabulary.skill_label(one.skill, language)} ({translate(vocabulary.LEVELS[one.level])}"
            f"{f', {one.last_used}' if one.last_used else ''})"
            for one in volunteer.skills
        ),
    )
    yield (
        lazy("Licences"),
        _joined(
            f"{vocabulary.skill_label(one.skill, language)}, {vocabulary.country_name(one.country, language)}"
            f"{f', {day(one.valid_until)}' if one.valid_until else ''}"
            for one in volunteer.licences
        ),
    )
    yield (
        lazy("Languages"),
        _joined(
            f"{vocabulary.language_name(one.language, language)} {one.level} "
            f"({translate(vocabulary.KNOWN_BY[one.known_by])})"
            for one in volunteer.languages
        ),
    )
    yield lazy("Experience"), volunteer.experience
    yield lazy("Motivation"), volunteer.motivation
    yield (
        lazy("Earlier service"),
        _joined(
            ", ".join(
                str(part) for part in (vocabulary.country_name(one.country, language), one.year, one.what) if part
            )
            for one in volunteer.services
        ),
    )


def _wishes(volunteer: Volunteer, language: str) -> Iterable[tuple[Words, str]]:
    for kind, label in (("country", lazy("Would serve in")), ("excluded", lazy("Would not serve in"))):
        codes = (wish.code for wish in volunteer.wishes if wish.kind == kind)
        yield label, _joined(vocabulary.country_name(code, language) for code in codes)
    routes = (wish.code for wish in volunteer.wishes if wish.kind == "route")
    yield lazy("Would serve along"), _joined(vocabulary.route_name(code, language) for code in routes)
    yield lazy("Would serve anywhere"), translate(YES_NO[True]) if volunteer.anywhere else ""
    yield (
        lazy("Free"),
        _joined(f"{day(one.starts_on)} – {day(one.ends_on)}" for one in volunteer.windows),
    )
    yield lazy("Shortest stay in weeks"), str(volunteer.stay_min_weeks or "")
    yield lazy("Longest stay in weeks"), str(volunteer.stay_max_weeks or "")
    yield lazy("On site"), translate(YES_NO[volunteer.on_site])
    yield lazy("Online"), translate(YES_NO[volunteer.online])
    yield lazy("Online hours a week"), str(volunteer.online_hours or "")
    yield lazy("Online at"), " – ".join(time for time in (volunteer.online_from, volunteer.online_to) if time)
    yield lazy("Time zone"), volunteer.time_zone or ""
    yield lazy("Causes"), _joined(vocabulary.goal_label(goal, language) for goal in volunteer.causes)
    answers = (f"{translate(vocabulary.CONDITIONS[one.condition])}: {one.answer}" for one in volunteer.conditions)
    yield lazy("Conditions of life"), _joined(answers)


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(parts)
