"""A volunteer calls for help: who is asked, who may see it, and how it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session, selectinload

from webapp import clock, permissions
from webapp.models import Assignment, HelpCall, HelpHand, HelpWord, Placement, Safeguarding, User, Volunteer
from webapp.models.placements import RUNNING_PLACEMENT_STATES
from webapp.services import audit, placement_sight
from webapp.services.by_mail.asking import tell_to_write
from webapp.services.correspondence import write_to_coordinators, write_to_volunteer
from webapp.services.delegations import of_vio
from webapp.services.errors import NotFound, Refused
from webapp.services.letter_kinds import SAFETY
from webapp.services.locks import hold
from webapp.services.moves import check_can_move, move
from webapp.services.own_rows import volunteer_of
from webapp.services.relations import DELEGATED, OWN_PROFILE, check_profile, relations
from webapp.services.safeguarding import duty, people, safety_letters
from webapp.services.stand_ins import BUILT, Plain
from webapp.words import lazy

URGENT = ("now", "today")
SHARED = lazy("A volunteer calls for help and wants you to know. Sign in and look under Calls for help.")
SHARED_BY_MAIL = lazy("A volunteer at your place calls for help and wants you to know. Please ask us what is needed.")
CLOSED = lazy(
    "%(name)s has closed your call for help. If it is not over, or not as it should be, sign in and press “I need "
    "help” again."
)


@dataclass(frozen=True)
class Cry:
    """What the volunteer says, and who else may know of it."""

    severity: str
    text: str
    phone: str = ""
    coordinator_may_see: bool = False
    host_may_see: bool = False
    office_is_told: bool = False  # by a letter of its own, so that none goes about sharing


def call(session: Session, account: User, cry: Cry) -> HelpCall:
    """Call for help: the duty person of the volunteer's own VIO owns it, and a clock runs.

    Where none is named nobody is promised: everybody on the list who has an account is asked, without a clock.
    """
    volunteer, now = volunteer_of(session, account), clock.now()
    kept = duty.of_vio(session, volunteer.vio_id)
    owner = duty.on_duty(kept)
    made = HelpCall(
        vio_id=volunteer.vio_id,
        volunteer=volunteer,
        placement=running_placement(session, volunteer),
        severity=cry.severity,
        state="open",
        phone=cry.phone,
        coordinator_may_see=cry.coordinator_may_see and cry.office_is_told,
        owner=owner,
        due_at=now + timedelta(minutes=kept.minutes_for(cry.severity)) if kept and owner else None,
        created_at=now,
        state_at=now,
        words=[HelpWord(author_id=account.id, text=cry.text, at=now)],
    )
    session.add(made)
    audit.record(session, account, "help_called", made, severity=cry.severity)
    for reader in [owner] if owner else _without_duty(session, kept, volunteer.vio_id):
        ask(session, made, reader)
    share(session, account, made, cry.coordinator_may_see, cry.host_may_see)
    return made


def running_placement(session: Session, volunteer: Volunteer) -> Placement | None:
    """Return the placement that the person is on or prepares for, the one that began first."""
    query = select(Placement).where(
        Placement.volunteer_id == volunteer.id, Placement.state.in_(RUNNING_PLACEMENT_STATES)
    )
    return session.scalars(query.order_by(Placement.starts_on, Placement.id).limit(1)).first()


def _without_duty(session: Session, kept: Safeguarding | None, vio_id: int) -> list[User]:
    here = people.focal_points(session, vio_id)
    listed = {step.user_id for step in kept.steps} if kept else set()
    return [one for one in here if one.id in listed] or here


def ask(session: Session, asked: HelpCall, reader: User) -> None:
    """Let somebody read a call from now on, and write to them."""
    asked.hands.append(HelpHand(user_id=reader.id, at=clock.now()))
    safety_letters.call_waits(session, reader, is_urgent=asked.severity in URGENT)


def calls_for(session: Session, account: User) -> list[HelpCall]:
    """Return the calls that an account may read, those that are not closed first, then the newest."""
    query = select(HelpCall).where(readable(account))
    beside = (HelpCall.volunteer, HelpCall.owner, HelpCall.hands, HelpCall.words)
    query = query.options(*map(selectinload, beside))
    return list(session.scalars(query.order_by(HelpCall.state == "closed", HelpCall.id.desc())))


def shared_open(account: User) -> Select[int, datetime]:
    """Return the calls of which volunteers let a coordinator or host know and that are not closed, the oldest first."""
    query = select(HelpCall.id, HelpCall.created_at).where(readable(account), HelpCall.state != "closed")
    return query.order_by(HelpCall.created_at, HelpCall.id)


def count_shared(session: Session, account: User) -> int:
    """Return how many open calls for help somebody lets a coordinator or host know of."""
    return session.scalar(_number_shared(Plain.of(account))) or 0


@lru_cache(maxsize=BUILT)
def _number_shared(plain: Plain) -> Select[int]:
    return select(func.count()).select_from(shared_open(plain.stand_in()).subquery())


def call_for(session: Session, account: User, call_id: int) -> HelpCall:
    """Return one call to its volunteer, to who was asked, or to those whom the volunteer lets know."""
    found = session.scalar(select(HelpCall).where(HelpCall.id == call_id, readable(account)))
    if found is None:
        raise NotFound
    return found


def readable(account: User) -> ColumnElement[bool]:
    """Return the condition of calls that an account may read."""
    own = select(Volunteer.id).where(Volunteer.user_id == account.id)
    here = select(Placement.id).join(Assignment, Assignment.id == Placement.assignment_id)
    asked = select(HelpHand.call_id).where(HelpHand.user_id == account.id)
    in_vio = HelpCall.vio_id == account.vio_id
    in_queries = {
        OWN_PROFILE: HelpCall.volunteer_id.in_(own),
        "office_knows": and_(of_vio(account, HelpCall.vio_id), HelpCall.coordinator_may_see),
        DELEGATED: and_(in_vio, HelpCall.coordinator_may_see, _is_delegated_to(account)),
        "host_knows": and_(
            HelpCall.placement_id.in_(here.where(Assignment.host_id == account.host_id)), HelpCall.host_may_see
        ),
        "handed": and_(in_vio, HelpCall.id.in_(asked)),
    }
    return or_(*(in_queries[one] for one in relations(account, "help_call.open")))


def _is_delegated_to(account: User) -> ColumnElement[bool]:
    if not account.is_delegated:
        return false()  # else databases look through all placements to find none
    return HelpCall.placement_id.in_(select(Placement.id).where(placement_sight.IN_QUERIES[DELEGATED](account)))


def _is_own(account: User, call: HelpCall) -> bool:
    """Whether it is the call of the volunteer who acts; else somebody who was asked does."""
    return permissions.may("help_call.own", account.role, OWN_PROFILE if call.volunteer.user_id == account.id else None)


def share(session: Session, account: User, shared: HelpCall, coordinator: bool, host: bool) -> None:
    """Let coordinator or host know of a call, or no longer; only the volunteer decides this."""
    check_profile(account, "help_call.own", shared.volunteer)
    host = host and shared.placement is not None
    is_new = (coordinator and not shared.coordinator_may_see, host and not shared.host_may_see)
    if (coordinator, host) != (shared.coordinator_may_see, shared.host_may_see):
        audit.record(session, account, "help_shared", shared, coordinator=coordinator, host=host)
    shared.coordinator_may_see, shared.host_may_see = coordinator, host
    if is_new[0]:
        about = shared.placement.assignment if shared.placement else None
        write_to_coordinators(session, shared.vio_id, SAFETY, safety_letters.SUBJECT, SHARED, about)
    if is_new[1] and shared.placement is not None:
        host_there = shared.placement.assignment.host
        tell_to_write(session, host_there, SAFETY, safety_letters.SUBJECT, SHARED, SHARED_BY_MAIL)
    session.flush()


def take(session: Session, account: User, taken: HelpCall) -> None:
    """Take a call up: its clock stops, and the volunteer is told who helps."""
    people.check_focal_point(account)
    hold(session, taken)
    check_can_move(taken, "taken")
    taken.owner, taken.due_at, taken.state_at = account, None, clock.now()
    move(session, account, taken, "taken")
    words = lazy("%(name)s has your call and will be in touch.", name=account.display_name or "")
    write_to_volunteer(session, taken.volunteer, SAFETY, lazy("Somebody has your call"), words)


def write(session: Session, account: User, call_id: int, text: str) -> HelpCall:
    """Add words: of the volunteer, or of a focal point who was asked."""
    kept = call_for(session, account, call_id)
    if not _is_own(account, kept):
        people.check_focal_point(account)
    hold(session, kept)
    if kept.state == "closed":
        raise Refused(lazy("This call is closed, so nobody would read it. Call for help again: then somebody is told."))
    kept.words.append(HelpWord(author_id=account.id, text=text, at=clock.now()))
    session.flush()
    if _is_own(account, kept):
        _tell_helpers(session, kept)
    else:
        body = lazy("Sign in and look under I need help.")
        write_to_volunteer(session, kept.volunteer, SAFETY, lazy("Somebody wrote to you"), body)
    return kept


def add_number(session: Session, account: User, phone: str) -> None:
    """Give a volunteer's calls that have none the number at which they can be reached, and tell who has them."""
    query = select(HelpCall).where(readable(account), HelpCall.state != "closed", HelpCall.phone == "")
    for one in session.scalars(query.order_by(HelpCall.id)).all():
        one.phone = phone
        _tell_helpers(session, one)


def _tell_helpers(session: Session, about: HelpCall) -> None:
    for reader in [about.owner] if about.owner else [hand.user for hand in about.hands]:
        safety_letters.something_waits(session, reader)


def close(session: Session, account: User, closed: HelpCall) -> None:
    """End a call: the volunteer needs no more help, or the focal point who took it up says that it is done."""
    is_own = _is_own(account, closed)
    if not is_own:
        people.check_focal_point(account)
    hold(session, closed)
    if not is_own and closed.owner_id != account.id:
        raise NotFound
    if not is_own and closed.state == "open":
        raise Refused(lazy("Take it up first: only then does the volunteer know that somebody was there."))
    check_can_move(closed, "closed")
    closed.due_at, closed.closed_at = None, clock.now()
    closed.state_at = closed.closed_at
    move(session, account, closed, "closed")
    if not is_own:
        words = lazy(CLOSED.text, name=account.display_name or "")
        write_to_volunteer(session, closed.volunteer, SAFETY, lazy("Your call for help is closed"), words)
    elif closed.owner is not None:
        safety_letters.something_waits(session, closed.owner)
