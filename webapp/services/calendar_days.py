"""The days that wait for an account, for its calendar.

Calendars lie on strangers' servers: no names of people, and no words that say more than that something is due.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import Session

from webapp import permissions
from webapp.models import Application, Assignment, AuditEvent, Base, CheckIn, Clearance, Host, Offer, Placement, User
from webapp.models.accounts import VOLUNTEER
from webapp.models.placements import RUNNING_PLACEMENT_STATES, UNDER_WAY_STATES
from webapp.services import holds, next_words
from webapp.services.clearance_reminders import VOLUNTEER as THE_VOLUNTEER
from webapp.services.clearance_reminders import acts, day_of
from webapp.services.delegations import of_vio, own_work
from webapp.services.placement_sight import offers_of, seen_by
from webapp.services.relations import DELEGATED, OWN_HOST, OWN_PROFILE, OWN_VIO
from webapp.words import Words, lazy

OF_APPLICATIONS = ("application.own", "application.answer", "application.decide")  # in the table of permissions


@dataclass(frozen=True)
class Day:
    """One day of a calendar; `key` stays the same when the day moves, and `changed_at` grows with every change."""

    key: str
    on: date
    words: Words
    changed_at: datetime


def days_of(session: Session, account: User) -> list[Day]:
    """Return what waits for an account, the earliest first."""
    found = [
        *_offers(session, account),
        *_answers(session, account),
        *_stays(session, account),
        *_check_ins(session, account),
        *_clearances(session, account),
    ]
    days: dict[str, Day] = {}
    for day in sorted(found, key=lambda day: day.changed_at):  # of several with one key the newest change counts
        days[day.key] = day
    return sorted(days.values(), key=lambda day: (day.on, day.key))


def _offers(session: Session, account: User) -> Iterator[Day]:
    """To volunteers: until when an offer waits for them. To coordinators: those of their VIO."""
    offers = session.scalars(select(Offer).where(Offer.state == "made", offers_of(account))).all()
    changed = _changed(session, offers)
    for one in offers:
        words = lazy("Last day to answer an offer: %(title)s", title=one.assignment.title)
        yield Day(f"offer-{one.id}", one.answer_by, words, changed.get(one.id, one.state_at))


def _answers(session: Session, account: User) -> Iterator[Day]:
    """To volunteers: the day promised to them. To hosts and coordinators: each promised day of an assignment, once.

    Who is on the shortlist or further on was promised a next word. While a host is suspended its promises rest.
    """
    query = select(Application).join(Assignment).join(Host, Host.id == Assignment.host_id)
    query = query.where(next_words.waits(), Host.suspended_at.is_(None), _reads(account))
    waiting = session.scalars(query.order_by(Application.id)).all()
    changed = _changed(session, waiting)
    for one in waiting:
        at, title = changed.get(one.id, one.state_at), one.assignment.title
        on = one.answer_by if one.state == "submitted" else one.next_by
        if account.role == VOLUNTEER:
            # The next word moves with offers that end, and no line of the application says so: so a new key each day.
            key = f"answer-{one.id}" if one.state == "submitted" else f"word-{one.id}-{on}"
            yield Day(key, on, lazy("An answer was promised to you: %(title)s", title=title), at)
        else:
            words = lazy("Applicants expect an answer: %(title)s", title=title)
            yield Day(f"answers-{one.assignment_id}-{on}", on, words, at)


def _reads(account: User) -> ColumnElement[bool]:
    """Return the condition of applications that the account may read; to a host only those on which it has a word."""
    in_queries = {
        OWN_PROFILE: Application.volunteer_id == _person(account),
        OWN_HOST: and_(Assignment.host_id == account.host_id, Application.state.in_(("submitted", "shortlisted"))),
        OWN_VIO: of_vio(account, Assignment.vio_id),
        DELEGATED: own_work(account) if account.is_delegated else false(),
    }
    held = (one for action in OF_APPLICATIONS for one in permissions.relations(action, account.role))
    return or_(false(), *(in_queries[one] for one in held))


def _stays(session: Session, account: User) -> Iterator[Day]:
    """First and last days; of one that is held before its start none, since it may not begin."""
    running = _placements(session, account, RUNNING_PLACEMENT_STATES)
    placements = [one for one in running if one.state != "preparing" or not holds.reasons(one)]
    changed = _changed(session, placements)
    for one in placements:
        at, title = changed.get(one.id, one.state_at), one.assignment.title
        yield Day(f"first-{one.id}", one.starts_on, lazy("A placement begins: %(title)s", title=title), at)
        yield Day(f"last-{one.id}", one.ends_on, lazy("Last day of a placement: %(title)s", title=title), at)


def _check_ins(session: Session, account: User) -> Iterator[Day]:
    """Check-ins to which the account's side, for coordinators a side, has not answered yet."""
    query = select(CheckIn).join(Placement).where(Placement.state.in_(UNDER_WAY_STATES), seen_by(account))
    found = session.scalars(query.order_by(CheckIn.id)).all()
    changed = _changed(session, found)
    for one in found:
        answered = {answer.side for answer in one.answers}
        if answered < {"volunteer", "host"} and account.role not in answered:
            words = lazy("Check-in: %(title)s", title=one.placement.assignment.title)
            yield Day(f"check-in-{one.id}", one.due_on, words, changed.get(one.id, one.placement.created_at))


def _clearances(session: Session, account: User) -> Iterator[Day]:
    """That something is due, to whoever is to act; what it is stays on the site."""
    ids = [one.id for one in _placements(session, account, RUNNING_PLACEMENT_STATES, "clearance.open")]
    found = session.scalars(select(Clearance).where(Clearance.placement_id.in_(ids)).order_by(Clearance.id)).all()
    me = THE_VOLUNTEER if account.role == VOLUNTEER else account.vio_id
    mine = [one for one in found if acts(one) == me and day_of(one) is not None]
    changed = _changed(session, mine)
    for one in mine:
        on = day_of(one) or one.due_on
        words = lazy("Clearance due: %(title)s", title=one.placement.assignment.title)
        yield Day(f"clearances-{one.placement_id}-{on}", on, words, changed.get(one.id, one.state_at))


def _placements(
    session: Session, account: User, states: Iterable[str], action: str = "placement.open"
) -> Sequence[Placement]:
    query = select(Placement).where(Placement.state.in_(states), seen_by(account, action))
    return session.scalars(query.order_by(Placement.id)).all()


def _person(account: User) -> int | None:
    return account.volunteer.id if account.volunteer else None


def _changed(session: Session, rows: Sequence[Base]) -> dict[int, datetime]:
    """Return when each row last changed: every change of a state or a day leaves a line in the audit trail."""
    if not rows:
        return {}
    about = (
        AuditEvent.subject_kind == rows[0].__tablename__,
        AuditEvent.subject_id.in_([getattr(row, "id") for row in rows]),  # noqa: B009  (Base names no id)
    )
    query = select(AuditEvent.subject_id, func.max(AuditEvent.at)).where(*about).group_by(AuditEvent.subject_id)
    return {int(subject): at for subject, at in session.execute(query) if subject is not None}
