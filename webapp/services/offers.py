"""Offering a place, taking the offer back, and the volunteer's answer; a coordinator decides, no machine does."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Application, Assignment, Offer, Placement, User
from webapp.models.offers import PLACE_KINDS
from webapp.services import audit, placement_reasons, places, stays
from webapp.services.errors import Refused
from webapp.services.locks import hold
from webapp.services.moves import can_move, check_can_move, move
from webapp.services.placement_letters import HOST, OFFICES, VOLUNTEER, tell
from webapp.services.placement_sight import check_decides, check_own
from webapp.services.shortlists import ANSWERABLE
from webapp.words import lazy


def make_offer(
    session: Session,
    account: User,
    application: Application,
    kind: str,
    starts_on: date,
    ends_on: date,
    words: str = "",
    today: date | None = None,
) -> Offer:
    """Offer a place of `kind` (international, national, local), from `starts_on` to `ends_on`, both included."""
    assignment, today = application.assignment, today or clock.today()
    check_decides(account, assignment.vio_id)
    hold(session, assignment, application)
    _check_can_offer(session, application, today)
    _check_dates(assignment, starts_on, ends_on, today)
    if kind not in PLACE_KINDS:
        raise Refused(lazy("Choose the kind of place."))
    now = clock.now()
    offer = Offer(
        application=application,
        assignment=assignment,
        volunteer=application.volunteer,
        vio_id=assignment.vio_id,
        state="made",
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
        answer_by=min(today + timedelta(days=assignment.vio.offer_answer_days), starts_on),
        words=words.strip(),
        made_by_id=account.id,
        made_at=now,
        state_at=now,
    )
    place = places.take(session, account, offer)
    if application.state != "selected":
        move(session, account, application, "selected", assignment=assignment.id)
        application.state_at = now
    audit.record(session, account, "offer_made", offer, application=application.id, kind=kind, number=place.number)
    tell(session, account, "offer_made", offer, words=offer.words, day=offer.answer_by.isoformat())
    return offer


def withdraw_offer(session: Session, account: User, offer: Offer, reason_code: str, words: str) -> None:
    """Take an offer back before it is answered, with a reason and words to the volunteer."""
    check_decides(account, offer.vio_id)
    words = placement_reasons.check(placement_reasons.WITHDRAW, reason_code, words)
    _end(session, account, offer, "withdrawn", reason_code, words)
    reason = str(placement_reasons.WITHDRAW[reason_code])
    tell(session, account, "offer_withdrawn", offer, reason=reason, words=words)


def accept(session: Session, account: User, offer: Offer, today: date | None = None) -> Placement:
    """Say yes: the placement begins to be prepared. Refused where its dates overlap with another placement."""
    check_own(account, offer.volunteer)
    hold(session, offer.assignment, offer.volunteer, offer)
    if can_move(offer, "accepted") and offer.answer_by < (today or clock.today()):
        raise Refused(
            lazy("The day to answer was %(day)s. Write to the office: it can offer again.", day=offer.answer_by)
        )
    stays.check_free(session, offer.volunteer, offer.starts_on, offer.ends_on)
    move(session, account, offer, "accepted")
    offer.state_at = clock.now()
    placement = stays.prepare(session, account, offer)
    tell(session, account, "offer_accepted", offer)
    return placement


def decline(session: Session, account: User, offer: Offer, reason_code: str, words: str = "") -> None:
    """Say no, with a reason from the list; it never counts against the person, and no words are needed."""
    check_own(account, offer.volunteer)
    if reason_code not in placement_reasons.DECLINE:
        raise Refused(lazy("Choose the reason."))
    _end(session, account, offer, "declined", reason_code, words.strip())
    tell(session, account, "offer_declined", offer)


def decline_with_application(session: Session, account: User, application: Application) -> None:
    """Decline the offer that waits because the volunteer withdraws the application; the host is told of that."""
    offer = waiting_offer(session, application)
    if offer is not None:
        _end(session, account, offer, "declined", placement_reasons.APPLICATION_WITHDRAWN, "")
        tell(session, account, "offer_declined", offer, to=[OFFICES])


def withdraw_all(session: Session, account: User, assignment: Assignment, words: str) -> None:
    """Take back every offer that waits because the assignment is called off; its applicants are told of that."""
    query = select(Offer).where(Offer.assignment_id == assignment.id, Offer.state == "made").order_by(Offer.id)
    for offer in session.scalars(query).all():
        _end(session, account, offer, "withdrawn", placement_reasons.ASSIGNMENT_CANCELLED, words)
        tell(session, account, "offer_withdrawn", offer, to=[OFFICES])


def withdraw_for(session: Session, account: User | None, waiting: Iterable[Offer], reason: str) -> None:
    """Take back offers because their host is suspended or their person barred; who does that tells everybody."""
    for offer in waiting:
        _end(session, account, offer, "withdrawn", reason, "")


def expire_due(session: Session, today: date) -> int:
    """End the offers whose day to answer is past, free their places, and tell everybody; return how many."""
    query = select(Offer).where(Offer.state == "made", Offer.answer_by < today).order_by(Offer.assignment_id, Offer.id)
    ended = 0
    for offer in session.scalars(query).all():
        hold(session, offer.assignment, offer)
        if offer.state == "made":  # nobody answered while we waited
            _end(session, None, offer, "expired", "", "")
            tell(session, None, "offer_expired", offer, to=[VOLUNTEER, HOST, OFFICES])
            ended += 1
    return ended


def waiting_offer(session: Session, application: Application) -> Offer | None:
    """Return the application's offer that waits for the volunteer's answer."""
    return session.scalar(select(Offer).where(Offer.application_id == application.id, Offer.state == "made"))


def offers_of(session: Session, application: Application) -> list[Offer]:
    """Return the offers made to an application, newest first."""
    return list(session.scalars(select(Offer).where(Offer.application_id == application.id).order_by(Offer.id.desc())))


def _end(session: Session, account: User | None, offer: Offer, state: str, reason: str, words: str) -> None:
    hold(session, offer.assignment, offer)
    check_can_move(offer, state)
    offer.reason_code, offer.answer_words, offer.state_at = reason, words, clock.now()
    move(session, account, offer, state, reason=reason)
    places.let_go(session, account, offer)


def _check_can_offer(session: Session, application: Application, today: date) -> None:
    assignment, volunteer = application.assignment, application.volunteer
    if application.state != "selected" and not can_move(application, "selected"):
        raise Refused(lazy("Only someone on the shortlist can get an offer. The host makes the shortlist."))
    if places.holds_place(session, application):
        raise Refused(lazy("This person has an offer or a placement here already. Reload the page."))
    if assignment.state not in ANSWERABLE:
        raise Refused(lazy("The assignment is not public at present. Offer its places once it is open again."))
    session.refresh(assignment.host, ["suspended_at"])  # it may have been suspended while we waited
    if assignment.host.suspended_at is not None:
        raise Refused(lazy("The host is suspended. Make the offer once the suspension is lifted."))
    session.refresh(volunteer, ["barred_at"])
    if volunteer.barred_at is not None:
        raise Refused(lazy("The organization that this person belongs to has stopped their service. Ask it."))
    if not assignment.host.is_verified(today):
        raise Refused(lazy("The host's verification has run out. Renew it first, then make the offer."))
    if volunteer.user is None or not volunteer.user.active:
        raise Refused(lazy("This person's account is closed, so nobody could answer the offer."))


def _check_dates(assignment: Assignment, starts_on: date, ends_on: date, today: date) -> None:
    if ends_on < starts_on:
        raise Refused(lazy("The last day lies before the first day. Change one of the two."))
    if starts_on < today:
        raise Refused(lazy("The first day is past. Choose a day to come."))
    if assignment.start_on is not None and starts_on < assignment.start_on:
        raise Refused(lazy("The assignment begins on %(day)s. Choose a later first day.", day=assignment.start_on))
    if assignment.end_on is not None and ends_on > assignment.end_on:
        raise Refused(lazy("The assignment ends on %(day)s. Choose an earlier last day.", day=assignment.end_on))
