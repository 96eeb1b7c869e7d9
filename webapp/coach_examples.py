"""Examples of each sector (data/reference/sectors.csv), told as the coach would have them; all invented.

A text of the sector's template where it has one, else what the template's facts say (skills, hours, weeks, targets),
else the table of examples (data/reference/coach/examples, in all six languages), else a task and a result of its own.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from webapp import vocabulary
from webapp.assignment_templates import Template, read_templates
from webapp.coach_tasks import BY_SECTOR
from webapp.config import ROOT
from webapp.i18n import translate
from webapp.services.coach import filled_in
from webapp.words import Words, lazy

FOLDER = ROOT / "data" / "reference" / "coach" / "examples"
# Checks whose example is a text of the sector's template, its blanks filled in (examples/*.toml, blanks).
FROM_TEMPLATE = {"title": "title", "real_day": "plain_day", "both_learn": "learning", "handover": "handover"}
# Checks whose example stands in the table.
FROM_TABLE = ("community", "displacement", "supervision")
# Checks whose example is a task and a result (coach_tasks.py), of health where no sector is chosen yet.
BY_TASKS = ("tasks", "task_list", "results")


def example(code: str, sector: str | None, language: str) -> str | None:
    """Return an example of a sector for a check; None where it has one that fits any work."""
    template = next((one for one in read_templates().values() if one.sector == sector), None)
    if code in BY_TASKS:
        return translate(BY_SECTOR.get(sector or "", BY_SECTOR["health"]))
    if template is None:
        return None
    if code in FROM_TABLE:
        return table(language)[code][template.sector]
    if code in FROM_TEMPLATE:
        return _filled(template, language, FROM_TEMPLATE[code])
    return translate(FROM_FACTS[code](template, language)) if code in FROM_FACTS else None


def of_country(country: str | None, language: str) -> str | None:
    """Return an example that names a language of the country; None where it has none besides English."""
    partner = vocabulary.reference().partners.get(country or "")
    own = [code for code in partner.official_languages if code != "en"] if partner else []
    if not own:
        return None
    name = vocabulary.language_name(own[0], language)
    return translate(lazy("English B1 is needed; this helps a little: %(language)s.", language=name))


@cache
def table(language: str) -> dict[str, Any]:
    """Return the table of examples in a language: by check, then by sector; and what fills blanks, by sector."""
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def _filled(template: Template, language: str, name: str) -> str:
    words = table(language)["blanks"]
    return filled_in(template.texts[language][name], words["any"] | words.get(template.sector, {}))


def _skills(template: Template, language: str) -> str:
    return _labels([*template.essential, *template.desirable], language)


def _essentials(template: Template, language: str) -> Words:
    essential, desirable = (_labels(some, language) for some in (template.essential, template.desirable))
    return lazy("Essential: %(essential)s. Desirable: %(desirable)s.", essential=essential, desirable=desirable)


def _levels(template: Template, language: str) -> str:
    levels = {**template.essential, **template.desirable}.items()
    told = ((vocabulary.skill_label(code, language), translate(vocabulary.LEVELS[level])) for code, level in levels)
    return "; ".join(f"{label}: {level}" for label, level in told)


def _hours(template: Template, language: str) -> Words:
    return lazy("%(hours)s hours a week, weekends free", hours=template.hours)


def _pace(template: Template, language: str) -> Words:
    return lazy(
        "%(weeks)s weeks of %(hours)s hours: three tasks, and one result that can be checked before the last week",
        weeks=template.weeks,
        hours=template.hours,
    )


def _serves(template: Template, language: str) -> Words:
    sector = vocabulary.sector_label(template.sector, language)
    return lazy(
        "The national plan for “%(sector)s”, with its chapter; targets %(targets)s",
        sector=sector,
        targets=", ".join(template.sdg_targets),
    )


def _as_equals(template: Template, language: str) -> Words:
    return lazy("Instead of “experts help the poor”: “%(task)s”", task=example("tasks", template.sector, language))


def _by_work(template: Template, language: str) -> Words:
    return lazy(
        "Instead of “strong young man”, what is done: “%(task)s”", task=example("tasks", template.sector, language)
    )


def _labels(codes: Iterable[str], language: str) -> str:
    return "; ".join(vocabulary.skill_label(code, language) for code in codes)


# Checks whose example is told from the facts of the sector's template.
FROM_FACTS: dict[str, Callable[[Template, str], Words | str]] = {
    "equals": _as_equals,
    "welcome": _by_work,
    "skills_named": _skills,
    "essentials": _essentials,
    "levels": _levels,
    "hours": _hours,
    "pace": _pace,
    "serves": _serves,
}
