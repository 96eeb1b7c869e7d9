"""What each part of a profile says, in a few words."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp import vocabulary
from webapp.i18n import day, translate
from webapp.models import Volunteer
from webapp.views.volunteer.cards import excerpt
from webapp.views.volunteer.forms.fields import language


def summary_of(volunteer: Volunteer, step: str) -> list[str]:
    """Return the lines that a part says; empty where nothing is said yet."""
    return [line for line in SUMMARIES[step](volunteer) if line]


def _about(volunteer: Volunteer) -> list[str]:
    lives = vocabulary.country_name(volunteer.residence, language()) if volunteer.residence else ""
    return [
        volunteer.full_name,
        _("called %(name)s", name=volunteer.call_me) if volunteer.call_me else "",
        _("lives in %(country)s", country=lives) if lives else "",
        volunteer.phone or "",
    ]


def _skills(volunteer: Volunteer) -> list[str]:
    return [
        f"{vocabulary.skill_label(held.skill, language())}: {translate(vocabulary.LEVELS[held.level])}"
        + (f" ({held.last_used})" if held.last_used else "")
        for held in volunteer.skills
    ]


def _languages(volunteer: Volunteer) -> list[str]:
    return [
        f"{vocabulary.language_name(held.language, language())}: {translate(vocabulary.CEFR[held.level])} "
        f"({translate(vocabulary.KNOWN_BY[held.known_by])})"
        for held in volunteer.languages
    ]


def _licences(volunteer: Volunteer) -> list[str]:
    lines = []
    for held in volunteer.licences:
        line = f"{vocabulary.skill_label(held.skill, language())}, {vocabulary.country_name(held.country, language())}"
        lines.append(f"{line} ({_('until %(day)s', day=day(held.valid_until))})" if held.valid_until else line)
    return lines


def _where(volunteer: Volunteer) -> list[str]:
    def names(kind: str) -> str:
        codes = [wish.code for wish in volunteer.wishes if wish.kind == kind]
        told = vocabulary.route_name if kind == "route" else vocabulary.country_name
        return ", ".join(told(code, language()) for code in codes)

    return [
        _("anywhere") if volunteer.anywhere else "",
        names("country"),
        names("route"),
        _("not: %(countries)s", countries=names("excluded")) if names("excluded") else "",
    ]


def _when(volunteer: Volunteer) -> list[str]:
    lines = [_("%(first)s to %(last)s", first=day(one.starts_on), last=day(one.ends_on)) for one in volunteer.windows]
    if volunteer.stay_min_weeks:
        lines.append(ngettext("at least %(num)s week", "at least %(num)s weeks", volunteer.stay_min_weeks))
    if volunteer.stay_max_weeks:
        lines.append(ngettext("at most %(num)s week", "at most %(num)s weeks", volunteer.stay_max_weeks))
    modes = [(volunteer.on_site, _("on site")), (volunteer.online, _("online"))]
    lines.append(", ".join(words for is_offered, words in modes if is_offered))
    if volunteer.online and volunteer.online_hours:
        lines.append(ngettext("%(num)s hour a week online", "%(num)s hours a week online", volunteer.online_hours))
    return lines


def _experience(volunteer: Volunteer) -> list[str]:
    services = [
        " ".join(filter(None, [vocabulary.country_name(one.country, language()), str(one.year or ""), one.what]))
        for one in volunteer.services
    ]
    return [excerpt(volunteer.experience), *services]


def _causes(volunteer: Volunteer) -> list[str]:
    return [vocabulary.goal_label(goal, language()) for goal in volunteer.causes]


def _conditions(volunteer: Volunteer) -> list[str]:
    cannot = [translate(vocabulary.CONDITIONS[a.condition]) for a in volunteer.conditions if a.answer == "cannot"]
    ask = [translate(vocabulary.CONDITIONS[a.condition]) for a in volunteer.conditions if a.answer == "ask"]
    count = len(volunteer.conditions)
    return [
        ngettext("%(num)s answer", "%(num)s answers", count) if count else "",
        _("I cannot: %(what)s", what=", ".join(cannot)) if cannot else "",
        _("ask me: %(what)s", what=", ".join(ask)) if ask else "",
    ]


def _sharing(volunteer: Volunteer) -> list[str]:
    return [
        _("Other organizations see how you fit, without your name.")
        if volunteer.open_to_all
        else _("Only your own organization is told how you fit.")
    ]


SUMMARIES = {
    "about": _about,
    "skills": _skills,
    "languages": _languages,
    "licences": _licences,
    "where": _where,
    "when": _when,
    "experience": _experience,
    "causes": _causes,
    "conditions": _conditions,
    "motivation": lambda volunteer: [excerpt(volunteer.motivation)],
    "sharing": _sharing,
}
