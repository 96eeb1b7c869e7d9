"""A fair trial of two orders of the coach's hints: each new assignment draws one by lot, for as long as it lives.

Only the order differs; the hints and the score are the same. Off until a VIO turns it on, and hosts are told.
"""

from __future__ import annotations

import hashlib

from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Assignment, HintDraw
from webapp.models.trials import HINT_ORDERS


def draw(session: Session, assignment: Assignment) -> None:
    """Let an assignment that a host has just begun draw its order, where its VIO tries both."""
    session.flush()
    if assignment.host.vio.hint_trial:
        session.add(HintDraw(assignment_id=assignment.id, hint_order=_lot(assignment.id), drawn_at=clock.now()))
        session.flush()


def order_of(session: Session, assignment: Assignment) -> str | None:
    """Return the order that an assignment drew; None where it drew none."""
    drawn = session.get(HintDraw, assignment.id)
    return drawn.hint_order if drawn else None


def _lot(assignment_id: int) -> str:
    """Return the order by a hash that anybody can repeat: nobody who takes part can choose or foresee the id."""
    digest = hashlib.sha256(f"hint order of assignment {assignment_id}".encode()).digest()
    return HINT_ORDERS[digest[0] % len(HINT_ORDERS)]
