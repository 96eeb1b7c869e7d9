"""A supporter of a volunteer for one placement, what the two write to each other, and when it is time to write."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base, one_of
from webapp.models.sealed import Encrypted

if TYPE_CHECKING:
    from webapp.models.accounts import User
    from webapp.models.placements import Placement

PROMPTS = ("before", "settling", "check", "back_soon", "back_later")


class SupporterLink(Base):
    """A supporter stands beside the volunteer of a placement until `ended_at`; one at a time."""

    __tablename__ = "supporter_link"
    __table_args__ = (
        Index(
            "uq_supporter_link_standing",
            "placement_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), index=True)
    supporter_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    named_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column()
    ended_at: Mapped[datetime | None] = mapped_column()

    placement: Mapped[Placement] = relationship()
    supporter: Mapped[User] = relationship(foreign_keys=[supporter_id])
    messages: Mapped[list[SupportMessage]] = relationship(
        order_by="SupportMessage.id", cascade="all, delete-orphan", passive_deletes=True
    )
    prompts: Mapped[list[SupportPrompt]] = relationship(
        order_by="SupportPrompt.id", cascade="all, delete-orphan", passive_deletes=True
    )


class SupportMessage(Base):
    """Words between volunteer and supporter; nobody else reads them."""

    __tablename__ = "support_message"

    id: Mapped[int] = mapped_column(primary_key=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("supporter_link.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    text: Mapped[str] = mapped_column(Encrypted())
    at: Mapped[datetime] = mapped_column()


class SupportPrompt(Base):
    """It is time for the supporter to write. `about` tells prompts of one kind apart, and says nothing of a matter."""

    __tablename__ = "support_prompt"
    __table_args__ = (one_of("kind", PROMPTS), UniqueConstraint("link_id", "kind", "about"))

    id: Mapped[int] = mapped_column(primary_key=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("supporter_link.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(12))
    about: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime] = mapped_column()
    answered_at: Mapped[datetime | None] = mapped_column()  # the supporter has written
