"""What two coordinators thought of an applicant in the interview, each by themselves."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import CODE, Base

if TYPE_CHECKING:
    from webapp.models.accounts import User


class Scorecard(Base):
    """One rater's card. The seat (1 or 2) keeps a third rater out, however many send at once."""

    __tablename__ = "scorecard"
    __table_args__ = (
        UniqueConstraint("application_id", "rater_id"),
        UniqueConstraint("application_id", "seat"),
        CheckConstraint("seat BETWEEN 1 AND 2", name="seat"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    rater_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    seat: Mapped[int] = mapped_column()
    list_number: Mapped[int | None] = mapped_column()  # of the VIO's own competencies; None: the common ones
    sent_at: Mapped[datetime] = mapped_column()

    rater: Mapped[User] = relationship()
    lines: Mapped[list[ScorecardLine]] = relationship(cascade="all, delete-orphan", order_by="ScorecardLine.id")


class CompetencyList(Base):
    """What a VIO scores, as it was kept at one time. Never changed: a change makes the next number."""

    __tablename__ = "competency_list"
    __table_args__ = (UniqueConstraint("vio_id", "number"), CheckConstraint("number >= 1", name="number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    vio_id: Mapped[int] = mapped_column(ForeignKey("vio.id"), index=True)
    number: Mapped[int] = mapped_column()  # 1, 2, 3 ... of this VIO; the highest is in force
    entries: Mapped[list[Any]] = mapped_column()  # name and ask of each; none: the common ones again
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column()


class ScorecardLine(Base):
    """A score for one competency with its note. Never changed: a correction is a later line for the same one."""

    __tablename__ = "scorecard_line"
    __table_args__ = (CheckConstraint("score BETWEEN 1 AND 4", name="score"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("scorecard.id", ondelete="CASCADE"), index=True)
    competency: Mapped[str] = mapped_column(CODE)
    score: Mapped[int] = mapped_column()
    note: Mapped[str] = mapped_column(Text, default="")
    given_at: Mapped[datetime] = mapped_column()
