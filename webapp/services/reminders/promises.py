"""The day promised to an applicant: before it, on it, and after it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from webapp.models import Application, Assignment, Host, User
from webapp.services import audit, promised_days
from webapp.services.application_board import REMINDED
from webapp.services.by_mail.asking import tell_to_act
from webapp.services.correspondence import write_to_volunteer
from webapp.services.letter_kinds import APPLICATIONS, LATE
from webapp.services.locks import hold
from webapp.services.reminders import letters
from webapp.services.reminders.sent import first_time, week_of
from webapp.services.reminders.to_offices import write_list
from webapp.services.shortlists import ANSWERABLE

SOON_DAYS = 3  # before the promised day the host is reminded
RENEWED_DAYS = 7  # from the day on which a promise is made anew, once


def remind_hosts(session: Session, today: date) -> int:
    """Write to hosts whose answers are due in three days or today, one letter for each assignment and day."""
    is_near = Application.answer_by.between(today, today + timedelta(days=SOON_DAYS))
    groups: dict[tuple[int, date], list[Application]] = defaultdict(list)
    for one in _waiting(session, is_near, Assignment.state.in_(ANSWERABLE)):
        kind = "answer_today" if one.answer_by == today else "answer_soon"
        # Who applied today has just been announced to the host.
        if one.submitted_at.date() < today and first_time(session, kind, one, one.answer_by):
            groups[one.assignment_id, one.answer_by].append(one)
    for (_assignment, day), found in groups.items():
        _write_to_host(session, found, day, today)
    return len(groups)


def renew(session: Session, today: date) -> int:
    """Tell people whose promised day has passed so, with a new day; the promise is made anew once."""
    done = 0
    for one in _waiting(session, Application.answer_by < today, Application.first_answer_by.is_(None)):
        hold(session, one.assignment, one)
        if one.state == "submitted" and first_time(session, "promise_renewed", one, one.answer_by):
            _renew(session, one, today)
            done += 1
    return done


def move_promise(session: Session, actor: User | None, one: Application, since: date) -> None:
    """Promise another day, a week after `since`; the first one stays on record."""
    one.first_answer_by = before = one.answer_by
    asked = since + timedelta(days=RENEWED_DAYS)
    one.answer_by = promised_days.working(one.assignment, asked)
    days = {"from": before.isoformat(), "asked": asked.isoformat(), "to": one.answer_by.isoformat()}
    audit.record(session, actor, "application_promise_renewed", one, one.assignment.vio_id, days=days)


def own_up(session: Session, today: date) -> int:
    """Tell people whose second day has passed so too; no third one is promised."""
    done = 0
    for one in _waiting(session, Application.answer_by < today, Application.first_answer_by.is_not(None)):
        if first_time(session, "promise_broken", one, one.answer_by):
            office = one.assignment.vio
            words = letters.told("promise_broken", one.assignment, office=office.name, email=office.contact_email)
            write_to_volunteer(session, one.volunteer, APPLICATIONS, *words)
            done += 1
    return done


def tell_offices(session: Session, today: date) -> int:
    """Write to the coordinators of what is late since yesterday, and weekly from then on; one letter an office."""
    late: dict[int, list[Application]] = defaultdict(list)
    for one in _waiting(session, func.coalesce(Application.first_answer_by, Application.answer_by) < today):
        if first_time(session, "answer_late", one, week_of(one.promised_first, today)):
            late[one.assignment.vio_id].append(one)
    for vio_id, found in late.items():
        lines = [(one.promised_first, one.assignment) for one in found]
        write_list(session, vio_id, LATE, "answers_late", lines)
    return len(late)


def _waiting(session: Session, *where: ColumnElement[bool]) -> Iterator[Application]:
    """Yield applications without an answer, in the order in which rows are held; those of suspended hosts rest."""
    query = select(Application).join(Assignment).join(Host, Host.id == Assignment.host_id)
    query = query.where(Application.state == "submitted", Host.suspended_at.is_(None), *where)
    yield from session.scalars(query.order_by(Application.assignment_id, Application.id)).all()


def _write_to_host(session: Session, found: list[Application], day: date, today: date) -> None:
    assignment = found[0].assignment
    for one in found:
        audit.record(session, None, REMINDED, one, assignment.vio_id)
    event = "answer_today" if day == today else "answer_soon"
    words = letters.told(event, assignment, number=len(found), day=day)
    tell_to_act(session, assignment, "applied", APPLICATIONS, *words)


def _renew(session: Session, one: Application, today: date) -> None:
    assignment, before = one.assignment, one.answer_by
    move_promise(session, None, one, today)
    words = {"before": before, "day": one.answer_by, "office": assignment.vio.name}
    write_to_volunteer(session, one.volunteer, APPLICATIONS, *letters.told("promise_renewed", assignment, **words))
    late = letters.told("promise_renewed_host", assignment, **words)
    tell_to_act(session, assignment, "late", APPLICATIONS, *late)
