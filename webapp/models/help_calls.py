"""A volunteer's call for help: how urgent, who owns it, by when, and the words between the two."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base, one_of
from webapp.models.sealed import Encrypted

if TYPE_CHECKING:
    from webapp.models.accounts import User
    from webapp.models.placements import Placement
    from webapp.models.volunteers import Volunteer

HELP_STATES = ("open", "taken", "closed")
SEVERITIES = ("now", "today", "week")


class HelpCall(Base):
    """Seen by the volunteer and by those who were asked to take it up; by others only where the volunteer says so."""

    __tablename__ = "help_call"
    __table_args__ = (
        one_of("state", HELP_STATES),
        one_of("severity", SEVERITIES),
        CheckConstraint("state = 'open' OR due_at IS NULL", name="clock_runs_while_open"),
        CheckConstraint("due_at IS NULL OR owner_id IS NOT NULL", name="clock_has_owner"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_has_moment"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vio_id: Mapped[int] = mapped_column(ForeignKey("vio.id"), index=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"), index=True)
    placement_id: Mapped[int | None] = mapped_column(ForeignKey("placement.id"))
    severity: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(8), default="open")
    phone: Mapped[str] = mapped_column(Encrypted(50), default="")  # where the person can be reached now
    coordinator_may_see: Mapped[bool] = mapped_column(default=False)
    host_may_see: Mapped[bool] = mapped_column(default=False)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), index=True)
    step: Mapped[int] = mapped_column(default=0)  # position on the list; 0: the duty person
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    created_at: Mapped[datetime] = mapped_column()
    state_at: Mapped[datetime] = mapped_column()
    closed_at: Mapped[datetime | None] = mapped_column()

    volunteer: Mapped[Volunteer] = relationship()
    placement: Mapped[Placement | None] = relationship()
    owner: Mapped[User | None] = relationship()
    hands: Mapped[list[HelpHand]] = relationship(
        order_by="HelpHand.id", cascade="all, delete-orphan", passive_deletes=True
    )
    words: Mapped[list[HelpWord]] = relationship(
        order_by="HelpWord.id", cascade="all, delete-orphan", passive_deletes=True
    )


class HelpHand(Base):
    """Somebody was asked to take up a call, since when; they may read it from then on."""

    __tablename__ = "help_hand"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("help_call.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column()

    user: Mapped[User] = relationship()


class HelpWord(Base):
    """Words of the volunteer (the first say what is wrong) or of somebody who helps."""

    __tablename__ = "help_word"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("help_call.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    text: Mapped[str] = mapped_column(Encrypted())
    at: Mapped[datetime] = mapped_column()

    author: Mapped[User | None] = relationship()
