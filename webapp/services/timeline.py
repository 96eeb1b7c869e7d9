"""How an application went, through its offers and its placement, from the audit trail; and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from webapp.models import Application, AuditEvent, Debrief, Offer, Placement
from webapp.services import moves, offers, stays
from webapp.services.alumni import membership

Subject = Application | Offer | Placement


@dataclass(frozen=True)
class Step:
    """A past step: what moved (application, offer, placement), to which state, when, and the day that it sets."""

    kind: str
    state: str
    at: datetime
    day: date | None = None
    link: int = 0  # the link by which a host without an account did it


@dataclass(frozen=True)
class Next:
    """What comes next: a code of NEXT, and until when where a day is set."""

    code: str
    day: date | None = None


NEXT = (
    *("host_answers", "host_writes", "talk", "office_decides", "you_answer", "others_answer"),
    *("preparation", "stay", "debrief", "alumni"),
)
# No moves, but what the volunteer waits for: a promise made anew, and a yes that holds when the others say yes too.
BESIDE_MOVES = ("application_promise_renewed", "application_promise_rested", "offer_agreed")
_WAITING = {"shortlisted": "host_writes", "interview": "talk"}


def timeline(session: Session, application: Application) -> list[Step]:
    """Return what happened, oldest first; rows that came with demo or imported data have at least begin and state."""
    subjects: list[Subject] = [application, *offers.offers_of(session, application)]
    subjects += _placements(session, application)
    steps = [_step(event, subjects) for event in _events(session, subjects) if _is_move(event)]
    if not any(step.kind == "application" and step.state == "submitted" for step in steps):
        steps.insert(0, Step("application", "submitted", application.submitted_at))
    for subject in (application, *reversed(subjects[1:])):
        told = [step.state for step in steps if step.kind == subject.__tablename__]
        if subject.state not in told:
            steps.append(Step(subject.__tablename__, subject.state, subject.state_at))
    return steps


def next_step(session: Session, application: Application) -> Next | None:
    """Return what comes next for the volunteer, None where nothing does."""
    if application.state == "submitted":
        return Next("host_answers", application.answer_by)
    if application.state in _WAITING:
        return Next(_WAITING[application.state], application.next_by)
    if application.state != "selected":
        return None
    offer = offers.waiting_offer(session, application)
    if offer is not None:
        return Next("others_answer" if offer.agreed_at else "you_answer", offer.answer_by)
    placement = stays.placement_of(session, application)
    if placement is None or placement.state == "cancelled":
        return Next("office_decides", application.next_by)
    return _next_of_placement(session, placement)


def _next_of_placement(session: Session, placement: Placement) -> Next | None:
    if placement.state == "preparing":
        return Next("preparation", placement.starts_on)
    if placement.is_running:
        return Next("stay", placement.ends_on)
    said = select(Debrief.id).where(Debrief.placement_id == placement.id, Debrief.side == "volunteer")
    if session.scalar(said) is None:
        return Next("debrief")
    is_offered = placement.state == "completed" and membership.is_offered(session, placement.volunteer)
    return Next("alumni") if is_offered else None


def _placements(session: Session, application: Application) -> list[Placement]:
    query = select(Placement).join(Offer, Offer.id == Placement.offer_id).where(Offer.application_id == application.id)
    return list(session.scalars(query.order_by(Placement.id.desc())))


def _events(session: Session, subjects: Sequence[Subject]) -> list[AuditEvent]:
    theirs = [and_(AuditEvent.subject_kind == one.__tablename__, AuditEvent.subject_id == one.id) for one in subjects]
    return list(session.scalars(select(AuditEvent).where(or_(*theirs)).order_by(AuditEvent.id)))


def _is_move(event: AuditEvent) -> bool:
    state = event.action.removeprefix(f"{event.subject_kind}_")
    return event.action in BESIDE_MOVES or any(
        table.__tablename__ == event.subject_kind and state in states for table, states in moves.MOVES.items()
    )


def _step(event: AuditEvent, subjects: Sequence[Subject]) -> Step:
    state = event.action.removeprefix(f"{event.subject_kind}_")
    day = None
    if event.action == "offer_made":
        day = next(one.answer_by for one in subjects if isinstance(one, Offer) and one.id == event.subject_id)
    elif "days" in event.detail:
        day = date.fromisoformat(event.detail["days"]["to"])
    return Step(event.subject_kind, state, event.at, day, event.detail.get("link", 0))
