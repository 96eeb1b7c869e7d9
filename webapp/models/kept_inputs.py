"""What match runs were made from, encrypted, so that they can be made again."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base


class KeptInput(Base):
    """A volunteer or an assignment as the matcher read it; one row for all runs that read the same."""

    __tablename__ = "kept_input"
    __table_args__ = (CheckConstraint("(volunteer_id IS NULL) <> (assignment_id IS NULL)", name="of_one"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    volunteer_id: Mapped[int | None] = mapped_column(ForeignKey("volunteer.id", ondelete="CASCADE"), index=True)
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignment.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(String(64), index=True)  # HMAC of what is sealed, by which it is found again
    sealed: Mapped[str] = mapped_column(Text)
    used_on: Mapped[date] = mapped_column()  # the last day on which a run read it


class KeptRun(Base):
    """Which of them a run read, and all else that it takes to make it again."""

    __tablename__ = "kept_run"

    run_id: Mapped[int] = mapped_column(ForeignKey("match_run.id", ondelete="CASCADE"), primary_key=True)
    sealed: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[datetime] = mapped_column()
