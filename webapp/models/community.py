"""Somebody of a community who is asked how a placement was, by a link that works once."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base, OneLine

if TYPE_CHECKING:
    from webapp.models.placements import Placement


class CommunityAsk(Base):
    """A letter with a link to one person. What they answer is a debrief, which does not name them."""

    __tablename__ = "community_ask"
    __table_args__ = (CheckConstraint("name <> ''", name="name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(OneLine(200))
    email: Mapped[str] = mapped_column(String(255))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    sent_at: Mapped[datetime] = mapped_column()
    expires_at: Mapped[datetime] = mapped_column()
    used_at: Mapped[datetime | None] = mapped_column()

    placement: Mapped[Placement] = relationship()
