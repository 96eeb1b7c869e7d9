"""What keeps a placement from starting or going on longer: a suspended host, a barred person; and who has to decide."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from webapp import clock
from webapp.models import Assignment, Bar, HeldStay, HostSuspension, Placement, User, Volunteer
from webapp.models.placements import RUNNING_PLACEMENT_STATES
from webapp.services import audit
from webapp.services.delegations import of_vio
from webapp.services.errors import NotFound
from webapp.services.moves import move
from webapp.services.relations import check_vio
from webapp.words import Words, lazy

UNDECIDED = ("waiting", "moving")
_STAY = contains_eager(HeldStay.placement)
# What a list of them prints of each, read for all at once.
BESIDE = (
    _STAY.selectinload(Placement.volunteer),
    _STAY.selectinload(Placement.assignment).selectinload(Assignment.host),
    selectinload(HeldStay.owner),
    selectinload(HeldStay.bar),
    selectinload(HeldStay.suspension),
)


def obstacles(session: Session, placement: Placement) -> list[Words]:
    """Return why the placement cannot start now; read anew, so that what was done a moment ago counts."""
    session.refresh(placement.assignment.host, ["suspended_at"])
    session.refresh(placement.volunteer, ["barred_at"])
    return reasons(placement)


def reasons(placement: Placement) -> list[Words]:
    """Return why the placement cannot start now, as it was read."""
    host, person, found = placement.assignment.host, placement.volunteer, []
    if host.suspended_at is not None:
        found.append(lazy("The host is suspended. The placement can start once the suspension is lifted."))
    if person.barred_at is not None:
        found.append(lazy("The organization that sends this person has barred them. Ask it, or cancel the placement."))
    return found


def hold_stays(
    session: Session, account: User | None, placements: Sequence[Placement], cause: HostSuspension | Bar
) -> None:
    """List placements for a decision; whoever caused it owns those of the own VIO."""
    for placement in placements:
        held = HeldStay(
            vio_id=placement.receiving_vio_id,
            placement=placement,
            state="waiting",
            owner_id=account.id if account and account.vio_id == placement.receiving_vio_id else None,
            made_at=clock.now(),
        )
        if isinstance(cause, Bar):
            held.bar_id = cause.id
        else:
            held.suspension_id = cause.id
        session.add(held)
        audit.record(session, account, "held_stay_waiting", held, placement=placement.id)


def held_by(session: Session, cause: HostSuspension | Bar) -> list[HeldStay]:
    """Return the stays that a suspension or a bar holds, those that wait first."""
    column = HeldStay.bar_id if isinstance(cause, Bar) else HeldStay.suspension_id
    query = select(HeldStay).join(Placement).where(column == cause.id).options(*BESIDE)
    return list(session.scalars(query.order_by(HeldStay.state.not_in(UNDECIDED), HeldStay.id)))


def release(
    session: Session, account: User | None, cause: HostSuspension | Bar, person: Volunteer | None = None
) -> None:
    """Let everything (of one person) go on that the suspension or bar held and that has not ended."""
    for held in held_by(session, cause):
        is_meant = person is None or held.placement.volunteer_id == person.id
        if is_meant and held.state not in ("ended", "released"):
            move(session, account, held, "released")


def to_decide(session: Session, account: User) -> list[HeldStay]:
    """Return the VIO's held stays whose placement still runs, those without a decision first, then the oldest."""
    query = select(HeldStay).join(Placement).where(of_vio(account, HeldStay.vio_id), _runs())
    query = query.where(HeldStay.state.not_in(("ended", "released"))).options(*BESIDE)
    return list(session.scalars(query.order_by(HeldStay.state != "waiting", HeldStay.made_at, HeldStay.id)))


def count_undecided(session: Session, account: User) -> int:
    """Return how many of the VIO's stays wait for a decision, or for another place."""
    return session.scalar(select(func.count()).select_from(undecided(account).subquery())) or 0


def undecided(account: User) -> Select[int, datetime]:
    """Return the VIO's stays without a decision, or that look for another place, with since when; the oldest first."""
    query = select(HeldStay.id, HeldStay.made_at).join(Placement)
    query = query.where(of_vio(account, HeldStay.vio_id), _runs(), HeldStay.state.in_(UNDECIDED))
    return query.order_by(HeldStay.made_at, HeldStay.id)


def held_for(session: Session, account: User, held_id: int) -> HeldStay:
    """Return one held stay to a coordinator of the VIO that decides."""
    mine = (HeldStay.id == held_id, HeldStay.vio_id == account.vio_id)
    found = session.scalar(select(HeldStay).where(*mine))
    if found is None:
        raise NotFound
    check_vio(account, "placement.hold", found.vio_id)
    return found


def take_over(session: Session, account: User, held: HeldStay) -> None:
    """Become the owner: the one who sees to it that a decision is made and kept."""
    held.owner = account
    audit.record(session, account, "held_stay_taken_over", held, owner=account.id)


def _runs() -> ColumnElement[bool]:
    return Placement.state.in_(RUNNING_PLACEMENT_STATES)
