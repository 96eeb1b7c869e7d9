"""How the host's pages tell codes, days and people, in the reader's language."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp import explain, vocabulary
from webapp.assignment_words import dates_words, place_words
from webapp.i18n import translate
from webapp.models import Match
from webapp.services.shortlists import Applicant
from webapp.tongue import tongue
from webapp.views.host import blueprint

BAND_POINTS = 2  # the step of a band, in points of 100


def language() -> str:
    """Return the code of the reader's language."""
    return tongue().language


def band(match: Match) -> str:
    """Return the points of a match's band, such as 76–78."""
    return f"{match.band * BAND_POINTS}–{(match.band + 1) * BAND_POINTS}"


def days_left(applicant: Applicant) -> str:
    """Return how long there is to the day promised to the volunteer, or how late it is."""
    left = applicant.days_left
    if left < 0:
        return ngettext("%(num)s day late", "%(num)s days late", -left)
    return ngettext("%(num)s day left", "%(num)s days left", left) if left else _("today is the day")


def reasons(match: Match) -> list[explain.Line]:
    """Return the reasons of a match as a host may read them: nothing on earlier service by country."""
    return explain.sentences(match.reasons, language(), explain.HOST)


def missing(match: Match) -> list[str]:
    """Return what stands in the way of a near match."""
    return explain.missing_words(match.missing, language())


def _coded(table: dict[Any, Any], code: Any) -> str:
    return translate(table[code]) if code in table else str(code or "")


@blueprint.context_processor
def _for_templates() -> dict[str, object]:
    here = language()
    return {
        "tell": SimpleNamespace(
            band=band,
            country=lambda code: vocabulary.country_name(code, here),
            dates=dates_words,
            days_left=days_left,
            goal=lambda goal: vocabulary.goal_label(goal, here),
            kind=lambda code: _coded(vocabulary.HOST_KINDS, code),
            known_by=lambda code: _coded(vocabulary.KNOWN_BY, code),
            language=lambda code: vocabulary.language_name(code, here),
            level=lambda code: _coded(vocabulary.LEVELS, code),
            missing=missing,
            place=lambda assignment: place_words(assignment, here),
            reasons=reasons,
            skill=lambda code: vocabulary.skill_label(code, here),
        )
    }
