"""What a placement is made of: begun from an accepted offer, and never two for one person at the same time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Application, Assignment, Offer, Placement, User, Volunteer
from webapp.models.placements import RUNNING_PLACEMENT_STATES
from webapp.services import audit, clearance_lists, duties, signings
from webapp.services.errors import Refused
from webapp.services.placement_sight import relation_to
from webapp.words import lazy


def check_free(
    session: Session,
    volunteer: Volunteer,
    starts_on: date,
    ends_on: date,
    beside: Placement | None = None,
    reader: User | None = None,
) -> None:
    """Raise Refused where another placement of the volunteer overlaps with these days. The volunteer is held.

    A coordinator as `reader` is told which one only where they may open it.
    """
    query = select(Placement).where(
        Placement.volunteer_id == volunteer.id,
        Placement.state.in_(RUNNING_PLACEMENT_STATES),
        Placement.starts_on <= ends_on,
        Placement.ends_on >= starts_on,
    )
    if beside is not None:
        query = query.where(Placement.id != beside.id)
    other = session.scalars(query.order_by(Placement.starts_on).limit(1)).first()
    if other is not None and reader is not None and relation_to(reader, "placement.open", other) is None:
        raise Refused(lazy("This person has another placement in these days. One person has one placement at a time."))
    if other is not None:
        raise Refused(
            lazy(
                "These days overlap with another placement: %(title)s, from %(first)s to %(last)s. "
                "One person has one placement at a time.",
                title=other.assignment.title,
                first=other.starts_on,
                last=other.ends_on,
            )
        )


def prepare(session: Session, account: User, offer: Offer) -> Placement:
    """Begin the placement of an offer just accepted: the list of what has to be cleared, and the agreement to sign."""
    now = clock.now()
    placement = Placement(
        offer=offer,
        assignment=offer.assignment,
        volunteer=offer.volunteer,
        sending_vio_id=offer.volunteer.vio_id,
        receiving_vio_id=offer.vio_id,
        state="preparing",
        starts_on=offer.starts_on,
        ends_on=offer.ends_on,
        agreed_ends_on=offer.ends_on,
        created_at=now,
        state_at=now,
    )
    session.add(placement)
    audit.record(session, account, "placement_preparing", placement, offer.vio_id, offer=offer.id)
    duties.fix(session, placement, clock.today())
    clearance_lists.complete(session, account, placement)
    signings.begin(session, account, placement)
    return placement


def placement_of(session: Session, application: Application) -> Placement | None:
    """Return the newest placement that came of an application."""
    query = select(Placement).join(Offer, Offer.id == Placement.offer_id).where(Offer.application_id == application.id)
    return session.scalars(query.order_by(Placement.id.desc()).limit(1)).first()


def without_placement(session: Session, applications: Sequence[Application]) -> list[Application]:
    """Return those applications of which no placement came that runs or was served; by the newest placement of each."""
    query = select(Offer.application_id, Placement.state).join(Placement, Placement.offer_id == Offer.id)
    query = query.where(Offer.application_id.in_([one.id for one in applications])).order_by(Placement.id)
    newest = dict(session.execute(query).all())
    return [one for one in applications if newest.get(one.id, "cancelled") == "cancelled"]


def running_at(session: Session, assignment: Assignment) -> list[Placement]:
    """Return the assignment's placements that are not over, the first to begin first."""
    query = select(Placement).where(
        Placement.assignment_id == assignment.id, Placement.state.in_(RUNNING_PLACEMENT_STATES)
    )
    return list(session.scalars(query.order_by(Placement.starts_on, Placement.id)))
