"""For which side of a placement an account speaks, and who may open what its people share."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, false, or_, select, true
from sqlalchemy.orm import Session

from webapp import permissions
from webapp.models import Application, Placement, User, Volunteer
from webapp.services.errors import NotFound
from webapp.services.placement_sight import RECEIVING, SENDING, check, placement_for, relation_to, seen_by
from webapp.services.relations import DELEGATED, OWN_HOST, OWN_PROFILE, OWN_VIO
from webapp.services.visibility import sight_of

VOLUNTEER, HOST, OFFICE = "volunteer", "host", "office"
SIDES = {OWN_PROFILE: VOLUNTEER, OWN_HOST: HOST, SENDING: OFFICE, RECEIVING: OFFICE, DELEGATED: OFFICE}


def side_of(account: User, placement: Placement) -> str:
    """Return volunteer, host or office (of the sending or the receiving VIO); NotFound for everybody else."""
    relation = relation_to(account, "placement.open", placement)
    if relation is None:
        raise NotFound
    return SIDES[relation]


def signing_side(account: User, placement: Placement) -> str:
    """Return volunteer or host, who sign and answer; NotFound for everybody else, the offices too."""
    check(account, "placement.say", placement)
    return side_of(account, placement)


def shared_placement(session: Session, account: User, placement_id: int) -> Placement:
    """Return a placement whose shared pages the account may open; they name the volunteer, so not everybody may."""
    placement = placement_for(session, account, placement_id)
    if not may_share(session, account, placement):
        raise NotFound
    return placement


def may_share(session: Session, account: User, placement: Placement) -> bool:
    """Whether the account may open the shared pages of a placement that it sees."""
    return sight_of(session, account, placement.volunteer, placement.assignment).name


def shared_with(account: User) -> ColumnElement[bool]:
    """Return the condition of placements whose shared pages count for the account: not after a withdrawn application.

    A person of the own VIO stays visible to it, and everybody to themselves.
    """
    last = select(Application.state).where(
        Application.volunteer_id == Placement.volunteer_id, Application.assignment_id == Placement.assignment_id
    )
    is_there = last.order_by(Application.id.desc()).limit(1).scalar_subquery() != "withdrawn"
    # Asked of each person: a list of all people of an office would be read for every page.
    of_whom = select(Volunteer.vio_id).where(Volunteer.id == Placement.volunteer_id).scalar_subquery()
    own = of_whom == account.vio_id
    in_queries = {
        OWN_PROFILE: true(),
        OWN_VIO: own,
        DELEGATED: own,
        "applicant": is_there,
    }  # who has a placement has applied
    named = (
        in_queries[one]
        for one in permissions.relations("person.see", account.role)
        if one in in_queries and "name" in permissions.fields("person.see", account.role, one)
    )
    return and_(seen_by(account), or_(false(), *named))
