"""How an offer ends without a yes; what was offered together ends together."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Offer, User
from webapp.services import companions, next_words, placement_reasons, places
from webapp.services.locks import hold
from webapp.services.moves import check_can_move, move
from webapp.services.placement_letters import HOST, OFFICES, VOLUNTEER, tell


def end(session: Session, account: User | None, offer: Offer, state: str, reason: str, words: str) -> None:
    """End an offer that waits, for a reason of the list, and free its place; the caller tells whom it concerns."""
    hold(session, offer.assignment, offer)
    check_can_move(offer, state)
    offer.reason_code, offer.answer_words, offer.state_at = reason, words, clock.now()
    move(session, account, offer, state, reason=reason)
    places.let_go(session, account, offer)
    next_words.promise(offer.application)


def waiting_with(session: Session, offer: Offer) -> list[Offer]:
    """Return the offers that were made together with this one and wait for an answer."""
    return [one for one in companions.offered_with(session, offer) if one.state == "made"]


def end_with(session: Session, account: User | None, offer: Offer) -> list[Offer]:
    """All or none: what was offered together with an offer that has ended ends too; return what did.

    Each of them has a letter; the host has one about all of them, and so has each office.
    """
    waiting, told = waiting_with(session, offer), set[int]()
    for one in waiting:
        beside = [] if one.volunteer.vio_id in told else [OFFICES] if told else [HOST, OFFICES]
        end_kindly(session, account, one, [VOLUNTEER, *beside])
        told |= {one.volunteer.vio_id, one.assignment.vio_id}
    return waiting


def end_kindly(
    session: Session, account: User | None, offer: Offer, to: Iterable[str] = (VOLUNTEER, HOST, OFFICES)
) -> None:
    """End an offer because not all of those who go together said yes; it says nothing about this one."""
    end(session, account, offer, "withdrawn", placement_reasons.NOT_TOGETHER, "")
    tell(session, account, "offer_not_together", offer, to=to)
