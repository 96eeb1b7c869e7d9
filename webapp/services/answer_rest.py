"""An assignment is filled or closed: everybody who still waits is answered at once, kindly, by the coordinator."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from webapp.models import Application, Assignment, Offer, Place, Placement, User
from webapp.models.applications import LIVE_APPLICATION_STATES
from webapp.services.errors import Refused
from webapp.services.locks import hold
from webapp.services.placement_sight import check_decides
from webapp.services.shortlists import answer_no
from webapp.words import Words, lazy

REASON = "places_taken"
OVER = ("filled", "closed")
WORDS: Words = lazy(
    "Thank you for applying and for the time that you gave it. All places are taken now, and we did not want you to "
    "wait any longer for our answer. We would be glad to hear from you again."
)


def left(session: Session, account: User, assignment: Assignment) -> list[Application]:
    """Return who still waits: their application runs and they hold no place."""
    check_decides(account, assignment)
    offered = select(Offer.application_id).where(Offer.assignment_id == assignment.id)
    seated = offered.join(Place, Place.offer_id == Offer.id)
    served = offered.join(Placement, Placement.offer_id == Offer.id).where(Placement.state != "cancelled")
    query = select(Application).where(
        Application.assignment_id == assignment.id,
        Application.state.in_(LIVE_APPLICATION_STATES),
        Application.id.not_in(seated),
        Application.id.not_in(served),  # whose stay ended early holds no place, and is not declined for that
    )
    return list(session.scalars(query.order_by(Application.id).options(selectinload(Application.volunteer))))


def can_answer(session: Session, account: User, assignment: Assignment) -> bool:
    """Whether there is anybody to be answered, and no place left for them."""
    return assignment.state in OVER and bool(left(session, account, assignment))


def answer_rest(session: Session, account: User, assignment: Assignment, words: str) -> int:
    """Decline all who still wait, in one transaction, each with a letter; return how many."""
    check_decides(account, assignment)
    hold(session, assignment)
    if assignment.state not in OVER:
        raise Refused(lazy("A place is free again. Offer it before you answer the others."))
    waiting = left(session, account, assignment)
    if not waiting:
        raise Refused(lazy("Everybody has an answer already."))
    for application in waiting:
        answer_no(session, account, application, REASON, words, assignment.vio.name)
    return len(waiting)
