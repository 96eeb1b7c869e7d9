"""An incident: what a focal point makes of a report or a call for help, and what is done about it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import CODE, Base, one_of
from webapp.models.reports import HARM_KINDS
from webapp.models.sealed import Encrypted

if TYPE_CHECKING:
    from webapp.models.accounts import User
    from webapp.models.help_calls import HelpCall
    from webapp.models.placements import Placement
    from webapp.models.reports import Report

INCIDENT_STATES = ("open", "acting", "closed")
GRAVITIES = ("low", "serious", "grave")


class Incident(Base):
    """Read by its handler alone. It stays where the report or the call behind it is thrown away."""

    __tablename__ = "incident"
    __table_args__ = (
        one_of("state", INCIDENT_STATES),
        one_of("kind", HARM_KINDS),
        one_of("gravity", GRAVITIES),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_has_moment"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vio_id: Mapped[int] = mapped_column(ForeignKey("vio.id"), index=True)
    report_id: Mapped[int | None] = mapped_column(ForeignKey("report.id", ondelete="SET NULL"), unique=True)
    call_id: Mapped[int | None] = mapped_column(ForeignKey("help_call.id", ondelete="SET NULL"), unique=True)
    placement_id: Mapped[int | None] = mapped_column(ForeignKey("placement.id"))
    handler_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), index=True)
    state: Mapped[str] = mapped_column(String(8), default="open")
    kind: Mapped[str] = mapped_column(CODE)
    gravity: Mapped[str] = mapped_column(String(8))
    # Opened when they are read: every page counts what waits, and shows none of it.
    text: Mapped[str] = mapped_column(Encrypted(), deferred=True, deferred_group="words")
    outcome: Mapped[str] = mapped_column(
        Encrypted(), deferred=True, deferred_group="words", default=""
    )  # said when it is closed
    created_at: Mapped[datetime] = mapped_column()
    state_at: Mapped[datetime] = mapped_column()
    closed_at: Mapped[datetime | None] = mapped_column()

    report: Mapped[Report | None] = relationship()
    call: Mapped[HelpCall | None] = relationship()
    placement: Mapped[Placement | None] = relationship()
    handler: Mapped[User | None] = relationship()
    measures: Mapped[list[IncidentMeasure]] = relationship(
        order_by="IncidentMeasure.id", cascade="all, delete-orphan", passive_deletes=True
    )


class IncidentMeasure(Base):
    """Something that is to be done, by a day, until it is done."""

    __tablename__ = "incident_measure"

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Encrypted())
    by_on: Mapped[date | None] = mapped_column()
    done_at: Mapped[datetime | None] = mapped_column()
