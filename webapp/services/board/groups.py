"""Which rows of the board belong together: people who go together or not at all, by what each has at the same place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from webapp.models import Application, Assignment, Bond, BondMember, Offer, Placement
from webapp.models.applications import LIVE_APPLICATION_STATES

Row = Application | Placement
Key = tuple[str, int]  # table and id of a row


def key_of(row: Row) -> Key:
    """Return by what a row is found."""
    return row.__tablename__, row.id


def beside(session: Session, rows: Sequence[Row]) -> dict[Key, list[Row]]:
    """Return for each row what those have there with whom its person goes; three queries, however many rows."""
    wishes = [row for row in rows if isinstance(row, Application) and row.is_live]
    stays = [row.id for row in rows if isinstance(row, Placement)]
    return {**_applications(session, wishes), **_placements(session, stays)}


def _applications(session: Session, wishes: Sequence[Application]) -> dict[Key, list[Row]]:
    mine, other = aliased(BondMember), aliased(BondMember)
    query = select(mine.volunteer_id, other.volunteer_id).join(other, other.bond_id == mine.bond_id)
    query = query.join(Bond, Bond.id == mine.bond_id).where(Bond.state == "standing")
    query = query.where(mine.volunteer_id.in_({one.volunteer_id for one in wishes}))
    others: dict[int, list[int]] = defaultdict(list)
    for volunteer_id, with_id in session.execute(query.order_by(other.id)):
        if volunteer_id is not None and with_id not in (None, volunteer_id):
            others[volunteer_id].append(with_id)
    found = _live(session, {one for several in others.values() for one in several}, wishes)
    told = {
        one: [found[there] for with_id in others[one.volunteer_id] if (there := (one.assignment_id, with_id)) in found]
        for one in wishes
    }
    return {key_of(one): [*several] for one, several in told.items() if several}


def _live(session: Session, people: set[int], beside: Sequence[Application]) -> dict[tuple[int, int], Application]:
    """Return these people's running applications for the same assignments, by assignment and person."""
    query = select(Application).where(
        Application.volunteer_id.in_(people),
        Application.assignment_id.in_({one.assignment_id for one in beside}),
        Application.state.in_(LIVE_APPLICATION_STATES),
    )
    found = session.scalars(query.options(selectinload(Application.volunteer)).order_by(Application.id))
    return {(one.assignment_id, one.volunteer_id): one for one in found}


def _placements(session: Session, stays: Sequence[int]) -> dict[Key, list[Row]]:
    """Return the placements that came of offers made together with theirs."""
    own, other = aliased(Offer), aliased(Offer)
    mine = aliased(Placement)
    query = select(mine.id, Placement).join(own, own.id == mine.offer_id)
    query = query.join(other, other.joint_offer_id == own.joint_offer_id).where(other.id != own.id)
    query = query.join(Placement, Placement.offer_id == other.id).where(mine.id.in_(stays))
    with_people = (selectinload(Placement.volunteer), joinedload(Placement.assignment).joinedload(Assignment.host))
    found: dict[Key, list[Row]] = defaultdict(list)
    for placement_id, one in session.execute(query.options(*with_people).order_by(Placement.id)):
        found[Placement.__tablename__, placement_id].append(one)
    return found
