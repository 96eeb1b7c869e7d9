"""Whom to call when something happens on a placement."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base
from webapp.models.sealed import Encrypted

if TYPE_CHECKING:
    from webapp.models.placements import Placement


class EmergencyCard(Base):
    """What stands on the card of a placement. Who is close is the volunteer's word, the rest the office's."""

    __tablename__ = "emergency_card"

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), unique=True)
    close_name: Mapped[str] = mapped_column(Encrypted(200), default="")
    close_how: Mapped[str] = mapped_column(Encrypted(100), default="")  # mother, friend, ...
    close_phone: Mapped[str] = mapped_column(Encrypted(50), default="")
    close_language: Mapped[str] = mapped_column(Encrypted(100), default="")  # in which they can be spoken to
    insurer: Mapped[str] = mapped_column(Encrypted(200), default="")
    insurance_number: Mapped[str] = mapped_column(Encrypted(100), default="")
    insurance_phone: Mapped[str] = mapped_column(Encrypted(50), default="")
    office_phone: Mapped[str] = mapped_column(Encrypted(50), default="")  # answered day and night
    local_name: Mapped[str] = mapped_column(Encrypted(200), default="")
    local_phone: Mapped[str] = mapped_column(Encrypted(50), default="")
    hospital: Mapped[str] = mapped_column(Encrypted(), default="")
    consulate: Mapped[str] = mapped_column(Encrypted(), default="")
    changed_at: Mapped[datetime] = mapped_column()

    placement: Mapped[Placement] = relationship()
