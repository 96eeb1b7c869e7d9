"""Messages between the people of one placement, and how far each of them has read."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.accounts import User
from webapp.models.base import Base, OneLine, one_of

LONGEST_MESSAGE = 2000  # characters
MESSAGE_SIDES = ("volunteer", "host", "office")


class Message(Base):
    """Plain text from one person to all others of the placement."""

    __tablename__ = "message"
    __table_args__ = (
        one_of("side", MESSAGE_SIDES),
        CheckConstraint(f"length(text) BETWEEN 1 AND {LONGEST_MESSAGE}", name="text"),
        Index("ix_message_of_placement", "placement_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), index=True)
    side: Mapped[str] = mapped_column(String(10))
    author: Mapped[str] = mapped_column(OneLine(300))  # the name at that time, with the organization
    text: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[datetime] = mapped_column(index=True)


class MessageMark(Base):
    """How far an account has read a placement's messages, and of which it was told by mail."""

    __tablename__ = "message_mark"
    __table_args__ = (UniqueConstraint("placement_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    read_id: Mapped[int] = mapped_column(default=0)  # the newest message read
    told_id: Mapped[int] = mapped_column(default=0)  # the newest message that a letter has told of

    user: Mapped[User] = relationship()
