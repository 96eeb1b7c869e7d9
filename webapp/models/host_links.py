"""A link by which a host that has no account answers: sent to its contact address, for one assignment or placement."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base

if TYPE_CHECKING:
    from webapp.models.assignments import Assignment
    from webapp.models.hosts import Host
    from webapp.models.placements import Placement


_WAITS = "sent_at IS NULL AND ended_at IS NULL"
_WAITS_FOR_ALL = text(f"placement_id IS NULL AND {_WAITS}")
_WAITS_FOR_STAY = text(_WAITS)


class HostLink(Base):
    """A letter with a link. It waits while `sent_at` is empty; what has ended was replaced by a newer letter."""

    __tablename__ = "host_link"
    __table_args__ = (
        CheckConstraint(
            "(sent_at IS NULL) = (token_hash IS NULL) AND (sent_at IS NULL) = (expires_at IS NULL)",
            name="sent_has_token",
        ),
        # One letter waits about the applicants of an assignment, and one about a stay: two would close each other.
        Index(
            "uq_host_link_waits_for_all",
            "assignment_id",
            unique=True,
            sqlite_where=_WAITS_FOR_ALL,
            postgresql_where=_WAITS_FOR_ALL,
        ),
        Index(
            "uq_host_link_waits_for_stay",
            "placement_id",
            unique=True,
            sqlite_where=_WAITS_FOR_STAY,
            postgresql_where=_WAITS_FOR_STAY,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    host_id: Mapped[int] = mapped_column(ForeignKey("host.id"), index=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)
    # Where set, the link is about this stay; else about the applicants of the assignment.
    placement_id: Mapped[int | None] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"), index=True)
    email: Mapped[str] = mapped_column(String(255))
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    asked_at: Mapped[datetime] = mapped_column()
    sent_at: Mapped[datetime | None] = mapped_column()
    expires_at: Mapped[datetime | None] = mapped_column()
    ended_at: Mapped[datetime | None] = mapped_column()
    # What the letter tells of (services/by_mail/events.py), with blanks between; empty: somebody asked for it again.
    events: Mapped[str] = mapped_column(String(300), default="")
    read_id: Mapped[int] = mapped_column(default=0)  # the newest message of the stay read behind it
    told_id: Mapped[int] = mapped_column(default=0)  # the newest message of the stay that it tells of

    host: Mapped[Host] = relationship()
    assignment: Mapped[Assignment] = relationship()
    placement: Mapped[Placement | None] = relationship()

    def works(self, now: datetime) -> bool:
        """Whether the page behind it opens: sent, neither replaced nor too old."""
        return self.ended_at is None and self.expires_at is not None and now < self.expires_at
