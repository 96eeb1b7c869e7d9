"""Verifications that lapse: without one, nothing of a host is public and no contact data open."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Host
from webapp.services.by_mail.asking import tell_to_write
from webapp.services.correspondence import write_to_coordinators
from webapp.services.letter_kinds import PUBLISHING
from webapp.services.reminders import letters
from webapp.services.reminders.sent import first_time

# From so many days before its last day on; the latest that has come is told. Below zero it has run out.
STAGES = ((-1, "verification_over"), (7, "verification_week"), (30, "verification_month"))
TOLD_AFTER = 30  # days: what ran out longer ago is known by now


def remind(session: Session, today: date) -> int:
    """Write to host and office 30 and 7 days before a verification ends, and when it has ended."""
    near = Host.verified_until.between(today - timedelta(days=TOLD_AFTER), today + timedelta(days=STAGES[-1][0]))
    done = 0
    for host in session.scalars(select(Host).where(Host.state == "verified", near).order_by(Host.id)).all():
        if host.verified_until is not None and first_time(session, _stage(host, today), host, host.verified_until):
            _write(session, host, host.verified_until, today)
            done += 1
    return done


def _stage(host: Host, today: date) -> str:
    return next(name for days, name in STAGES if host.verified_until and (host.verified_until - today).days <= days)


def _write(session: Session, host: Host, day: date, today: date) -> None:
    event = "verification_over" if day < today else "verification_ends"
    _subject, by_mail = letters.about_host(f"{event}_by_mail", host, day=day)
    tell_to_write(session, host, PUBLISHING, *letters.about_host(f"{event}_host", host, day=day), by_mail)
    write_to_coordinators(
        session, host.vio_id, PUBLISHING, *letters.about_host(f"{event}_office", host, day=day), about=host
    )
