"""What is held: a host that is suspended, and the stays for which somebody has to decide how they go on."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import CODE, Base, one_of
from webapp.models.sealed import Encrypted

if TYPE_CHECKING:
    from webapp.models.accounts import User
    from webapp.models.bars import Bar
    from webapp.models.hosts import Host
    from webapp.models.placements import Placement

SUSPENSION_STATES = ("standing", "lifted")
HELD_STATES = ("waiting", "watched", "moving", "ended", "released")


class HostSuspension(Base):
    """A coordinator stopped a host; while it stands, `Host.suspended_at` is set. Its assignments keep their state."""

    __tablename__ = "host_suspension"
    __table_args__ = (
        one_of("state", SUSPENSION_STATES),
        CheckConstraint("(state = 'lifted') = (lifted_at IS NOT NULL)", name="lifted_has_moment"),
        CheckConstraint("length(reason_code) > 0 AND length(note) > 0", name="has_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vio_id: Mapped[int] = mapped_column(ForeignKey("vio.id"), index=True)
    host_id: Mapped[int] = mapped_column(ForeignKey("host.id"), index=True)
    state: Mapped[str] = mapped_column(String(8), default="standing")
    reason_code: Mapped[str] = mapped_column(CODE)
    note: Mapped[str] = mapped_column(Encrypted())  # for the office only
    words: Mapped[str] = mapped_column(Encrypted())  # to the host
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column()
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    lifted_at: Mapped[datetime | None] = mapped_column()
    lifted_note: Mapped[str] = mapped_column(Encrypted(), default="")

    host: Mapped[Host] = relationship()
    made_by: Mapped[User | None] = relationship(foreign_keys=[made_by_id])


class HeldStay(Base):
    """A placement under way at a suspended host, or a barred person's: listed until somebody has decided."""

    __tablename__ = "held_stay"
    __table_args__ = (
        one_of("state", HELD_STATES),
        CheckConstraint("(suspension_id IS NULL) <> (bar_id IS NULL)", name="one_cause"),
        CheckConstraint(
            "state IN ('waiting', 'released') OR (decided_at IS NOT NULL AND length(note) > 0)", name="decided_has_note"
        ),
        UniqueConstraint("placement_id", "suspension_id"),
        UniqueConstraint("placement_id", "bar_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vio_id: Mapped[int] = mapped_column(ForeignKey("vio.id"), index=True)  # the receiving one, which decides
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"), index=True)
    suspension_id: Mapped[int | None] = mapped_column(ForeignKey("host_suspension.id"), index=True)
    bar_id: Mapped[int | None] = mapped_column(ForeignKey("bar.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(String(8), default="waiting")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    note: Mapped[str] = mapped_column(Encrypted(), default="")  # why, and who looks after it how
    made_at: Mapped[datetime] = mapped_column()
    decided_at: Mapped[datetime | None] = mapped_column()

    placement: Mapped[Placement] = relationship()
    suspension: Mapped[HostSuspension | None] = relationship()
    bar: Mapped[Bar | None] = relationship()
    owner: Mapped[User | None] = relationship()
