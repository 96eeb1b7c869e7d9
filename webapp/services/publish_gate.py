"""The publish gate: below the coach's score that a VIO asks for, an assignment waits until a coordinator says why not.

The reason stays on the version; the audit trail says who waived what, when, without it: it holds no texts.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Assignment, User, Vio
from webapp.services import audit, versions
from webapp.services.coach import coaching_of
from webapp.services.errors import Refused
from webapp.words import lazy


class BelowGate(Refused):
    """Its score is below what the VIO asks for."""

    def __init__(self, score: int, least: int) -> None:
        super().__init__(
            lazy(
                "The coach gives it %(score)s of 100 points; your organization asks for %(least)s. "
                "Ask for changes, or say why it is published all the same.",
                score=score,
                least=least,
            )
        )


def score_below(assignment: Assignment, vio: Vio) -> int | None:
    """Return the score of the assignment as it stands where it is below the gate of `vio`; None where it is not."""
    if not vio.least_coach_score:
        return None
    score = coaching_of(assignment).score
    return score if score < vio.least_coach_score else None


def refusal_of(assignment: Assignment, vio: Vio) -> BelowGate | None:
    """Return why the gate of `vio` is closed to the assignment as it stands; None where it is open."""
    score = score_below(assignment, vio)
    return None if score is None else BelowGate(score, vio.least_coach_score)


def check(session: Session, account: User, assignment: Assignment, waiver_reason: str) -> None:
    """Raise BelowGate where no reason waives it; a reason that was needed is kept on the version."""
    refusal = refusal_of(assignment, assignment.vio)
    if refusal is None:
        return
    if not waiver_reason.strip():
        raise refusal
    version = versions.standing(session, assignment)
    version.waived_by, version.waived_at = account, clock.now()
    version.waiver_reason = waiver_reason.strip()
    least = assignment.vio.least_coach_score
    audit.record(
        session, account, "assignment_gate_waived", assignment, version=version.number, score=version.score, least=least
    )
