"""An applicant as the pages behind a link print one: what a host may see, in the reader's language."""

from __future__ import annotations

from typing import Any

from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from webapp import explain, vocabulary
from webapp.db import Session
from webapp.i18n import day, translate
from webapp.models import Match, Volunteer
from webapp.promise_words import why_later
from webapp.services import promised_days, shortlists
from webapp.services.shortlists import Applicant

BAND_POINTS = 2  # the step of a band, in points of 100


def card(one: Applicant) -> dict[str, Any]:
    """Return what the list shows of an applicant."""
    return {
        "id": one.application.id,
        "name": one.volunteer.full_name if one.sight.name else _("Applicant"),
        "state": one.application.state,
        "band": _band(one.match) if one.match else "",
        "is_proposed": one.is_proposed,
        "by": one.application.answer_by,
        "left": _days_left(one.days_left),
        "is_late": one.days_left < 0,
        "speaks": [line.text for line in _lines(one.match) if line.kind == "met" and line.criterion == "skills"][:2],
    }


def whole(one: Applicant) -> dict[str, Any]:
    """Return what the page of an applicant shows: reasons in words, the profile, contact data where they are open."""
    lines, obstacles = _lines(one.match), shortlists.why_not_matched(Session(), one)
    return {
        **card(one),
        "later": why_later(promised_days.why(Session(), one.application)) if one.waits else "",
        "note": one.application.note,
        "met": [line.text for line in lines if line.kind == "met"],
        "missing": [line.text for line in lines if line.kind == "missing"],
        "unknown": [line.text for line in lines if line.kind == "unknown"],
        "obstacles": explain.missing_words(obstacles, _here()),
        "profile": profile(one.volunteer) if one.sight.profile else [],
        "contact": [one.volunteer.email, one.volunteer.phone] if one.sight.contact else [],
    }


def profile(person: Volunteer) -> list[tuple[str, list[str]]]:
    """Return the parts of a profile that say something, without contact data and earlier service."""
    here = _here()
    parts = [
        (_("Call me"), [person.call_me or ""]),
        (_("Skills"), [_skill(one.skill, one.level) for one in person.skills]),
        (_("Licences"), [_licence(one.skill, one.country) for one in person.licences]),
        (_("Languages"), [_spoken(one.language, one.level) for one in person.languages]),
        (_("Free"), [_span(one.starts_on, one.ends_on) for one in person.windows]),
        (_("Length of stay"), [_stay(person)]),
        (_("Causes"), [vocabulary.goal_label(goal, here) for goal in person.causes]),
        (_("Experience"), (person.experience or "").splitlines()),
        (_("Why"), (person.motivation or "").splitlines()),
    ]
    said = [(name, [line for line in lines if line.strip()]) for name, lines in parts]
    return [(name, lines) for name, lines in said if lines]


def _lines(match: Match | None) -> list[explain.Line]:
    return explain.sentences(match.reasons, _here(), explain.HOST) if match else []


def _here() -> str:
    return str(get_locale())


def _band(match: Match) -> str:
    return f"{match.band * BAND_POINTS}–{(match.band + 1) * BAND_POINTS}"


def _days_left(left: int) -> str:
    if left < 0:
        return ngettext("%(num)s day late", "%(num)s days late", -left)
    return ngettext("%(num)s day left", "%(num)s days left", left) if left else _("today is the day")


def _skill(code: str, level: int) -> str:
    return f"{vocabulary.skill_label(code, _here())}: {translate(vocabulary.LEVELS[level])}"


def _licence(code: str, country: str | None) -> str:
    return f"{vocabulary.skill_label(code, _here())}, {vocabulary.country_name(country, _here())}"


def _spoken(code: str, level: str) -> str:
    return " ".join([vocabulary.language_name(code, _here()), _("first language") if level == "N" else level])


def _span(start: Any, end: Any) -> str:
    return _("%(start)s to %(end)s", start=day(start), end=day(end))


def _stay(person: Volunteer) -> str:
    if not person.stay_min_weeks and not person.stay_max_weeks:
        return ""
    return _("%(least)s to %(most)s weeks", least=person.stay_min_weeks or 1, most=person.stay_max_weeks or "…")
