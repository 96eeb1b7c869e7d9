"""Saying yes to an offer; where several people go together, it holds when all of them have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Bond, JointOffer, Offer, Placement, User
from webapp.services import audit, companions, stays
from webapp.services.errors import Refused
from webapp.services.locks import hold
from webapp.services.moves import check_can_move, move
from webapp.services.placement_letters import tell
from webapp.services.placement_sight import check_own
from webapp.words import lazy


def say_yes(session: Session, account: User, offer: Offer, today: date | None = None) -> Placement | None:
    """Say yes, and return the placement that is prepared from now on; None while others have not said yes too.

    Refused where its dates overlap with another placement of one of them.
    """
    check_own(account, offer.volunteer)
    together = sorted([offer, *companions.offered_with(session, offer)], key=lambda one: one.volunteer_id)
    hold(session, offer.assignment, *(one.volunteer for one in together), *sorted(together, key=lambda one: one.id))
    check_can_move(offer, "accepted")
    if offer.answer_by < (today or clock.today()):
        raise Refused(
            lazy("The day to answer was %(day)s. Write to the office: it can offer again.", day=offer.answer_by)
        )
    stays.check_free(session, offer.volunteer, offer.starts_on, offer.ends_on)
    others = [one for one in together if one.id != offer.id]
    if any(one.state != "made" for one in others):
        raise Refused(lazy("The offer was for all of you, and one of you cannot accept any more. Write to the office."))
    if any(one.agreed_at is None for one in others):
        _agree(session, account, offer, others)
        return None
    _check_free_too(session, others)
    made = [_accept(session, account, one) for one in (offer, *others)]
    if offer.joint_offer_id is not None:
        _keep_bond(session, account, offer.joint_offer_id)
    return made[0]


def _agree(session: Session, account: User, offer: Offer, others: Sequence[Offer]) -> None:
    """Keep the yes of one of those who go together, and tell those who have not answered."""
    if offer.agreed_at is not None:
        raise Refused(lazy("You have said yes already. It holds when the others have said yes too."))
    offer.agreed_at = clock.now()
    audit.record(session, account, "offer_agreed", offer)
    for one in others:
        if one.agreed_at is None:
            tell(session, account, "offer_agreed", one, name=offer.volunteer.full_name, day=one.answer_by)


def _check_free_too(session: Session, others: Sequence[Offer]) -> None:
    """Raise Refused where somebody who has said yes has another placement by now; that, whose and which is not said."""
    for one in others:
        try:
            stays.check_free(session, one.volunteer, one.starts_on, one.ends_on)
        except Refused as refused:
            raise Refused(
                lazy("One of you cannot come on these days any more. Talk to each other: one of you has to decline.")
            ) from refused


def _accept(session: Session, account: User, offer: Offer) -> Placement:
    move(session, account, offer, "accepted")
    offer.state_at = clock.now()
    placement = stays.prepare(session, account, offer)
    tell(session, account, "offer_accepted", placement)
    return placement


def _keep_bond(session: Session, account: User, joint_offer_id: int) -> None:
    """What they wanted is there: from now on their placements say who goes with whom."""
    bond = session.get_one(Bond, session.get_one(JointOffer, joint_offer_id).bond_id)
    hold(session, bond)
    if bond.state == "standing":  # not so where they have accepted another place together
        move(session, account, bond, "kept")
        bond.state_at = clock.now()
