"""Whether somebody of the staff still needs their account, as an administrator answered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, one_of

KEEP, END = "keep", "end"


class AccessReview(Base):
    """One answer; the next is asked for so many months later as the organization sets."""

    __tablename__ = "access_review"
    __table_args__ = (one_of("answer", (KEEP, END)),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    answer: Mapped[str] = mapped_column(String(4))
    answered_at: Mapped[datetime] = mapped_column()
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
