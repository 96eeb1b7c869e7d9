"""Leave a line for each change of a status."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import AuditEvent, Base, User
from webapp.services import audit_chain

# What only a focal point, or the people concerned, may know of. Its lines carry no VIO, so that no list of an
# organization's events holds them; whoever lists or exports events otherwise leaves these kinds out.
RESTRICTED = frozenset({"report", "help_call", "incident", "supporter_link", "mentorship"})


def record(
    session: Session, actor: User | None, action: str, subject: Base, vio_id: int | None = None, **detail: Any
) -> AuditEvent:
    """Write that `actor` did `action` to `subject`; `detail` holds codes and ids, never names or texts.

    Without an actor it was the service itself or a command; who acts by a link leaves the number of that link.
    """
    session.flush()  # so that a new subject has its id
    of_vio = vio_id if vio_id is not None else getattr(subject, "vio_id", None)
    event = AuditEvent(**line(actor, action, type(subject), getattr(subject, "id", None), of_vio, detail))
    session.add(event)
    session.flush()
    return event


def record_many(session: Session, lines: Sequence[dict[str, Any]]) -> None:
    """Write many events at once, each made by `line`."""
    events = cast(Table, AuditEvent.__table__)  # the bare table: no object is made of each
    made = insert(events).returning(events.c.id)
    audit_chain.to_be_sealed(session, session.scalars(made, lines).all())


def line(
    actor: User | None,
    action: str,
    kind: type[Base],
    subject_id: int | None,
    vio_id: int | None,
    detail: dict[str, Any],
) -> dict[str, Any]:
    """Return the columns of one event, for what puts many rows in at once."""
    if actor is not None and actor.link_id:
        detail = {**detail, "link": actor.link_id}
    return {
        "at": clock.now(),
        "actor_id": actor.id if actor else None,
        "vio_id": None if kind.__tablename__ in RESTRICTED else vio_id,
        "action": action,
        "subject_kind": kind.__tablename__,
        "subject_id": subject_id,
        "detail": detail,
    }


def history_of(session: Session, subject: Base) -> list[AuditEvent]:
    """Return what happened to `subject`, oldest first."""
    query = select(AuditEvent).where(
        AuditEvent.subject_kind == subject.__tablename__, AuditEvent.subject_id == getattr(subject, "id", None)
    )
    return list(session.scalars(query.order_by(AuditEvent.id)))
