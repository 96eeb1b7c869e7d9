"""Offering a place, taking the offer back, and the volunteer's answer; a coordinator decides, no machine does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Application, Assignment, JointOffer, Offer, Placement, User
from webapp.models.offers import PLACE_KINDS
from webapp.services import (
    audit,
    companions,
    offer_endings,
    offer_yes,
    placement_reasons,
    places,
    promised_days,
    teams,
)
from webapp.services.errors import Refused
from webapp.services.locks import hold
from webapp.services.moves import can_move, move
from webapp.services.placement_letters import HOST, OFFICES, VOLUNTEER, tell
from webapp.services.placement_sight import check_decides, check_own
from webapp.services.shortlists import ANSWERABLE
from webapp.words import Words, joined, lazy


@dataclass(frozen=True)
class Seat:
    """Which place: its kind, and the role where the assignment has a team."""

    kind: str
    role_id: int | None = None


@dataclass(frozen=True)
class Terms:
    """From when until when, both included, and the words that go with the offer."""

    starts_on: date
    ends_on: date
    words: str = ""


@dataclass(frozen=True)
class Together:
    """Places that are offered at once, and the applications of all who get one."""

    joint: JointOffer
    everybody: Sequence[Application]

    @property
    def names(self) -> Words:
        """The people, for the letters to them."""
        return joined((one.volunteer.full_name for one in self.everybody), ", ")


def make_offer(
    session: Session,
    account: User,
    application: Application,
    kind: str,
    starts_on: date,
    ends_on: date,
    words: str = "",
    today: date | None = None,
    role_id: int | None = None,
) -> Offer:
    """Offer a place of `kind` (international, national, local), from `starts_on` to `ends_on`, both included.

    `role_id` says which role of the assignment's team it is, where it has a team.
    """
    check_decides(account, application.assignment)
    hold(session, application.assignment, application)
    if companions.companions(session, application):
        raise Refused(lazy("This person goes together with others. Offer their places at once."))
    terms = Terms(starts_on, ends_on, words)
    return make(session, account, application, Seat(kind, role_id), terms, today or clock.today())


def make(
    session: Session,
    account: User,
    application: Application,
    seat: Seat,
    terms: Terms,
    today: date,
    together: Together | None = None,
) -> Offer:
    """Make one offer; the assignment and the application are held, and who may do it is known."""
    assignment, now = application.assignment, clock.now()
    offered = together.everybody if together else [application]
    _check_can_offer(session, application, today)
    _check_dates(assignment, terms.starts_on, terms.ends_on, today)
    if seat.kind not in PLACE_KINDS:
        raise Refused(lazy("Choose the kind of place."))
    offer = Offer(
        application=application,
        assignment=assignment,
        volunteer=application.volunteer,
        vio_id=assignment.vio_id,
        state="made",
        kind=seat.kind,
        team_role=teams.role_for(session, assignment, seat.kind, seat.role_id),
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        answer_by=promised_days.of_offer(offered, today, terms.starts_on),
        joint_offer_id=together.joint.id if together else None,
        words=terms.words.strip(),
        made_by_id=account.id,
        made_at=now,
        state_at=now,
    )
    place = places.take(session, account, offer)
    if application.state != "selected":
        move(session, account, application, "selected", assignment=assignment.id)
        application.state_at = now
    application.next_word_by = offer.answer_by
    audit.record(session, account, "offer_made", offer, application=application.id, kind=seat.kind, number=place.number)
    letter, names = ("offer_made_together", together.names) if together else ("offer_made", "")
    tell(session, account, letter, offer, words=offer.words, day=offer.answer_by, names=names)
    return offer


def withdraw_offer(session: Session, account: User, offer: Offer, reason_code: str, words: str) -> None:
    """Take an offer back before it is answered, with a reason and words to the volunteer; so for all made with it."""
    check_decides(account, offer.assignment)
    words = placement_reasons.check(placement_reasons.WITHDRAW, reason_code, words)
    reason = placement_reasons.WITHDRAW[reason_code]
    for one in (offer, *offer_endings.waiting_with(session, offer)):
        offer_endings.end(session, account, one, "withdrawn", reason_code, words)
        tell(session, account, "offer_withdrawn", one, reason=reason, words=words)


def accept(session: Session, account: User, offer: Offer, today: date | None = None) -> Placement:
    """Say yes where nobody else has to: the placement begins to be prepared."""
    placement = offer_yes.say_yes(session, account, offer, today)
    if placement is None:
        raise Refused(lazy("The others with whom it was offered have to say yes too."))
    return placement


def decline(session: Session, account: User, offer: Offer, reason_code: str, words: str = "") -> None:
    """Say no, with a reason from the list; it never counts against the person, and no words are needed."""
    check_own(account, offer.volunteer)
    if reason_code not in placement_reasons.DECLINE:
        raise Refused(lazy("Choose the reason."))
    offer_endings.end(session, account, offer, "declined", reason_code, words.strip())
    tell(session, account, "offer_declined", offer)
    offer_endings.end_with(session, account, offer)


def decline_with_application(session: Session, account: User, application: Application) -> list[Offer]:
    """Decline the offer that waits because the volunteer withdraws the application; the host is told of that.

    Returns the offers of those who go together with them that have ended with it.
    """
    offer = waiting_offer(session, application)
    if offer is None:
        return []
    offer_endings.end(session, account, offer, "declined", placement_reasons.APPLICATION_WITHDRAWN, "")
    ended = offer_endings.end_with(session, account, offer)
    if not ended:  # else the offices read that it has ended for all of them
        tell(session, account, "offer_declined", offer, to=[OFFICES])
    return ended


def withdraw_all(session: Session, account: User, assignment: Assignment, words: str) -> None:
    """Take back every offer that waits because the assignment is called off; its applicants are told of that."""
    query = select(Offer).where(Offer.assignment_id == assignment.id, Offer.state == "made").order_by(Offer.id)
    for offer in session.scalars(query).all():
        offer_endings.end(session, account, offer, "withdrawn", placement_reasons.ASSIGNMENT_CANCELLED, words)
        tell(session, account, "offer_withdrawn", offer, to=[OFFICES])


def withdraw_for(session: Session, account: User | None, waiting: Iterable[Offer], reason: str) -> list[Offer]:
    """Take back offers because their host is suspended or their person barred; who does that tells everybody.

    Returns the offers of others that were made together with them, and have ended and been told of with them.
    """
    ended = list(waiting)
    for offer in ended:
        offer_endings.end(session, account, offer, "withdrawn", reason, "")
    return [one for offer in ended for one in offer_endings.end_with(session, account, offer)]


def expire_due(session: Session, today: date) -> int:
    """End the offers whose day to answer is past, free their places, and tell everybody; return how many."""
    query = select(Offer).where(Offer.state == "made", Offer.answer_by < today).order_by(Offer.assignment_id, Offer.id)
    ended = []
    for offer in session.scalars(query).all():
        hold(session, offer.assignment, offer)
        if offer.state != "made":
            continue  # somebody answered while we waited
        ended.append(offer)
        if offer.agreed_at is None:
            offer_endings.end(session, None, offer, "expired", "", "")
            tell(session, None, "offer_expired", offer, to=[VOLUNTEER, HOST, OFFICES])
        else:
            offer_endings.end_kindly(session, None, offer)
    for offer in ended:  # at last: whoever was late too has been told so
        offer_endings.end_with(session, None, offer)
    return len(ended)


def waiting_offer(session: Session, application: Application) -> Offer | None:
    """Return the application's offer that waits for the volunteer's answer."""
    return session.scalar(select(Offer).where(Offer.application_id == application.id, Offer.state == "made"))


def offers_of(session: Session, application: Application) -> list[Offer]:
    """Return the offers made to an application, newest first."""
    return list(session.scalars(select(Offer).where(Offer.application_id == application.id).order_by(Offer.id.desc())))


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
