"""Assignments that were published and are over, as rows, for tests of what became of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tests.factories import AnySession, make_application, make_assignment, make_volunteer
from webapp import clock
from webapp.models import (
    Assignment,
    AssignmentVersion,
    AuditEvent,
    Debrief,
    Exclusion,
    Host,
    MatchRun,
    Offer,
    Placement,
)

DAYS_AGO = 400


def make_past(
    session: AnySession,
    host: Host,
    *,
    scores: tuple[int, ...] = (50, 60),
    trained: bool = False,
    waived_by: Any = None,
    days_ago: int = DAYS_AGO,
    eligible: int | None = 20,
    filled_after: int | None = 30,
    closed_after: int | None = None,
    **over: Any,
) -> Assignment:
    """Make an assignment published so many days ago, with a version a score, each sent a day after the other."""
    opened = clock.now() - timedelta(days=days_ago)
    state = "closed" if closed_after else "filled" if filled_after else "open"
    work = make_assignment(session, host, state=state, published_at=opened, **over)
    for number, score in enumerate(scores, start=1):
        sent = opened - timedelta(days=1 + len(scores) - number)
        version = AssignmentVersion(
            assignment_id=work.id, number=number, says={}, score=score, host_trained=trained, kept_at=sent
        )
        session.add(version)
    if waived_by is not None:
        version.waived_by, version.waived_at, version.waiver_reason = waived_by, opened, "The season begins."
    tell(session, work, "open", opened)
    for name, after in (("filled", filled_after), ("closed", closed_after)):
        if after is not None:
            tell(session, work, name, opened + timedelta(days=after))
    if eligible is not None:
        rank(session, work, opened, eligible)
    session.flush()
    return work


def tell(session: AnySession, work: Assignment, state: str, at: datetime) -> None:
    """Leave the line of a change of state, at a moment of the past."""
    event = AuditEvent(
        at=at, vio_id=work.vio_id, action=f"assignment_{state}", subject_kind="assignment", subject_id=work.id
    )
    session.add(event)
    session.flush()


def rank(session: AnySession, work: Assignment, at: datetime, eligible: int) -> None:
    """Leave a finished ranking with its count of who was eligible."""
    run = MatchRun(
        vio_id=work.vio_id,
        scope="assignment",
        subject_id=work.id,
        state="finished",
        seed=1,
        created_at=at,
        finished_at=at,
    )
    session.add(run)
    session.flush()
    session.add(Exclusion(run_id=run.id, assignment_id=work.id, code="eligible", people=eligible))


def make_stay(
    session: AnySession,
    work: Assignment,
    *,
    offer: str = "accepted",
    end: str = "completed",
    marks: tuple[int, int] | None = (4, 4),
    applied_after: int = 5,
) -> Placement | None:
    """Let somebody apply, answer an offer, stay until the end and, with `marks` of volunteer and host, look back."""
    assert work.published_at is not None
    person, opened = make_volunteer(session, work.vio), work.published_at
    today, applied = clock.today(), opened + timedelta(days=applied_after)
    application = make_application(session, person, work, state="selected", submitted_at=applied, state_at=applied)
    span = {"starts_on": today - timedelta(days=200), "ends_on": today - timedelta(days=100)}
    offered = Offer(
        application_id=application.id,
        assignment_id=work.id,
        volunteer_id=person.id,
        vio_id=work.vio_id,
        state=offer,
        kind="international",
        answer_by=today,
        reason_code="other" if offer in ("declined", "withdrawn") else "",
        made_at=opened,
        state_at=opened,
        **span,
    )
    session.add(offered)
    session.flush()
    return _placement(session, work, offered, end, marks, span) if offer == "accepted" else None


def _placement(
    session: AnySession, work: Assignment, offer: Offer, end: str, marks: tuple[int, int] | None, span: dict[str, Any]
) -> Placement:
    over = clock.now() - timedelta(days=100)
    stay = Placement(
        offer_id=offer.id,
        assignment_id=work.id,
        volunteer_id=offer.volunteer_id,
        sending_vio_id=work.vio_id,
        receiving_vio_id=work.vio_id,
        state=end,
        agreed_ends_on=span["ends_on"],
        reason_code="family" if end == "ended_early" else "",
        created_at=over - timedelta(days=150),
        state_at=over,
        started_at=over - timedelta(days=100),
        ended_at=over,
        **span,
    )
    for side, mark in zip(("volunteer", "host"), marks or (), strict=False):
        stay.debriefs.append(Debrief(side=side, overall=mark, as_expected=mark, given_at=over))
    session.add(stay)
    session.flush()
    return stay
