"""Check-ins during a placement: when they are due, and what each side answers."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base, one_of
from webapp.models.placements import Placement
from webapp.models.sealed import Encrypted

CHECK_IN_SIDES = ("volunteer", "host")
MARKED = ("work", "hours", "supervision", "well")  # the questions with a mark, in the order of the page


class CheckIn(Base):
    """A day by which both sides say how it goes."""

    __tablename__ = "check_in"
    __table_args__ = (UniqueConstraint("placement_id", "due_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"))
    due_on: Mapped[date] = mapped_column(index=True)
    reminded_at: Mapped[datetime | None] = mapped_column()  # both sides, on the day
    missed_at: Mapped[datetime | None] = mapped_column()  # the offices, when a side has not answered in time
    flagged_at: Mapped[datetime | None] = mapped_column()  # an answer differs from the agreement (services/drift.py)
    settled_at: Mapped[datetime | None] = mapped_column()  # a coordinator has looked into what differs
    settled_words: Mapped[str] = mapped_column(Encrypted(), default="")

    placement: Mapped[Placement] = relationship()
    answers: Mapped[list[CheckInAnswer]] = relationship(
        order_by="CheckInAnswer.id", cascade="all, delete-orphan", back_populates="check_in"
    )

    def answer_of(self, side: str) -> CheckInAnswer | None:
        """Return what a side (volunteer, host) has answered."""
        return next((one for one in self.answers if one.side == side), None)


class CheckInAnswer(Base):
    """One side's answer; marks go from 1 (no) to 4 (yes)."""

    __tablename__ = "check_in_answer"
    __table_args__ = (
        one_of("side", CHECK_IN_SIDES),
        *(CheckConstraint(f"{name} BETWEEN 1 AND 4", name=name) for name in MARKED),
        CheckConstraint("hours_done BETWEEN 0 AND 168", name="hours_done"),
        CheckConstraint("hours_supervised BETWEEN 0 AND 168", name="hours_supervised"),
        UniqueConstraint("check_in_id", "side"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    check_in_id: Mapped[int] = mapped_column(ForeignKey("check_in.id", ondelete="CASCADE"))
    side: Mapped[str] = mapped_column(String(10))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    work: Mapped[int] = mapped_column()
    hours: Mapped[int] = mapped_column()
    supervision: Mapped[int] = mapped_column()
    well: Mapped[int] = mapped_column()
    hours_done: Mapped[int | None] = mapped_column()  # in the last week
    hours_supervised: Mapped[int | None] = mapped_column()  # in the last week
    words: Mapped[str] = mapped_column(Encrypted(), default="")  # on the marks
    change: Mapped[str] = mapped_column(Encrypted(), default="")  # the one thing to change
    shares_change: Mapped[bool] = mapped_column(default=False)  # whether the other side reads it too
    private: Mapped[str] = mapped_column(Encrypted(), default="")  # for the offices only, whatever else is shared
    given_at: Mapped[datetime] = mapped_column()

    check_in: Mapped[CheckIn] = relationship(back_populates="answers")
