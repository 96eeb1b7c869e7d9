"""A fair trial of two orders of the coach's hints: each new assignment draws one by lot, for as long as it lives.

Only the order differs; the hints and the score are the same. Off until a VIO turns it on, and hosts are told.
"""

from __future__ import annotations

import secrets

from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Assignment, HintDraw
from webapp.models.trials import HINT_ORDERS


def draw(session: Session, assignment: Assignment) -> None:
    """Let an assignment that a host has just begun draw its order, where its VIO tries both."""
    session.flush()
    if assignment.host.vio.hint_trial:
        session.add(HintDraw(assignment_id=assignment.id, hint_order=secrets.choice(HINT_ORDERS), drawn_at=clock.now()))
        session.flush()


def order_of(session: Session, assignment: Assignment) -> str | None:
    """Return the order that an assignment drew; None where it drew none."""
    drawn = session.get(HintDraw, assignment.id)
    return drawn.hint_order if drawn else None
