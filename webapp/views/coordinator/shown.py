"""A match as this role's pages show it: name or code, sentences, what is missing, what to ask."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from webapp import clock, explain
from webapp.models import Assignment
from webapp.services.match_list import ListedMatch
from webapp.services.match_review import Row
from webapp.services.visibility import Sight
from webapp.views.coordinator.interview import is_stale, questions, to_check
from webapp.views.coordinator.telling import band_words, language, name_of

MET_SHOWN, GAPS_SHOWN = 3, 2  # lines of each in the list


@dataclass(frozen=True)
class Shown:
    """A row with its words; the fields that comparing needs are named as components/compare.html asks."""

    row: Row
    title: str
    url: str
    score: float
    band: str
    reasons: list[explain.Line]
    missing: list[str]
    to_check: list[str]
    is_stale: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A match with the words that the list has room for: some of the reasons, and how much there is to ask."""

    match: ListedMatch
    title: str
    band: str
    reasons: explain.Brief
    missing: list[str]
    to_check: int
    is_stale: bool


def list_entry(match: ListedMatch, assignment: Assignment) -> Listed:
    """Put a match of the list into words for the reader."""
    person, here, today = match.person, language(), clock.today()
    return Listed(
        match=match,
        title=name_of(match.sight, person, assignment),
        band=band_words(match.band),
        reasons=explain.brief(match.reasons, here, _reader(match.sight, assignment), MET_SHOWN, GAPS_SHOWN),
        missing=explain.missing_words(match.missing, here),
        to_check=len(questions(person, assignment, today)),
        is_stale=is_stale(person, today),
    )


def show(row: Row, assignment: Assignment) -> Shown:
    """Put a row into words for the reader."""
    match, here = row.match, language()
    return Shown(
        row=row,
        title=name_of(row.sight, row.volunteer, assignment),
        url=url_for("coordinator.match", match_id=match.id),
        score=match.score,
        band=band_words(match.band),
        reasons=explain.sentences(match.reasons, here, reader_of(row, assignment)),
        missing=explain.missing_words(match.missing, here),
        to_check=to_check(row.volunteer, assignment, here, clock.today()),
        is_stale=is_stale(row.volunteer, clock.today()),
    )


def reader_of(row: Row, assignment: Assignment) -> str:
    """Return as whom the coordinator reads: wishes and earlier service by country only where these may be seen."""
    return _reader(row.sight, assignment)


def _reader(sight: Sight, assignment: Assignment) -> str:
    is_full = sight.earlier_service and assignment.vio.route_wording
    return explain.COORDINATOR if is_full else explain.OTHER_VIO
