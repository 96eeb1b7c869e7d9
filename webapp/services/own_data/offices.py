"""In the letters of which offices a person may be named."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, aliased

from webapp.models import (
    Application,
    Assignment,
    BondMember,
    MatchInvitation,
    Placement,
    PutForward,
    Reference,
    Vio,
    Volunteer,
)


def strangers(session: Session, volunteer: Volunteer) -> set[str]:
    """Return the names of the VIOs that have nothing to do with a person.

    Asked for this way round, since a letter bears its office's name of that day: one that no VIO has today may be ours.
    """
    is_known = or_(Vio.id == volunteer.vio_id, *(Vio.id.in_(query) for query in _known_to(volunteer.id)))
    return set(session.scalars(select(Vio.name).where(~is_known)))


def others(session: Session, vio_id: int) -> set[str]:
    """Return the names of all VIOs but one."""
    return set(session.scalars(select(Vio.name).where(Vio.id != vio_id)))


def _known_to(volunteer_id: int) -> list[Select[int]]:
    """Return queries for the VIOs that received or were asked to, and those of whoever was told the person's name."""
    placed = Placement.volunteer_id == volunteer_id
    return [
        select(Placement.sending_vio_id).where(placed),
        select(Placement.receiving_vio_id).where(placed),
        *(_of_assignments(model, model.volunteer_id == volunteer_id) for model in (Application, PutForward)),
        select(MatchInvitation.vio_id).where(MatchInvitation.volunteer_id == volunteer_id),
        _of_companions(volunteer_id),
        *_of_whom_they_vouch_for(volunteer_id),
    ]


def _of_assignments(model: type[Application] | type[PutForward], condition: ColumnElement[bool]) -> Select[int]:
    return select(Assignment.vio_id).join(model, model.assignment_id == Assignment.id).where(condition)


def _of_companions(volunteer_id: int) -> Select[int]:
    own, other = BondMember, aliased(BondMember)
    query = select(Volunteer.vio_id).join(other, other.volunteer_id == Volunteer.id)
    return query.join(own, own.bond_id == other.bond_id).where(own.volunteer_id == volunteer_id)


def _of_whom_they_vouch_for(volunteer_id: int) -> list[Select[int]]:
    """Return the offices of applicants who read that the person is asked about them."""
    asked = Application.id.in_(select(Reference.application_id).where(Reference.served_beside_id == volunteer_id))
    applicants = select(Volunteer.vio_id).join(Application, Application.volunteer_id == Volunteer.id)
    return [applicants.where(asked), _of_assignments(Application, asked)]
