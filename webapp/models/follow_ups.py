"""How it goes on: three questions to a volunteer, 6 and 12 months after a placement."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base

if TYPE_CHECKING:
    from webapp.models.placements import Placement

MONTHS = (6, 12)


class FollowUp(Base):
    """A letter with a link that works once, and what was answered: codes, or that nobody is to ask again."""

    __tablename__ = "follow_up"
    __table_args__ = (
        CheckConstraint("months IN (6, 12)", name="months"),
        CheckConstraint("answered_at IS NOT NULL OR (NOT is_declined AND words = '')", name="answer_has_moment"),
        UniqueConstraint("placement_id", "months"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"))
    months: Mapped[int] = mapped_column()
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    sent_at: Mapped[datetime] = mapped_column()
    answered_at: Mapped[datetime | None] = mapped_column()
    is_declined: Mapped[bool] = mapped_column(default=False)
    says: Mapped[dict[str, Any]] = mapped_column(default=dict)  # question -> answer
    words: Mapped[str] = mapped_column(Text, default="")

    placement: Mapped[Placement] = relationship()
