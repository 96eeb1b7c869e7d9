"""A match as this role's pages show it: name or code, sentences, what is missing, what to ask."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from webapp import clock, explain
from webapp.models import Assignment
from webapp.services.match_review import Row
from webapp.views.coordinator.interview import is_stale, to_check
from webapp.views.coordinator.telling import band_words, language, name_of

SHORT_GAPS = 2


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

    @property
    def largest_gaps(self) -> list[explain.Line]:
        """The two lines that cost most points, missing or not known: what a list has room for."""
        gaps = [line for line in self.reasons if line.kind != "met"]
        return sorted(gaps, key=lambda line: line.contribution - line.possible)[:SHORT_GAPS]


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
    is_full = row.sight.earlier_service and assignment.vio.route_wording
    return explain.COORDINATOR if is_full else explain.OTHER_VIO
