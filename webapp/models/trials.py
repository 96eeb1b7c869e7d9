"""What was drawn by lot to find out what helps."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, one_of

# In which order a host reads the coach's findings: what adds most points first, or as the parts of the form follow.
HINT_ORDERS = ("points", "parts")


class HintDraw(Base):
    """The order of the coach's hints that an assignment drew when it was begun; it never changes."""

    __tablename__ = "hint_draw"
    __table_args__ = (one_of("hint_order", HINT_ORDERS),)

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id", ondelete="CASCADE"), primary_key=True)
    hint_order: Mapped[str] = mapped_column(String(6))
    drawn_at: Mapped[datetime] = mapped_column()
