"""Who goes together with whom, and what that means for applications, offers and placements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Application, Bond, BondMember, Offer, Placement, Volunteer
from webapp.models.applications import LIVE_APPLICATION_STATES
from webapp.services.correspondence import write_to_volunteer
from webapp.services.errors import Refused
from webapp.services.letter_kinds import OFFERS
from webapp.words import Words, lazy


@dataclass(frozen=True)
class Companion:
    """Somebody with whom an applicant goes, and the live application for the same assignment, if there is one."""

    volunteer: Volunteer
    application: Application | None


def bond_of(session: Session, volunteer: Volunteer, *states: str) -> Bond | None:
    """Return the newest bond that the person has said yes to, in one of these states."""
    query = (
        select(Bond)
        .join(BondMember, BondMember.bond_id == Bond.id)
        .where(BondMember.volunteer_id == volunteer.id, Bond.state.in_(states))
    )
    return session.scalars(query.order_by(Bond.id.desc()).limit(1)).first()


def companions(session: Session, application: Application) -> list[Companion]:
    """Return with whom the applicant goes, while the application runs and the bond stands."""
    return _others(session, application) if application.is_live else []


def who_go_together(session: Session, applications: Sequence[Application]) -> set[int]:
    """Return the ids of those among these running applications whose people go together with others."""
    running = {one.id: one.volunteer_id for one in applications if one.is_live}
    query = select(BondMember.volunteer_id).join(Bond, Bond.id == BondMember.bond_id)
    found = set(session.scalars(query.where(Bond.state == "standing", BondMember.volunteer_id.in_(running.values()))))
    return {application_id for application_id, volunteer_id in running.items() if volunteer_id in found}


def all_together(session: Session, application: Application) -> list[Application]:
    """Return the applications that get offers at once, by id; Refused while one of the people has not applied here."""
    others = companions(session, application)
    found = [one.application for one in others if one.application is not None]
    if len(found) < len(others):
        raise Refused(
            lazy("They go together or not at all, and not all of them have applied here. Wait, or write to them.")
        )
    return sorted([application, *found], key=lambda one: one.id)


def ask_to_apply(session: Session, application: Application) -> None:
    """Write to those who go together with somebody who has just applied, and have not applied there yet."""
    _tell_others(
        session,
        [one.volunteer for one in companions(session, application) if one.application is None],
        application,
        lazy("Apply too: %(title)s"),
        lazy(
            "%(name)s has applied for %(title)s at %(host)s. You go together or not at all, so a place can be offered "
            "to you only when you have applied there too. Sign in and look at it."
        ),
    )


def tell_of_end(session: Session, application: Application, told: Sequence[Offer] = ()) -> None:
    """Write to those who go together with somebody whose application has just ended, and still apply there; not why.

    Whose offer has ended with it (`told`) has a letter about that, which says the same.
    """
    people = {one.volunteer_id for one in told}
    _tell_others(
        session,
        [
            one.volunteer
            for one in _others(session, application)
            if one.application is not None and one.volunteer.id not in people
        ],
        application,
        lazy("An application of one of you has ended: %(title)s"),
        lazy(
            "The application of %(name)s for %(title)s at %(host)s has ended. Yours stays. You go together or not at "
            "all, so nothing can be offered to you there for now. If you want to go alone, end it under “Going "
            "together”."
        ),
    )


def offered_with(session: Session, offer: Offer) -> list[Offer]:
    """Return the other offers that were made together with this one, whatever became of them."""
    if offer.joint_offer_id is None:
        return []
    query = select(Offer).where(Offer.joint_offer_id == offer.joint_offer_id, Offer.id != offer.id)
    return list(session.scalars(query.order_by(Offer.id)))


def placed_with(session: Session, placement: Placement) -> list[Placement]:
    """Return the other placements that came of offers made together."""
    ids = [one.id for one in offered_with(session, session.get_one(Offer, placement.offer_id))]
    return list(session.scalars(select(Placement).where(Placement.offer_id.in_(ids)).order_by(Placement.id)))


def obstacles(_session: Session, placement: Placement) -> list[Words]:
    """Return what keeps somebody from the start whose companion does not come: a decision that is not made yet."""
    if not placement.waits_for_decision:
        return []
    return [lazy("Somebody who was to come too does not. Talk to this person and decide whether it goes on alone.")]


def _others(session: Session, application: Application) -> list[Companion]:
    bond = bond_of(session, application.volunteer, "standing")
    found = [one for one in bond.people if one.id != application.volunteer_id] if bond else []
    return [Companion(one, _live_application(session, one, application.assignment_id)) for one in found]


def _live_application(session: Session, volunteer: Volunteer, assignment_id: int) -> Application | None:
    query = select(Application).where(
        Application.volunteer_id == volunteer.id,
        Application.assignment_id == assignment_id,
        Application.state.in_(LIVE_APPLICATION_STATES),
    )
    return session.scalars(query.order_by(Application.id.desc()).limit(1)).first()


def _tell_others(
    session: Session, people: list[Volunteer], application: Application, subject: Words, body: Words
) -> None:
    assignment = application.assignment
    told = {"name": application.volunteer.full_name, "title": assignment.title, "host": assignment.host.name}
    for one in people:
        write_to_volunteer(session, one, OFFERS, Words(subject.text, told), Words(body.text, told))
