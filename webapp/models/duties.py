"""Who does what for a placement: the sending VIO or the receiving one."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import CODE, Base, one_of

DUTY_SIDES = ("sending", "receiving")


class PlacementDuty(Base):
    """One duty of one placement, as it was agreed when the placement was made."""

    __tablename__ = "placement_duty"
    __table_args__ = (one_of("side", DUTY_SIDES), UniqueConstraint("placement_id", "code"))

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(CODE)  # services/duties.py
    side: Mapped[str] = mapped_column(String(10))
    terms: Mapped[str] = mapped_column(String(200), default="")  # as the partnership says it
    done_on: Mapped[date | None] = mapped_column()
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
