"""A placement (an agreed stay), and what each side says of it afterwards."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import CODE, Base, one_of

if TYPE_CHECKING:
    from webapp.models.assignments import Assignment
    from webapp.models.offers import Offer
    from webapp.models.vios import Vio
    from webapp.models.volunteers import Volunteer

PLACEMENT_STATES = ("preparing", "active", "extended", "completed", "ended_early", "cancelled")
UNDER_WAY_STATES = ("active", "extended")  # the volunteer is there
RUNNING_PLACEMENT_STATES = ("preparing", *UNDER_WAY_STATES)
SERVED_STATES = ("completed", "ended_early")  # over, and the volunteer was there
SIDES = ("volunteer", "host", "community")


class Placement(Base):
    """A volunteer's stay at a host, from the accepted offer to its end."""

    __tablename__ = "placement"
    __table_args__ = (
        one_of("state", PLACEMENT_STATES),
        CheckConstraint("ends_on >= starts_on", name="dates"),
        CheckConstraint(
            "state NOT IN ('cancelled', 'ended_early') OR length(reason_code) > 0", name="ended_has_reason"
        ),
        CheckConstraint("state IN ('preparing', 'cancelled') OR started_at IS NOT NULL", name="begun_has_start"),
        CheckConstraint(
            "(state IN ('completed', 'ended_early', 'cancelled')) = (ended_at IS NOT NULL)", name="over_has_end"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"), unique=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"), index=True)
    sending_vio_id: Mapped[int] = mapped_column(ForeignKey("vio.id"), index=True)
    receiving_vio_id: Mapped[int] = mapped_column(ForeignKey("vio.id"), index=True)
    state: Mapped[str] = mapped_column(String(12), default="preparing")
    starts_on: Mapped[date] = mapped_column()
    ends_on: Mapped[date] = mapped_column()  # included; an extension moves it
    agreed_ends_on: Mapped[date] = mapped_column()  # as first agreed
    reason_code: Mapped[str] = mapped_column(CODE, default="")  # why it was cancelled or ended early
    words: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column()
    state_at: Mapped[datetime] = mapped_column()
    started_at: Mapped[datetime | None] = mapped_column()
    ended_at: Mapped[datetime | None] = mapped_column()
    debrief_asked_at: Mapped[datetime | None] = (
        mapped_column()
    )  # when both sides were told that they can say how it was
    debrief_reminded_at: Mapped[datetime | None] = mapped_column()  # once

    # Somebody who was to come with this person does not; a coordinator decides whether it goes on all the same.
    alone_since: Mapped[datetime | None] = mapped_column()
    alone_decided_at: Mapped[datetime | None] = mapped_column()

    offer: Mapped[Offer] = relationship()
    assignment: Mapped[Assignment] = relationship()
    volunteer: Mapped[Volunteer] = relationship()
    sending_vio: Mapped[Vio] = relationship(foreign_keys=[sending_vio_id])
    receiving_vio: Mapped[Vio] = relationship(foreign_keys=[receiving_vio_id])
    debriefs: Mapped[list[Debrief]] = relationship(order_by="Debrief.id", cascade="all, delete-orphan")

    @property
    def is_running(self) -> bool:
        """Whether it is agreed and not over."""
        return self.state in RUNNING_PLACEMENT_STATES

    @property
    def waits_for_decision(self) -> bool:
        """Whether somebody who was to come too does not, and nobody has decided yet how it goes on."""
        return self.is_running and self.alone_since is not None and self.alone_decided_at is None


class Debrief(Base):
    """What one side says of a placement when it is over; marks go from 1 (poor) to 5 (very good)."""

    __tablename__ = "debrief"
    __table_args__ = (
        one_of("side", SIDES),
        CheckConstraint("overall BETWEEN 1 AND 5", name="overall"),
        CheckConstraint("as_expected BETWEEN 1 AND 5", name="as_expected"),
        CheckConstraint("side = 'community' OR NOT is_from_talk", name="talk_is_with_community"),
        UniqueConstraint("placement_id", "side"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"))
    side: Mapped[str] = mapped_column(String(10))
    overall: Mapped[int] = mapped_column()
    as_expected: Mapped[int] = mapped_column()  # how far the stay was what had been agreed
    says: Mapped[dict[str, Any]] = mapped_column(default=dict)  # services/debrief_questions.py: question -> answer
    words: Mapped[str] = mapped_column(Text, default="")
    is_from_talk: Mapped[bool] = mapped_column(default=False)  # a coordinator wrote down what the community said
    given_at: Mapped[datetime] = mapped_column()
