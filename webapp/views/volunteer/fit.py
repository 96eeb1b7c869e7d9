"""How an assignment fits the volunteer: as last shown, else explained now, eligible or not."""

from __future__ import annotations

from dataclasses import dataclass, replace

from webapp import explain, score_words
from webapp.db import Session
from webapp.models import Assignment, Match, Volunteer
from webapp.services import openings, person_relations, ranking
from webapp.views.volunteer.forms.fields import language


@dataclass(frozen=True)
class Fit:
    """The score with its reasons, and the rules that stand in the way."""

    status: str  # eligible, near, ineligible
    score: float
    band: str
    lines: list[explain.Line]
    obstacles: list[str]
    notes: tuple[str, ...] = ()  # how sure the score is, on the page of one assignment


def fit_of(volunteer: Volunteer, assignment: Assignment) -> Fit | None:
    """Return how an assignment fits; None without consent to be matched."""
    if not person_relations.may_be_matched(Session(), volunteer):
        return None
    match = openings.match_with(Session(), volunteer, assignment)
    if match is None:
        return explained(volunteer, assignment)
    fit = fit_of_match(match)
    return replace(fit, notes=tuple(score_words.notes(Session(), match, explain.VOLUNTEER)))


def fit_of_match(match: Match) -> Fit:
    """Return what a stored match says."""
    lines = explain.sentences(match.reasons, language(), explain.VOLUNTEER)
    obstacles = explain.missing_words(match.missing, language())
    return Fit(match.status, match.score, band_words(match.band), lines, obstacles)


def explained(volunteer: Volunteer, assignment: Assignment) -> Fit:
    """Explain a pair that no ranking has kept; it takes some milliseconds and stores nothing."""
    explanation = ranking.explain_pair(Session(), volunteer, assignment)
    told = explanation.to_dict()
    lines = explain.sentences(told["reasons"], language(), explain.VOLUNTEER)
    obstacles = explain.missing_words(told["obstacles"], language())
    return Fit(explanation.status, explanation.score, band_words(explanation.band), lines, obstacles)


def band_words(band: int) -> str:
    """Return a band as a range of points."""
    return f"{band * 2}–{min(100, band * 2 + 2)}"
