"""What somebody who was there would tell the next one."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base, OneLine, one_of

if TYPE_CHECKING:
    from webapp.models.accounts import User
    from webapp.models.placements import Placement

LESSON_STATES = ("kept", "waiting", "published", "declined", "withdrawn")
SHOWN_AS = ("name", "first_name", "anonymous")
LESSON_SIDES = ("volunteer", "host")


class Lesson(Base):
    """One lesson with the consent to show it. Kept without one; shown only after a coordinator has read it."""

    __tablename__ = "lesson"
    __table_args__ = (
        one_of("side", LESSON_SIDES),
        one_of("shown_as", SHOWN_AS),
        one_of("state", LESSON_STATES),
        CheckConstraint("text <> ''", name="text"),
        CheckConstraint("(shown_as = 'anonymous') = (shown_name = '')", name="name_is_as_agreed"),
        CheckConstraint(
            "state NOT IN ('waiting', 'published') OR (agreed_at IS NOT NULL AND withdrawn_at IS NULL)",
            name="shown_with_consent",
        ),
        Index("ix_lesson_in_state", "state", "state_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    side: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(Text)  # the text in lower case of every script, for searching
    shown_as: Mapped[str] = mapped_column(String(10), default="anonymous")
    shown_name: Mapped[str] = mapped_column(OneLine(200), default="")  # as it is printed; blank: no name
    state: Mapped[str] = mapped_column(String(9), default="kept")
    version: Mapped[str] = mapped_column(String(20), default="")  # of the wording that was agreed to
    made_at: Mapped[datetime] = mapped_column()
    state_at: Mapped[datetime] = mapped_column()
    agreed_at: Mapped[datetime | None] = mapped_column()
    withdrawn_at: Mapped[datetime | None] = mapped_column()

    placement: Mapped[Placement] = relationship()
    author: Mapped[User] = relationship()
