"""Places of an assignment: how many of each kind are left, holding one, and letting it go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Application, Assignment, Offer, Place, User
from webapp.models.offers import PLACE_KINDS
from webapp.services import held_places, ranking
from webapp.services.errors import Refused
from webapp.services.moves import move
from webapp.words import lazy


@dataclass(frozen=True)
class Room:
    """The places of one kind: how many the assignment has, and how many are held."""

    places: int
    held: int

    @property
    def left(self) -> int:
        """How many can still be offered."""
        return max(0, self.places - self.held)


def room(session: Session, assignment: Assignment) -> dict[str, Room]:
    """Return the places of each kind; hold the assignment first where a decision rests on them.

    Local places that the host has filled itself are held too.
    """
    held = held_places.held(session, Assignment.id == assignment.id).get(assignment.id, {})
    return {kind: Room(getattr(assignment, f"places_{kind}"), held.get(kind, 0)) for kind in PLACE_KINDS}


def open_kinds(session: Session, assignment: Assignment) -> frozenset[str]:
    """Return the kinds of which a place can still be offered."""
    return frozenset(kind for kind, one in room(session, assignment).items() if one.left)


def take(session: Session, account: User, offer: Offer) -> Place:
    """Keep the offer with the lowest free place of its kind; Refused where none is left. The assignment is held."""
    assignment = offer.assignment
    before = open_kinds(session, assignment)
    if offer.kind not in before:
        raise Refused(lazy("The last place of this kind has just been taken. Choose another kind, or wait."))
    query = select(Place.number).where(Place.assignment_id == assignment.id, Place.kind == offer.kind)
    taken = set(session.scalars(query))
    number = next(number for number in range(1, len(taken) + 2) if number not in taken)
    try:
        with session.begin_nested():  # the unique key has the last word
            session.add(offer)
            session.flush()
            place = Place(assignment_id=assignment.id, kind=offer.kind, number=number, offer_id=offer.id)
            session.add(place)
            session.flush()
    except IntegrityError as error:
        raise Refused(
            lazy("Somebody else was a moment quicker. Reload the page to see which places are left.")
        ) from error
    settle(session, account, assignment, before=before)
    return place


def let_go(session: Session, account: User | None, offer: Offer) -> None:
    """Free the place that the offer or its placement held. The assignment is held."""
    place = session.scalar(select(Place).where(Place.offer_id == offer.id))
    if place is not None:
        before = open_kinds(session, offer.assignment)
        session.delete(place)
        session.flush()
        settle(session, account, offer.assignment, before=before)


def holds_place(session: Session, application: Application) -> bool:
    """Whether an offer to this applicant, or the placement that came of it, holds a place now."""
    query = select(Place.id).join(Offer, Offer.id == Place.offer_id).where(Offer.application_id == application.id)
    return session.scalar(query.limit(1)) is not None


def check_enough(session: Session, assignment: Assignment, changed: Mapping[str, Any]) -> None:
    """Raise Refused where a change of the assignment leaves fewer places than are held."""
    for kind, one in room(session, assignment).items():
        if changed.get(f"places_{kind}", one.held) < one.held:
            raise Refused(
                lazy("Places that are offered or taken: %(held)s. Keep at least as many of that kind.", held=one.held)
            )


def settle(
    session: Session,
    account: User | None,
    assignment: Assignment,
    today: date | None = None,
    before: frozenset[str] | None = None,
) -> None:
    """Make an open assignment without room filled, and a filled one with room open again.

    One whose dates are over, or whose host is not verified at present, does not become public again by itself. One that
    stays open is ranked anew where other kinds are open than `before`: who could take only these is matched, or not.
    """
    after = open_kinds(session, assignment)
    if assignment.state == "open" and not after:
        move(session, account, assignment, "filled")
    elif assignment.state == "filled" and after and _may_reopen(assignment, today or clock.today()):
        move(session, account, assignment, "open")
        ranking.rank_assignment(session, assignment)
    elif assignment.state == "open" and before not in (None, after):
        ranking.rank_assignment(session, assignment)


def _may_reopen(assignment: Assignment, today: date) -> bool:
    is_past = assignment.end_on is not None and assignment.end_on < today
    return not is_past and assignment.host.is_verified(today)
