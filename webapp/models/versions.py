"""What an assignment said each time it was sent for review, and how its publication below the gate was waived."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base

if TYPE_CHECKING:
    from webapp.models.accounts import User


class AssignmentVersion(Base):
    """An assignment as it was sent, with the coach's score and whether the host was trained then."""

    __tablename__ = "assignment_versions"
    __table_args__ = (
        UniqueConstraint("assignment_id", "number"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("score BETWEEN 0 AND 100", name="score"),
        CheckConstraint(
            "(waived_by_id IS NULL AND waived_at IS NULL AND waiver_reason = '') "
            "OR (waived_by_id IS NOT NULL AND waived_at IS NOT NULL AND waiver_reason <> '')",
            name="waiver_is_whole",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id", ondelete="CASCADE"), index=True)
    number: Mapped[int] = mapped_column()  # 1, 2, 3 ... of this assignment
    says: Mapped[dict[str, Any]] = mapped_column()  # columns and lists by name, see services/versions.py
    score: Mapped[int] = mapped_column()
    host_trained: Mapped[bool] = mapped_column()
    kept_at: Mapped[datetime] = mapped_column()
    waived_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    waived_at: Mapped[datetime | None] = mapped_column()
    waiver_reason: Mapped[str] = mapped_column(Text, default="")

    waived_by: Mapped[User | None] = relationship()
