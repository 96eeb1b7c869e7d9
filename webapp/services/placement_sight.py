"""Who may open which offer and placement. What is not theirs answers as if it did not exist.

How an account stands to a row is told of one row, as the condition of a query, and of the accounts of one row.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from webapp import permissions
from webapp.models import Assignment, Offer, Placement, User, Volunteer
from webapp.services.delegations import at_own_work, of_vio, relation_to_work
from webapp.services.errors import NotFound
from webapp.services.relations import DELEGATED, OWN_HOST, OWN_PROFILE, OWN_VIO, check_profile

SENDING, RECEIVING = "sending_vio", "receiving_vio"

HOLDS: dict[str, Callable[[User, Placement], bool]] = {
    OWN_PROFILE: lambda account, placement: placement.volunteer.user_id == account.id,
    OWN_HOST: lambda account, placement: placement.assignment.host_id == account.host_id,
    SENDING: lambda account, placement: placement.sending_vio_id == account.vio_id and not account.is_delegated,
    RECEIVING: lambda account, placement: placement.receiving_vio_id == account.vio_id and not account.is_delegated,
    DELEGATED: lambda account, placement: _is_delegated_to(account, placement.receiving_vio_id, placement.assignment),
}
IN_QUERIES: dict[str, Callable[[User], ColumnElement[bool]]] = {
    OWN_PROFILE: lambda account: Placement.volunteer_id.in_(
        select(Volunteer.id).where(Volunteer.user_id == account.id)
    ),
    OWN_HOST: lambda account: Placement.assignment_id.in_(
        select(Assignment.id).where(Assignment.host_id == account.host_id)
    ),
    SENDING: lambda account: of_vio(account, Placement.sending_vio_id),
    RECEIVING: lambda account: of_vio(account, Placement.receiving_vio_id),
    DELEGATED: lambda account: _delegated(account, Placement.receiving_vio_id, Placement.assignment_id),
}
# Whose relation to one placement it may be; `relation_to` then says of each whether it is.
OF_ACCOUNTS: dict[str, Callable[[Placement], ColumnElement[bool]]] = {
    OWN_PROFILE: lambda placement: User.id == placement.volunteer.user_id,
    OWN_HOST: lambda placement: User.host_id == placement.assignment.host_id,
    SENDING: lambda placement: User.vio_id == placement.sending_vio_id,
    RECEIVING: lambda placement: User.vio_id == placement.receiving_vio_id,
    DELEGATED: lambda placement: User.vio_id == placement.receiving_vio_id,
}
OF_OFFERS: dict[str, Callable[[User], ColumnElement[bool]]] = {
    OWN_PROFILE: lambda account: Offer.volunteer_id.in_(select(Volunteer.id).where(Volunteer.user_id == account.id)),
    OWN_VIO: lambda account: of_vio(account, Offer.vio_id),
    DELEGATED: lambda account: _delegated(account, Offer.vio_id, Offer.assignment_id),
}


def relation_to(account: User, action: str, placement: Placement) -> str | None:
    """Return the relation by which the account may do this with the placement; None where it may not."""
    return permissions.held(action, account.role, HOLDS, account, placement)


def check(account: User, action: str, placement: Placement) -> None:
    """Raise NotFound unless the account may do this with the placement."""
    if relation_to(account, action, placement) is None:
        raise NotFound


def check_decides(account: User, assignment: Assignment) -> None:
    """Raise NotFound unless the account decides on placements at an assignment: a coordinator who reaches it."""
    as_receiving = {OWN_VIO: RECEIVING}
    relation = relation_to_work(account, assignment)
    if not permissions.may("placement.decide", account.role, as_receiving.get(relation or "", relation)):
        raise NotFound


def check_own(account: User, volunteer: Volunteer) -> None:
    """Raise NotFound unless the profile is the account's own."""
    check_profile(account, "person.keep", volunteer)


def decides(account: User, placement: Placement) -> bool:
    """Whether the account decides on the placement, and not only sees it."""
    return relation_to(account, "placement.decide", placement) is not None


def offer_for(session: Session, account: User, offer_id: int) -> Offer:
    """Return an offer to its volunteer, or to a coordinator of the VIO that made it."""
    found = session.scalar(select(Offer).where(Offer.id == offer_id, offers_of(account)))
    if found is None:
        raise NotFound
    return found


def offers_of(account: User) -> ColumnElement[bool]:
    """Return the condition of offers that the account may open."""
    return or_(false(), *(OF_OFFERS[one](account) for one in permissions.relations("offer.open", account.role)))


def placement_for(session: Session, account: User, placement_id: int) -> Placement:
    """Return a placement to its volunteer, its host, and coordinators of the sending and the receiving VIO."""
    query = select(Placement).where(Placement.id == placement_id, seen_by(account))
    found = session.scalar(query)
    if found is None:
        raise NotFound
    return found


def readers_of(session: Session, placement: Placement) -> list[User]:
    """Return the accounts that may open a placement."""
    gives = permissions.table().actions["placement.open"].gives
    ways = (and_(User.role == role, OF_ACCOUNTS[one](placement)) for role, held in gives.items() for one in held)
    found = session.scalars(select(User).where(User.active, or_(false(), *ways)).order_by(User.id))
    return [one for one in found if relation_to(one, "placement.open", placement) is not None]


def seen_by(account: User, action: str = "placement.open") -> ColumnElement[bool]:
    """Return the condition of placements that the account may open, or with which it may do something else."""
    return or_(false(), *(IN_QUERIES[one](account) for one in permissions.relations(action, account.role)))


def received_by(account: User) -> ColumnElement[bool]:
    """Return the condition of placements that the coordinator's VIO receives, as far as the coordinator reaches."""
    return or_(IN_QUERIES[RECEIVING](account), IN_QUERIES[DELEGATED](account))


def _is_delegated_to(account: User, vio_id: int, assignment: Assignment) -> bool:
    return vio_id == account.vio_id and relation_to_work(account, assignment) == DELEGATED


def _delegated(
    account: User, vio_id: InstrumentedAttribute[int], assignment_id: InstrumentedAttribute[int]
) -> ColumnElement[bool]:
    if not account.is_delegated:
        return false()
    return and_(vio_id == account.vio_id, at_own_work(account, assignment_id))
