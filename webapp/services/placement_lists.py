"""Lists of placements for each role: what is due first."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, func, literal_column, or_, select
from sqlalchemy.orm import Session, selectinload

from webapp.models import Application, Assignment, Offer, Placement, User, Volunteer, Wording
from webapp.models.placements import RUNNING_PLACEMENT_STATES, UNDER_WAY_STATES
from webapp.services.paging import Part, Start, part_of
from webapp.services.placement_sight import decides, offers_of, received_by, seen_by

PAGE = 40
BESIDE = (selectinload(Placement.volunteer), selectinload(Placement.assignment).selectinload(Assignment.host))
# Put together once: the first page of a volunteer asks it. With the state as a value beside it, SQLite would read the
# statement anew each time (services/spelled_out.py says why).
_TO_ANSWER = (
    select(Offer)
    .where(Offer.volunteer_id == bindparam("volunteer_id"))
    .where(Offer.state == literal_column("'made'"), Offer.agreed_at.is_(None))
    .order_by(Offer.answer_by, Offer.id)
)
START, COMPLETE = "start", "complete"


def placements_seen(session: Session, account: User, state: str, start: Start) -> Part[Placement]:
    """Return a page of the placements that the account may open, those that run by first day first."""
    query = select(Placement).where(seen_by(account))
    if state:
        query = query.where(Placement.state == state)
    is_over = case((Placement.state.in_(RUNNING_PLACEMENT_STATES), 0), else_=1)
    return part_of(session, query, [is_over, Placement.starts_on], Placement.id, start, PAGE, beside=BESIDE)


def count_by_state(session: Session, account: User) -> dict[str, int]:
    """Return how many of the placements that the account may open stand in each state."""
    query = select(Placement.state, func.count()).where(seen_by(account)).group_by(Placement.state)
    return dict(session.execute(query).all())


def due(account: User, placement: Placement, today: date) -> str:
    """Return what the account has to do now: start, complete, or nothing (blank)."""
    if not decides(account, placement):
        return ""
    if placement.state == "preparing" and placement.starts_on <= today:
        return START
    return COMPLETE if placement.state in UNDER_WAY_STATES and placement.ends_on < today else ""


def has_later_day_signed() -> ColumnElement[bool]:
    """Return the condition that both sides have signed a last day later than the placement's."""
    return exists().where(
        Wording.placement_id == Placement.id, Wording.state == "signed", Wording.ends_on > Placement.ends_on
    )


def to_move(account: User, today: date) -> Select[int, date]:
    """Return the placements that the VIO has to start, extend or complete, with the day in question, earliest first."""
    is_preparing, is_under_way = Placement.state == "preparing", Placement.state.in_(UNDER_WAY_STATES)
    is_over = Placement.ends_on < today
    waits = or_(
        and_(is_preparing, Placement.starts_on <= today), and_(is_under_way, or_(is_over, has_later_day_signed()))
    )
    day = case((is_preparing, Placement.starts_on), else_=Placement.ends_on)
    query = select(Placement.id, day).where(received_by(account), waits)
    return query.order_by(day, Placement.id)


def waiting_offers(session: Session, account: User) -> list[Offer]:
    """Return the offers of the account's VIO that wait for an answer, the earliest day first."""
    query = select(Offer).where(offers_of(account), Offer.state == "made")
    beside = (selectinload(Offer.volunteer), selectinload(Offer.assignment))
    return list(session.scalars(query.order_by(Offer.answer_by, Offer.id).limit(200).options(*beside)))


def offers_to_answer(session: Session, volunteer: Volunteer) -> list[Offer]:
    """Return the offers that wait for the volunteer's answer, the earliest day first."""
    return list(session.scalars(_TO_ANSWER, {"volunteer_id": volunteer.id}))


def application_of(session: Session, placement: Placement) -> Application:
    """Return the application from which a placement came."""
    return session.get_one(Application, session.get_one(Offer, placement.offer_id).application_id)
