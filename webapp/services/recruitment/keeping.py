"""How long what recruitment asks is kept: it ends with the application, not with the account."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, delete, or_, select
from sqlalchemy.orm import Session

from webapp.models import (
    Application,
    ApplicationAnswer,
    Assignment,
    ConductDeclaration,
    Offer,
    Placement,
    Reference,
    Scorecard,
    Vio,
)
from webapp.models.applications import LIVE_APPLICATION_STATES
from webapp.services import audit

A_MONTH = timedelta(days=30.44)
REFERENCE_MONTHS = 6


def forget_references(session: Session, now: datetime) -> int:
    """Delete who was named, and what they said, six months after the application ended; return how many."""
    ended = select(Application.id).join(Assignment).where(_ended_before(now - REFERENCE_MONTHS * A_MONTH))
    return _delete(session, Reference, Reference.application_id.in_(ended))


def forget_recruitment(session: Session, vio: Vio, now: datetime) -> int:
    """Delete answers, declarations and scorecards of applications that ended before the VIO's months began."""
    since = now - vio.retention_months * A_MONTH
    ended = select(Application.id).join(Assignment).where(Assignment.vio_id == vio.id, _ended_before(since))
    tables = (ApplicationAnswer, ConductDeclaration, Scorecard)
    gone = sum(_delete(session, table, table.application_id.in_(ended)) for table in tables)
    if gone:
        audit.record(session, None, "retention_recruitment", vio, vio.id, rows=gone)
    return gone


def ended(moment: datetime) -> Select[int]:
    """Return the query of applications that are decided and over by `moment`: nobody judges them any more.

    Declined or withdrawn, or the placement that it led to has ended, or the assignment's last day is past.
    """
    is_closed = Application.state.not_in(LIVE_APPLICATION_STATES)
    has_served = _stays().where(Placement.ended_at <= moment).exists()
    is_past = Assignment.end_on < moment.date()
    goes_on = _stays().where(Placement.ended_at.is_(None)).exists()
    return select(Application.id).join(Assignment).where(or_(is_closed, has_served, is_past), ~goes_on)


def _stays() -> Select[int]:
    """Return the query of placements that an application led to."""
    stays = select(Placement.id).join(Offer, Offer.id == Placement.offer_id)
    return stays.where(Offer.application_id == Application.id)


def _ended_before(moment: datetime) -> ColumnElement[bool]:
    """Return the condition that an application was over before `moment`: by its state, or with the assignment's stay.

    One that still runs without any last day ends, for this purpose, with the last thing that happened to it; one that
    led to a placement ends with that.
    """
    stay_goes_on = _stays().where(or_(Placement.ended_at.is_(None), Placement.ended_at >= moment)).exists()
    is_live = Application.state.in_(LIVE_APPLICATION_STATES)
    stay_over = or_(Assignment.end_on.is_(None), Assignment.end_on < moment.date())
    return and_(Application.state_at < moment, or_(~is_live, stay_over), ~stay_goes_on)


def _delete(session: Session, table: type[object], condition: ColumnElement[bool]) -> int:
    return int(session.execute(delete(table).where(condition)).rowcount)  # type: ignore[attr-defined]
