"""How a VIO can be reached in need: its duty person, clocks and list; and who looked at what is restricted."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import CODE, Base, OneLine, one_of

if TYPE_CHECKING:
    from webapp.models.accounts import User
    from webapp.models.vios import Vio

RESTRICTED_KINDS = ("report", "help_call", "incident")


class Safeguarding(Base):
    """One row for each VIO that has focal points. The poster's code leads to its speak-up page."""

    __tablename__ = "safeguarding"
    __table_args__ = tuple(
        CheckConstraint(f"minutes_{severity} BETWEEN 5 AND 20160", name=f"minutes_{severity}")
        for severity in ("now", "today", "week")
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vio_id: Mapped[int] = mapped_column(ForeignKey("vio.id"), unique=True)
    poster_code: Mapped[str] = mapped_column(String(12), unique=True)
    emergency: Mapped[str] = mapped_column(OneLine(200), default="")  # numbers to call before anything else
    duty_line: Mapped[str] = mapped_column(OneLine(50), default="")  # the VIO's own telephone number for emergencies
    duty_person_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    # How long the owner of a call for help has before it goes on to the next on the list.
    minutes_now: Mapped[int] = mapped_column(default=30)
    minutes_today: Mapped[int] = mapped_column(default=4 * 60)
    minutes_week: Mapped[int] = mapped_column(default=48 * 60)

    vio: Mapped[Vio] = relationship()
    duty_person: Mapped[User | None] = relationship()
    steps: Mapped[list[EscalationStep]] = relationship(
        order_by="EscalationStep.position", cascade="all, delete-orphan", passive_deletes=True
    )

    def minutes_for(self, severity: str) -> int:
        """Return how many minutes an owner has to take up a call of this severity."""
        return {"now": self.minutes_now, "today": self.minutes_today, "week": self.minutes_week}[severity]


class EscalationStep(Base):
    """The next to ask when a call for help is not taken up: a focal point, or somebody to telephone."""

    __tablename__ = "escalation_step"
    __table_args__ = (
        UniqueConstraint("safeguarding_id", "position"),
        CheckConstraint("position >= 1", name="position"),
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint("user_id IS NOT NULL OR phone <> ''", name="can_be_reached"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    safeguarding_id: Mapped[int] = mapped_column(ForeignKey("safeguarding.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column()
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(OneLine(200))
    phone: Mapped[str] = mapped_column(OneLine(50), default="")

    user: Mapped[User | None] = relationship()


class SafeguardingLook(Base):
    """Somebody opened a report, a call for help or an incident. Shown on its own page only."""

    __tablename__ = "safeguarding_look"
    __table_args__ = (
        one_of("subject_kind", RESTRICTED_KINDS),
        Index("ix_safeguarding_look_subject", "subject_kind", "subject_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_kind: Mapped[str] = mapped_column(CODE)
    subject_id: Mapped[int] = mapped_column()
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column()

    user: Mapped[User | None] = relationship()
