"""What coordinators have decided, as learning may read it: each pair once, with what the match showed at the time.

A review says that a person fits (endorse, propose) or does not (dismiss for skills, a language, or dates). Whatever
else happened says nothing of the kind and never counts: dismissals for other reasons, invitations, what hosts and
volunteers do, how a stay ends. The dismissal for `experience` is left out too: no criterion of the score holds it, so
it could only teach the others what is not theirs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from webapp.models import Match, MatchRun, Review, Vio, Volunteer
from webapp.models.consents import MATCHING
from webapp.services.person_relations import consents_to

FITS = ("endorse", "propose")
DISMISSED_FOR = ("skills", "language", "availability")


@dataclass(frozen=True)
class Decided:
    """One pair with the newest word on it; `values` are the criteria's values from 0 to 1 that were shown."""

    vio_id: int
    assignment_id: int
    volunteer_id: int
    fits: bool
    position: int | None  # the place in the list in which it stood, where one run made the whole list
    values: Mapping[str, float]


def decisions_of(session: Session, vio_id: int | None) -> list[Decided]:
    """Return the decisions of a VIO on its assignments, oldest first; None: of every VIO that shares its own.

    Of each pair the newest word counts; an invitation is no judgement and covers none. Only matches that were eligible
    when shown: near ones stand in another list. People who took back their consent to matching are left out.
    """
    newest = select(func.max(Review.id)).where(Review.verdict != "invite")
    newest = newest.group_by(Review.vio_id, Review.assignment_id, Review.volunteer_id)
    query = (
        select(Review, Match, _position())
        .join(Match, Match.id == Review.match_id)
        .join(Volunteer, Volunteer.id == Review.volunteer_id)
        .join(Vio, Vio.id == Review.vio_id)
        .where(Review.id.in_(newest), Match.status == "eligible", consents_to(MATCHING))
        .where(Review.vio_id == vio_id if vio_id is not None else Vio.shares_decisions)
        .order_by(Review.id)
    )
    return [
        Decided(review.vio_id, review.assignment_id, review.volunteer_id, fits, position, values_of(match.reasons))
        for review, match, position in session.execute(query).all()
        if (fits := _fits(review)) is not None
    ]


def _position() -> ColumnElement[int | None]:
    """Return a match's place in its run's list, from 1 on; NULL for a run over one profile, which made no list."""
    above = aliased(Match)
    better = or_(above.band > Match.band, and_(above.band == Match.band, above.lot < Match.lot))
    in_list = and_(above.run_id == Match.run_id, above.assignment_id == Match.assignment_id, above.status == "eligible")
    place = select(func.count() + 1).select_from(above).where(in_list, better).scalar_subquery()
    is_list = Match.run_id.in_(select(MatchRun.id).where(MatchRun.scope != "volunteer"))
    return case((is_list, place), else_=None)


def _fits(review: Review) -> bool | None:
    """Return what a word says of the fit, None where it says nothing."""
    if review.verdict in FITS:
        return True
    return False if review.verdict == "dismiss" and review.reason_code in DISMISSED_FOR else None


def values_of(reasons: list[Mapping[str, Any]]) -> dict[str, float]:
    """Return each criterion's value from 0 to 1 as a match showed it, free of any weights.

    Matches kept before lines told their value were made with fixed weights: points over possible points are the same.
    """
    lines: dict[str, list[Mapping[str, Any]]] = {}
    for reason in reasons:
        lines.setdefault(reason["criterion"], []).append(reason)
    return {criterion: _value(mine) for criterion, mine in lines.items()}


def _value(lines: list[Mapping[str, Any]]) -> float:
    if all("value" in line for line in lines):
        return sum(line["value"] for line in lines)
    possible = sum(line["possible"] for line in lines)
    return sum(line["contribution"] for line in lines) / possible if possible else 0.0


def assignments_in(decisions: list[Decided]) -> int:
    """Return how many assignments have a decision."""
    return len({one.assignment_id for one in decisions})
