"""The emergency card of a placement: the volunteer names somebody close, the office fills in the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock, permissions
from webapp.models import Clearance, EmergencyCard, Placement, User
from webapp.services import audit, clearances, country_notes, sensitive
from webapp.services.errors import NotFound, Refused
from webapp.services.locks import hold
from webapp.services.placement_sight import relation_to
from webapp.words import lazy

CLOSE = ("close_name", "close_how", "close_phone", "close_language")
OFFICE = (
    "insurer",
    "insurance_number",
    "insurance_phone",
    "office_phone",
    "local_name",
    "local_phone",
    "hospital",
    "consulate",
)
PARTS = {"close": CLOSE, "office": OFFICE}  # as the table of permissions names them
READ, WRITE = "emergency_card.read", "emergency_card.write"


@dataclass(frozen=True)
class Shown:
    """A card as one account may read it: `has_close` is False for the host, who is not told who is close."""

    placement: Placement
    parts: Mapping[str, str]
    has_close: bool


def card_for(session: Session, account: User, placement: Placement) -> Shown:
    """Return the card as the account may read it. The caller has looked up the placement for this account."""
    read = _read_by(account, placement)
    parts = written(session, placement, read)
    parts["local_name"] = parts["local_name"] or placement.assignment.supervisor
    if not parts["consulate"]:
        notes = country_notes.for_placement(session, placement)
        parts["consulate"] = next((note.contacts for note in notes if note.contacts), "")
    return Shown(placement, parts, set(CLOSE) <= set(read))


def is_filled(session: Session, account: User, placement: Placement) -> bool:
    """Whether something was written on the card that the account may read: an empty one is not worth printing."""
    return any(written(session, placement, _read_by(account, placement)).values())


def written(session: Session, placement: Placement, names: tuple[str, ...]) -> dict[str, str]:
    """Return what was written on the card so far, for the form of whoever writes these columns."""
    card = _card(session, placement)
    return {name: getattr(card, name) if card else "" for name in names}


def name_close(session: Session, account: User, placement: Placement, parts: Mapping[str, str]) -> None:
    """Keep whom the volunteer wants to be called (the columns of CLOSE), and hand the clearance in."""
    _check_writes(account, placement, "close")
    _check_running(placement)
    if not parts["close_name"].strip() or not parts["close_phone"].strip():
        raise Refused(lazy("Give a name and a telephone number."))
    _keep(session, account, placement, CLOSE, parts)
    query = select(Clearance).where(Clearance.placement_id == placement.id, Clearance.item == "emergency_contact")
    clearance = session.scalar(query)
    if clearance is not None and clearance.state in ("open", "refused", "expired"):
        clearances.hand_in(session, account, clearance)


def fill_in(session: Session, account: User, placement: Placement, parts: Mapping[str, str]) -> None:
    """Keep what the office knows (the columns of OFFICE); either office of the placement can."""
    _check_writes(account, placement, "office")
    _check_running(placement)
    _keep(session, account, placement, OFFICE, parts)


def _read_by(account: User, placement: Placement) -> tuple[str, ...]:
    """Return the columns that an account may read."""
    read = permissions.fields(READ, account.role, relation_to(account, READ, placement))
    return tuple(name for part, names in PARTS.items() if part in read for name in names)


def _check_writes(account: User, placement: Placement, part: str) -> None:
    if part not in permissions.fields(WRITE, account.role, relation_to(account, WRITE, placement)):
        raise NotFound


def _keep(
    session: Session, account: User, placement: Placement, names: tuple[str, ...], parts: Mapping[str, str]
) -> None:
    sensitive.check_agreed(session, account, placement.volunteer)
    hold(session, placement)  # two who fill in the same card come one after the other
    card = _card(session, placement) or EmergencyCard(placement=placement)
    for name in names:
        setattr(card, name, parts[name].strip())
    card.changed_at = clock.now()
    session.add(card)
    audit.record(session, account, "emergency_card_kept", card, placement.receiving_vio_id, parts=list(names))


def _card(session: Session, placement: Placement) -> EmergencyCard | None:
    return session.scalar(select(EmergencyCard).where(EmergencyCard.placement_id == placement.id))


def _check_running(placement: Placement) -> None:
    if not placement.is_running:
        raise Refused(lazy("This placement is over. Nothing has to be cleared any more."))
