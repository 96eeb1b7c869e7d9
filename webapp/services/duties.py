"""Who does what for a placement: fixed when it is made, from what is usual and from the partnership's terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session, selectinload

from webapp import permissions
from webapp.models import Partnership, Placement, PlacementDuty, User
from webapp.models.placements import RUNNING_PLACEMENT_STATES
from webapp.services import audit
from webapp.services.delegations import of_vio
from webapp.services.errors import NotFound, Refused
from webapp.services.person_relations import active_partnership
from webapp.services.placement_sight import relation_to, seen_by
from webapp.services.relations import DELEGATED
from webapp.words import Words, lazy

SENDING, RECEIVING = "sending", "receiving"
NEAR_DAYS = 7  # before the first day: from then on an open duty stands in the queue of the VIO whose it is


@dataclass(frozen=True)
class Duty:
    """What has to be done, by which side as a rule, whether before the first day, and the term that may say otherwise.

    `term` is a column of Partnership.
    """

    side: str
    is_before: bool
    words: Words
    term: str = ""


# The codes are kept for ever, so none is ever renamed.
DUTIES: dict[str, Duty] = {
    "vetting": Duty(SENDING, True, lazy("Look at who goes: identity, references, conduct"), "vetting_by"),
    "insurance": Duty(SENDING, True, lazy("Insure the volunteer: health, accident, the way home"), "insurance_by"),
    "preparation": Duty(SENDING, True, lazy("Prepare the volunteer for the work and the country")),
    "travel": Duty(SENDING, True, lazy("Arrange visa and journey, there and back")),
    "in_touch": Duty(SENDING, False, lazy("Stay in touch with the volunteer during the stay")),
    "coming_home": Duty(SENDING, False, lazy("Be there when the volunteer comes home")),
    "host_check": Duty(RECEIVING, True, lazy("Look at the host, the work and the lodging")),
    "arrival": Duty(RECEIVING, True, lazy("Arrange who meets the volunteer, and the first days")),
    "permits": Duty(RECEIVING, False, lazy("See to registration and permits after arrival")),
    "support": Duty(RECEIVING, False, lazy("Be there for questions on the spot"), "support_by"),
    "emergencies": Duty(RECEIVING, False, lazy("Act first in an emergency, and tell the other side")),
    "costs": Duty(RECEIVING, False, lazy("Pay what was promised to the volunteer"), "costs_by"),
}
BEFORE = tuple(code for code, duty in DUTIES.items() if duty.is_before)


def fix(session: Session, placement: Placement, today: date) -> None:
    """Write down who does what; what a partnership says later does not change it."""
    terms = _partnership(session, placement, today)
    for code, duty in DUTIES.items():
        text = getattr(terms, duty.term) if terms and duty.term else ""
        side = side_in(text, terms) if terms and text else ""
        session.add(PlacementDuty(placement_id=placement.id, code=code, side=side or duty.side, terms=text))
    session.flush()


def side_in(text: str, partnership: Partnership) -> str:
    """Return the side that a term names, by its name or by its role; blank where it names none or both."""
    said, names = text.casefold(), {SENDING: partnership.sending_vio.name, RECEIVING: partnership.receiving_vio.name}
    found = [side for side, name in names.items() if name.casefold() in said or side in said]
    return found[0] if len(found) == 1 else ""


def duties_of(session: Session, placement: Placement) -> list[PlacementDuty]:
    """Return the duties of a placement, in the order of the table; the caller may open the placement."""
    found = session.scalars(select(PlacementDuty).where(PlacementDuty.placement_id == placement.id))
    return sorted(found, key=lambda one: list(DUTIES).index(one.code))


def owner_of(placement: Placement, duty: PlacementDuty) -> int:
    """Return the id of the VIO whose duty it is."""
    return placement.sending_vio_id if duty.side == SENDING else placement.receiving_vio_id


def is_own(account: User, placement: Placement, duty: PlacementDuty) -> bool:
    """Whether the account may say that it is done."""
    is_theirs = account.vio_id == owner_of(placement, duty)
    relation = relation_to(account, "placement.open", placement)
    held = DELEGATED if relation == DELEGATED else "duty_vio"
    return permissions.may("placement.do_duty", account.role, held if is_theirs and relation else None)


def say_done(
    session: Session, account: User, placement: Placement, code: str, done_on: date | None, today: date
) -> None:
    """Say on which day a duty of the own VIO was done, or (None) that it is not done yet."""
    found = next((one for one in duties_of(session, placement) if one.code == code), None)
    if found is None or not is_own(account, placement, found):
        raise NotFound
    if placement.state == "cancelled":
        raise Refused(lazy("The placement does not take place: there is nothing to do any more."))
    if done_on is not None and done_on > today:
        raise Refused(lazy("This day is to come. Give the day on which it was done."))
    if found.done_on != done_on:
        found.done_on, found.done_by_id = done_on, account.id if done_on else None
        action = "duty_done" if done_on else "duty_open_again"
        audit.record(session, account, action, placement, account.vio_id, code=code)


def open_near_start(account: User, today: date) -> Select[int, date]:
    """Return the query of placements, by first day, with a row for each open duty of the account's VIO near a start."""
    return (
        select(Placement.id, Placement.starts_on)
        .join(PlacementDuty, PlacementDuty.placement_id == Placement.id)
        .where(_is_owned_by(account), Placement.state == "preparing", PlacementDuty.code.in_(BEFORE))
        .where(PlacementDuty.done_on.is_(None), Placement.starts_on <= today + timedelta(days=NEAR_DAYS))
        .order_by(Placement.starts_on, Placement.id)
    )


def sent_abroad(session: Session, account: User) -> list[tuple[Placement, list[PlacementDuty]]]:
    """Return the own volunteers' running placements with other VIOs, by first day, with the own open duties of each."""
    query = select(Placement).where(
        of_vio(account, Placement.sending_vio_id),
        Placement.receiving_vio_id != account.vio_id,
        Placement.state.in_(RUNNING_PLACEMENT_STATES),
    )
    beside = (
        selectinload(Placement.volunteer),
        selectinload(Placement.assignment),
        selectinload(Placement.receiving_vio),
    )
    found = list(session.scalars(query.order_by(Placement.starts_on, Placement.id).options(*beside)))
    open_ones = select(PlacementDuty).where(
        PlacementDuty.placement_id.in_([one.id for one in found]),
        PlacementDuty.side == SENDING,
        PlacementDuty.done_on.is_(None),
    )
    by_placement: dict[int, list[PlacementDuty]] = {}
    for duty in session.scalars(open_ones.order_by(PlacementDuty.id)):
        by_placement.setdefault(duty.placement_id, []).append(duty)
    return [(one, by_placement.get(one.id, [])) for one in found]


def _is_owned_by(account: User) -> ColumnElement[bool]:
    # Said of the placement first: for the two sides alone SQLite would look through all placements.
    return and_(
        seen_by(account),
        or_(
            and_(PlacementDuty.side == SENDING, Placement.sending_vio_id == account.vio_id),
            and_(PlacementDuty.side == RECEIVING, Placement.receiving_vio_id == account.vio_id),
        ),
    )


def _partnership(session: Session, placement: Placement, today: date) -> Partnership | None:
    query = select(Partnership).where(
        Partnership.sending_vio_id == placement.sending_vio_id,
        Partnership.receiving_vio_id == placement.receiving_vio_id,
        active_partnership(today),
    )
    return session.scalars(query.order_by(Partnership.id.desc()).limit(1)).first()
