"""The rows around three placements of the demonstration, one coming, one under way, one over, for each of its sides."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import (
    CheckIn,
    Clearance,
    ClearanceDocument,
    CommunityAsk,
    Debrief,
    FollowUp,
    Offer,
    Placement,
    RollCall,
    RollCallLink,
    RollCallPerson,
    ServiceCertificate,
    User,
    Wording,
)
from webapp.models.accounts import COORDINATOR, HOST, VOLUNTEER
from webapp.models.check_ins import CHECK_IN_SIDES

ROLES = (COORDINATOR, HOST, VOLUNTEER)
Values = dict[str, list[Any]]


def coming(session: Session) -> Placement:
    """Return a placement that is being prepared, of an office with an offer that waits for its answer."""
    offering = select(Offer.vio_id).where(Offer.state == "made")
    query = select(Placement).where(Placement.state == "preparing", Placement.receiving_vio_id.in_(offering))
    found = session.scalars(query.order_by(Placement.id)).first()
    assert found is not None, "no office of the demonstration prepares one placement and offers another"
    return found


def under_way(session: Session) -> Placement:
    """Return a placement that is active."""
    found = session.scalars(select(Placement).where(Placement.state == "active").order_by(Placement.id)).first()
    assert found is not None, "nobody of the demonstration is at a host now"
    return found


def over(session: Session) -> Placement:
    """Return a placement that is completed, with a certificate of service."""
    query = select(Placement).join(ServiceCertificate).where(Placement.state == "completed")
    found = session.scalars(query.order_by(Placement.id.desc())).first()
    assert found is not None, "nobody of the demonstration has a certificate of service"
    return found


def of_side(session: Session, placement: Placement, role: str) -> User:
    """Return an account of the placement in this role; of the offices, the receiving one."""
    mine = {
        COORDINATOR: (User.role == COORDINATOR, User.vio_id == placement.receiving_vio_id),
        HOST: (User.role == HOST, User.host_id == placement.assignment.host_id),
        VOLUNTEER: (User.id == placement.volunteer.user_id,),
    }
    found = session.scalars(select(User).where(*mine[role]).order_by(User.id)).first()
    assert found is not None, f"placement {placement.id} has no {role}"
    return found


def values_of(session: Session, placement: Placement, role: str) -> Values:
    """Return the rows that addresses of this placement name to the role."""
    waiting = select(Offer.id).where(Offer.state == "made", Offer.vio_id == placement.receiving_vio_id)
    documents = select(ClearanceDocument.id).join(Clearance).where(Clearance.placement_id == placement.id)
    answers = placement.state == "active" and role in CHECK_IN_SIDES  # the offices answer no check-in
    wordings = select(Wording.number).where(Wording.placement_id == placement.id).order_by(Wording.number.desc())
    return {
        "placement_id": [placement.id],
        "clearance_id": list(session.scalars(select(Clearance.id).where(Clearance.placement_id == placement.id))),
        "document_id": list(session.scalars(documents)),
        "wording_number": list(session.scalars(wordings.limit(1))),
        "check_in_id": [_waiting(session, placement, role).id] if answers else [],
        "offer_id": list(session.scalars(waiting.limit(1))),
    }


def ask_by_link(session: Session, token_hash: str) -> None:
    """Ask somebody of the community, in a roll call and, months later, a volunteer, by one and the same link."""
    placement, now = over(session), clock.now()
    unheard = under_way(session)
    heard = select(Debrief.id).where(Debrief.placement_id == unheard.id, Debrief.side == "community")
    assert session.scalar(heard) is None
    called = session.scalars(select(RollCallPerson).join(RollCall).where(RollCall.state == "open")).first()
    assert called is not None, "the demonstration calls no roll"
    session.execute(delete(FollowUp).where(FollowUp.placement_id == placement.id, FollowUp.months == 12))
    session.add_all(
        [
            FollowUp(placement_id=placement.id, months=12, token_hash=token_hash, sent_at=now),
            RollCallLink(person_id=called.id, side="volunteer", token_hash=token_hash, sent_at=now),
            CommunityAsk(
                placement_id=unheard.id,
                name="Ama Boateng",
                email="ama.boateng@village.example",
                token_hash=token_hash,
                sent_at=now,
                expires_at=now + timedelta(days=1),
            ),
        ]
    )


def _waiting(session: Session, placement: Placement, side: str) -> CheckIn:
    """Return a check-in that is due and that the side has not answered; one of today where there is none."""
    due = select(CheckIn).where(CheckIn.placement_id == placement.id, CheckIn.due_on <= clock.today())
    for one in session.scalars(due.order_by(CheckIn.due_on.desc())):
        if one.answer_of(side) is None:
            return one
    made = CheckIn(placement=placement, due_on=clock.today())
    session.add(made)
    session.flush()
    return made
