"""A certificate of a placement that was served, and what its holder lets the public page show of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import COUNTRY, Base, OneLine

if TYPE_CHECKING:
    from webapp.models.placements import Placement
    from webapp.models.vios import Vio


class ServiceCertificate(Base):
    """What was served, as it stood on the day of issue; it goes with the placement."""

    __tablename__ = "service_certificate"
    __table_args__ = (
        CheckConstraint("holder <> ''", name="holder"),
        CheckConstraint("ends_on >= starts_on", name="dates"),
        CheckConstraint("hours IS NULL OR hours > 0", name="hours"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"), unique=True)
    vio_id: Mapped[int] = mapped_column(ForeignKey("vio.id"), index=True)  # which issues it, the receiving one
    holder: Mapped[str] = mapped_column(OneLine(200))
    role: Mapped[str] = mapped_column(OneLine(200))
    host: Mapped[str] = mapped_column(OneLine(200))
    country: Mapped[str | None] = mapped_column(COUNTRY)
    starts_on: Mapped[date] = mapped_column()
    ends_on: Mapped[date] = mapped_column()  # the last day served
    hours: Mapped[int | None] = mapped_column()  # a week, as agreed
    shown: Mapped[list[str]] = mapped_column(default=list)  # lines that the public page shows, see LINES of the service
    issued_at: Mapped[datetime] = mapped_column()

    placement: Mapped[Placement] = relationship()
    vio: Mapped[Vio] = relationship()

    @property
    def weeks(self) -> int:
        """How many full weeks were served."""
        return ((self.ends_on - self.starts_on).days + 1) // 7
