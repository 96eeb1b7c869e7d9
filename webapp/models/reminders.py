"""What somebody was reminded of, so that nobody is reminded twice; and the board's filters that people keep."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import CODE, Base, OneLine, one_of

SUBJECT_KINDS = ("application", "offer", "placement", "host", "clearance")


class Reminder(Base):
    """That a reminder of a kind went out about a subject for a day; written with its letters, in one transaction."""

    __tablename__ = "reminder"
    __table_args__ = (
        one_of("subject_kind", SUBJECT_KINDS),
        UniqueConstraint("subject_kind", "subject_id", "kind", "day"),  # whoever comes second writes no letter
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_kind: Mapped[str] = mapped_column(String(12))
    subject_id: Mapped[int] = mapped_column()
    kind: Mapped[str] = mapped_column(CODE)
    day: Mapped[date] = mapped_column()  # the day that it is about: what is due then, or the week of a delay
    sent_at: Mapped[datetime] = mapped_column(index=True)


class SavedFilter(Base):
    """A filter of the board under a name; its account's own."""

    __tablename__ = "saved_filter"
    __table_args__ = (CheckConstraint("length(name) > 0", name="name"), UniqueConstraint("account_id", "name"))

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(OneLine(60))
    query: Mapped[str] = mapped_column(String(500))  # the part of the address behind the question mark
    created_at: Mapped[datetime] = mapped_column()
