"""What the matcher found as rows of a run: matches with their reasons, and counts of who is left out by which rule."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import update
from sqlalchemy.orm import Session

from webapp.models import Exclusion, Match, MatchRun
from webapp.models.matching import MATCH_STATUSES
from webapp.services import learning

# A run over everything, or over one assignment, keeps the best of each; one saved profile keeps all that it fits, and
# so does whoever looks at their own after such a run (whole_lists).
KEPT_FOR_ASSIGNMENT = 100


@dataclass(frozen=True)
class Ranked:
    """The best people for one assignment, and how many are eligible, near, or left out by which rule."""

    matches: list[Match]
    counts: Mapping[str, int]


def matches_of(found: pd.DataFrame, seed: int, spread: learning.Spread) -> list[Match]:
    """Return what the matcher found as rows, of no run yet."""
    return [
        Match(
            assignment_id=int(row.assignment_id),
            volunteer_id=int(row.volunteer_id),
            status=row.status,
            score=row.score,
            band=row.band,
            lot=spread.lot(seed, row.volunteer_id, row.assignment_id),
            missing=json.loads(row.changes),
            reasons=json.loads(row.reasons),
        )
        for row in found.itertuples()
    ]


def keep_matches(session: Session, run: MatchRun, matches: list[Match], is_current: bool) -> None:
    """Keep what a run found, at once to be seen or hidden until the run shows it."""
    for one in matches:
        one.run_id, one.is_current = run.id, is_current
    session.add_all(matches)
    session.flush()


def keep_ranked(session: Session, run: MatchRun, assignment_id: int, ranked: Ranked, is_current: bool) -> None:
    """Keep what a run found for one assignment."""
    keep_matches(session, run, ranked.matches, is_current)
    run.is_cut = run.is_cut or any(ranked.counts.get(status, 0) > KEPT_FOR_ASSIGNMENT for status in MATCH_STATUSES)
    session.add_all(
        Exclusion(run_id=run.id, assignment_id=assignment_id, code=code, people=people)
        for code, people in ranked.counts.items()
    )
    session.flush()


def retire(session: Session, which: object) -> None:
    """Keep what was shown, but show it no more."""
    session.execute(update(Match).where(which, Match.is_current).values(is_current=False))  # type: ignore[arg-type]
