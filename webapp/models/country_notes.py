"""What a VIO knows of going to a country."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import COUNTRY, Base, OneLine

if TYPE_CHECKING:
    from webapp.models.vios import Vio


class CountryNote(Base):
    """A dated note of one VIO on one country; volunteers whom it sends or receives there read it."""

    __tablename__ = "country_note"
    __table_args__ = (
        CheckConstraint("lead_days BETWEEN 0 AND 365", name="lead_days"),
        UniqueConstraint("vio_id", "country"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vio_id: Mapped[int] = mapped_column(ForeignKey("vio.id"), index=True)
    country: Mapped[str] = mapped_column(COUNTRY)
    visa_class: Mapped[str] = mapped_column(OneLine(200), default="")
    lead_days: Mapped[int] = mapped_column(default=0)  # from the wish for a visa to the visa
    registration: Mapped[str] = mapped_column(Text, default="")
    tax: Mapped[str] = mapped_column(Text, default="")  # on allowances
    contacts: Mapped[str] = mapped_column(Text, default="")  # embassy, consulate, a lawyer
    not_sent_to: Mapped[str] = mapped_column(Text, default="")  # places within the country
    noted_on: Mapped[date] = mapped_column()  # when somebody last made sure of it
    changed_at: Mapped[datetime] = mapped_column()

    vio: Mapped[Vio] = relationship()
