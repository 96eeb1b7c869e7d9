"""Offers to people who go together: made at once, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Application, Bond, JointOffer, Offer, User, Volunteer
from webapp.services import companions, offer_endings, placement_reasons
from webapp.services.errors import Refused
from webapp.services.locks import hold
from webapp.services.offers import Seat, Terms, Together, make
from webapp.services.placement_letters import tell
from webapp.services.placement_sight import check_decides
from webapp.words import lazy


def make_together(
    session: Session,
    account: User,
    application: Application,
    seats: Mapping[int, Seat],
    terms: Terms,
    today: date | None = None,
) -> list[Offer]:
    """Offer places to all who go together, with the same dates; `seats` says which place by application.

    All places are taken, or the caller's transaction is to be thrown away with the Refused that is raised.
    """
    check_decides(account, application.assignment)
    hold(session, application.assignment)
    bond = companions.bond_of(session, application.volunteer, "standing")
    if bond is None:
        raise Refused(lazy("They do not go together any more. Reload the page."))
    hold(session, bond)
    if bond.state != "standing":
        raise Refused(lazy("They do not go together any more. Reload the page."))
    everybody = companions.all_together(session, application)
    hold(session, *everybody)
    joint = JointOffer(bond_id=bond.id, made_at=clock.now())
    session.add(joint)
    session.flush()
    together = Together(joint, everybody)
    made = [
        make(session, account, one, seats.get(one.id, Seat("")), terms, today or clock.today(), together)
        for one in everybody
    ]
    tell(session, account, "offers_made_together", made[0], day=made[0].answer_by)
    return made


def end_with_bond(session: Session, account: User, bond: Bond, volunteer: Volunteer) -> None:
    """End the offers that wait for all of a bond because `volunteer` ends it. The assignments are held."""
    query = (
        select(Offer)
        .join(JointOffer, JointOffer.id == Offer.joint_offer_id)
        .where(JointOffer.bond_id == bond.id, Offer.state == "made", Offer.volunteer_id == volunteer.id)
    )
    for offer in session.scalars(query.order_by(Offer.assignment_id)).all():
        offer_endings.end(session, account, offer, "declined", placement_reasons.BOND_ENDED, "")
        tell(session, account, "offer_declined", offer)
        offer_endings.end_with(session, account, offer)
