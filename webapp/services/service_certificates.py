"""Certificates of service: made once a placement is over; its holder alone decides what others read of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Placement, ServiceCertificate, User
from webapp.models.placements import SERVED_STATES
from webapp.services import audit, placement_sight
from webapp.services.codes import as_kept, new_code
from webapp.services.errors import NotFound, Refused
from webapp.services.locks import hold
from webapp.words import lazy

# What the public page may show beside that it is valid and when it was issued; at first nothing of it.
LINES = ("holder", "role", "host", "country", "dates", "time", "office")


def of(session: Session, placement: Placement) -> ServiceCertificate | None:
    """Return the certificate of a placement that the caller may open."""
    return session.scalar(select(ServiceCertificate).where(ServiceCertificate.placement_id == placement.id))


def may_issue(account: User, placement: Placement) -> bool:
    """Whether the account may have it made: the volunteer once it is complete, the receiving office once it is over."""
    if placement_sight.relation_to(account, "certificate.hold", placement) is not None:
        return placement.state == "completed"
    return placement.state in SERVED_STATES and placement_sight.decides(account, placement)


def issue(session: Session, account: User, placement: Placement) -> ServiceCertificate:
    """Make the certificate; asked for again, it stays the one that was made."""
    if placement_sight.relation_to(account, "certificate.hold", placement) is None:
        placement_sight.check_decides(account, placement.assignment)
    hold(session, placement)  # of two clicks, the second finds what the first made
    if (found := of(session, placement)) is not None:
        return found
    if not may_issue(account, placement):
        raise Refused(
            lazy("A certificate is made once the placement is complete. If it ended early, write to the office.")
        )
    made = _made(placement)
    session.add(made)
    audit.record(session, account, "service_certificate_issued", made, placement.receiving_vio_id)
    return made


def show(session: Session, account: User, certificate: ServiceCertificate, lines: Iterable[str]) -> None:
    """Let the public page show these lines and no others; NotFound unless the account is the holder's."""
    placement_sight.check_own(account, certificate.placement.volunteer)
    wanted = set(lines)
    if not wanted <= set(LINES):
        raise Refused(lazy("Choose among the lines of the list."))
    certificate.shown = [line for line in LINES if line in wanted]
    audit.record(session, account, "service_certificate_shown", certificate, shown=certificate.shown)


def find(session: Session, code: str) -> ServiceCertificate:
    """Return the certificate with this number, however it is written."""
    found = session.scalar(select(ServiceCertificate).where(ServiceCertificate.code == as_kept(code)))
    if found is None:
        raise NotFound
    return found


def _made(placement: Placement) -> ServiceCertificate:
    work = placement.assignment
    return ServiceCertificate(
        code=new_code(),
        placement_id=placement.id,
        vio_id=placement.receiving_vio_id,
        holder=placement.volunteer.full_name,
        role=work.title,
        host=work.host.name,
        country=work.country,
        starts_on=placement.starts_on,
        ends_on=_last_day(placement),
        hours=work.hours or None,
        shown=[],
        issued_at=clock.now(),
    )


def _last_day(placement: Placement) -> date:
    """Return the last day served: the agreed one, or the one on which it ended early."""
    if placement.state != "ended_early" or placement.ended_at is None:
        return placement.ends_on
    return max(placement.starts_on, min(placement.ends_on, placement.ended_at.date()))
