"""What became of the demonstration's past assignments: applications, offers, a stay, and what both sides said."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import exp
from random import Random

from sqlalchemy.orm import Session

from webapp.models import Application, Debrief, Offer, Place, Placement, User, Volunteer
from webapp.services import placement_reasons
from webapp.services.demo.past_work import Past, tell

CLOSES_AFTER, LAST_DAY_TO_FILL = 95, 88  # days after publication
KIND_WORDS = "Thank you for writing to us. Somebody else had already been offered the only place."
LOOKS_BACK = {"volunteer": 0.85, "host": 0.8}
ENDS_EARLY = ("health", "family", "work_not_as_agreed", "volunteer_wishes")


def write(session: Session, dice: Random, past: Past, people: list[Volunteer], who: User) -> None:
    """Let people apply; where it is filled, place the last of `people`, who then leaves the list."""
    number = max(0, min(7, round(dice.gauss(2.6 + 0.8 * past.lift, 1.1))))
    applicants = [_apply(session, dice, past, person) for person in dice.sample(people[:-1], number)]
    days = 5 + round(dice.expovariate(exp(0.35 * past.lift) / 38))
    if days <= LAST_DAY_TO_FILL:
        if applicants and dice.random() > _chance(1.2 + 0.3 * past.lift):
            _refuse(session, dice, past, applicants.pop(), who)
        chosen = _apply(session, dice, past, people.pop())
        _stay(session, dice, past, chosen, past.opened + timedelta(days=days), who)
        tell(session, past.work, "filled", past.opened + timedelta(days=days))
    for application in applicants:
        application.state, application.reason_code, application.words = "declined", "places_taken", KIND_WORDS
    tell(session, past.work, "closed", past.opened + timedelta(days=CLOSES_AFTER))
    session.flush()


def _apply(session: Session, dice: Random, past: Past, person: Volunteer) -> Application:
    at = past.opened + timedelta(days=dice.randint(1, 40), hours=dice.randint(0, 23))
    application = Application(assignment_id=past.work.id, volunteer_id=person.id, state="selected", submitted_at=at)
    application.answer_by, application.state_at = (at + timedelta(days=14)).date(), at + timedelta(days=10)
    session.add(application)
    session.flush()
    return application


def _offer(session: Session, past: Past, application: Application, state: str, at: datetime, who: User) -> Offer:
    assert past.work.start_on is not None
    offer = Offer(application_id=application.id, assignment_id=past.work.id, volunteer_id=application.volunteer_id)
    offer.vio_id, offer.state, offer.kind, offer.made_by_id = past.work.vio_id, state, "international", who.id
    offer.starts_on, offer.ends_on = past.work.start_on, past.work.start_on + timedelta(days=120)
    offer.answer_by, offer.made_at, offer.state_at = (at + timedelta(days=10)).date(), at - timedelta(days=4), at
    session.add(offer)
    return offer


def _refuse(session: Session, dice: Random, past: Past, application: Application, who: User) -> None:
    """Let somebody decline an offer, and withdraw with it."""
    offer = _offer(session, past, application, "declined", past.opened + timedelta(days=12), who)
    offer.reason_code = dice.choice(tuple(placement_reasons.DECLINE))
    application.state = "withdrawn"


def _stay(session: Session, dice: Random, past: Past, application: Application, at: datetime, who: User) -> None:
    offer = _offer(session, past, application, "accepted", at, who)
    session.flush()
    is_early = dice.random() < _chance(-1.5 - 0.9 * past.lift)
    begun = past.opened + timedelta(days=90)
    over = begun + timedelta(days=dice.randint(20, 90) if is_early else 120)
    stay = Placement(offer_id=offer.id, assignment_id=offer.assignment_id, volunteer_id=offer.volunteer_id)
    stay.sending_vio_id = stay.receiving_vio_id = offer.vio_id
    stay.state = "ended_early" if is_early else "completed"
    stay.reason_code = dice.choice(ENDS_EARLY) if is_early else ""
    stay.starts_on, stay.ends_on, stay.agreed_ends_on = offer.starts_on, offer.ends_on, offer.ends_on
    stay.created_at, stay.started_at, stay.ended_at, stay.state_at = at, begun, over, over
    stay.debriefs = _debriefs(dice, past.lift - 1.2 * is_early, over)
    session.add(stay)
    if not is_early:  # a place that was used to the end stays held
        session.add(Place(assignment_id=offer.assignment_id, kind=offer.kind, number=1, offer_id=offer.id))


def _debriefs(dice: Random, lift: float, over: datetime) -> list[Debrief]:
    found = []
    for side, how_often in LOOKS_BACK.items():
        overall, expected = (max(1, min(5, round(dice.gauss(3.7 + 0.45 * lift, 0.8)))) for _ in range(2))
        if dice.random() < how_often:
            found.append(Debrief(side=side, overall=overall, as_expected=expected, given_at=over + timedelta(days=6)))
    return found


def _chance(odds: float) -> float:
    return 1 / (1 + exp(-odds))
