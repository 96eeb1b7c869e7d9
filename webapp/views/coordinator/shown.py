"""A match as this role's pages show it: name or code, sentences, what is missing, what to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from webapp import clock, explain
from webapp.models import Assignment
from webapp.services.match_list import ListedMatch
from webapp.services.match_review import Row
from webapp.tongue import tongue
from webapp.views.coordinator.interview import Asked, is_stale, questions, to_check
from webapp.views.coordinator.telling import band_words, is_blind, language, name_of, name_or_code

# The word that stands, the state of application and invitation, and whether the profile is claimed.
Standing = tuple[str | None, str | None, str | None, bool]
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
    score: int
    standing: Standing
    reasons: explain.Brief
    missing: list[str]
    to_check: int
    is_stale: bool


def list_of(matches: Sequence[ListedMatch], assignment: Assignment, asked: Asked) -> list[Listed]:
    """Put the matches of a list into words for the reader."""
    here, today, hidden = language(), clock.today(), is_blind()
    tellers = {has: explain.Teller(here, _reader(has, assignment), tongue().language) for has in (False, True)}
    return [
        Listed(
            match=one,
            title=name_or_code(one.sight, one.person, assignment, hidden),
            score=round(one.score),
            standing=_standing(one),
            reasons=explain.brief(one.reasons, tellers[one.sight.earlier_service], MET_SHOWN, GAPS_SHOWN),
            missing=explain.missing_words(one.missing, here),
            to_check=len(questions(one.person, asked, today)),
            is_stale=is_stale(one.person, today),
        )
        for one in matches
    ]


def _standing(match: ListedMatch) -> Standing:
    facts = match.facts
    applied = facts.application.state if facts.application else None
    return facts.verdict, applied, facts.invitation, match.person.is_claimed


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
    return _reader(row.sight.earlier_service, assignment)


def _reader(sees_service: bool, assignment: Assignment) -> str:
    return explain.COORDINATOR if sees_service and assignment.vio.route_wording else explain.OTHER_VIO
