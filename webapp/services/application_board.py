"""All applications to a VIO's assignments with the day promised to each volunteer, and reminding a host."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, selectinload

from webapp import clock
from webapp.models import Application, Assignment, AuditEvent, MatchInvitation, User
from webapp.services import audit
from webapp.services.by_mail.asking import tell_to_act
from webapp.services.delegations import own_work
from webapp.services.errors import Refused
from webapp.services.letter_kinds import APPLICATIONS
from webapp.services.moves import can_move
from webapp.services.paging import Part, Start, part_of
from webapp.words import lazy

PAGE = 40
BESIDE = (selectinload(Application.volunteer), selectinload(Application.assignment).selectinload(Assignment.host))
REMINDED = "host_reminded"
DAYS_BETWEEN_REMINDERS = 2


def board(session: Session, account: User, state: str, start: Start) -> Part[Application]:
    """Return a page of applications, unanswered ones by promised day first."""
    query = select(Application).join(Assignment).where(own_work(account))
    query = query.where(Application.state == state) if state else query.where(Application.state != "withdrawn")
    promised = func.coalesce(Application.first_answer_by, Application.answer_by)
    answered = case((Application.state == "submitted", 0), else_=1)
    return part_of(session, query, [answered, promised], Application.id, start, PAGE, beside=BESIDE)


def count_by_state(session: Session, account: User) -> dict[str, int]:
    """Return how many applications stand in each state."""
    query = select(Application.state, func.count()).join(Assignment).where(own_work(account))
    return dict(session.execute(query.group_by(Application.state)).all())


def remind_host(session: Session, account: User, application: Application, now: datetime | None = None) -> None:
    """Write to the host that an application waits; at most every second day."""
    now = now or clock.now()
    if not can_move(application, "shortlisted"):
        raise Refused(lazy("This application is answered. There is nothing to remind the host of."))
    last = last_reminder(session, application)
    if last is not None and now - last < timedelta(days=DAYS_BETWEEN_REMINDERS):
        raise Refused(lazy("The host was reminded less than two days ago. Give it time to answer."))
    audit.record(session, account, REMINDED, application, account.vio_id)
    tell_to_act(
        session,
        application.assignment,
        "applied",
        APPLICATIONS,
        lazy("An applicant waits for your answer: %(title)s", title=application.assignment.title),
        lazy(
            "We promised an answer by %(day)s. Sign in, look at the applicants for %(title)s and answer each of them.",
            day=application.answer_by,
            title=application.assignment.title,
        ),
    )


def last_reminder(session: Session, application: Application) -> datetime | None:
    """Return when the host was last reminded of this application."""
    query = select(func.max(AuditEvent.at)).where(
        AuditEvent.action == REMINDED,
        AuditEvent.subject_kind == Application.__tablename__,
        AuditEvent.subject_id == application.id,
    )
    return session.scalar(query)


def is_late(application: Application, today: date) -> bool:
    """Whether the promised day has passed without an answer."""
    return application.state == "submitted" and application.promised_first < today


def invitations_sent(session: Session, account: User) -> list[MatchInvitation]:
    """Return the VIO's invitations, those without an answer first, then the newest."""
    query = select(MatchInvitation).join(Assignment).where(own_work(account))
    query = query.options(selectinload(MatchInvitation.volunteer), selectinload(MatchInvitation.assignment))
    return list(session.scalars(query.order_by(MatchInvitation.state != "sent", MatchInvitation.id.desc()).limit(200)))
