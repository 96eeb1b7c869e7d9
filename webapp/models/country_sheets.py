"""What a receiving VIO tells its volunteers about a country: customs and everyday life, in its own words."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import COUNTRY, Base

if TYPE_CHECKING:
    from webapp.models.vios import Vio


class CountrySheet(Base):
    """One sheet for each country in which a VIO receives; part of the training, no travel or visa advice."""

    __tablename__ = "country_sheet"
    __table_args__ = (UniqueConstraint("vio_id", "country"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    vio_id: Mapped[int] = mapped_column(ForeignKey("vio.id"), index=True)
    country: Mapped[str] = mapped_column(COUNTRY)
    language: Mapped[str] = mapped_column(String(15))  # of the text, BCP 47
    customs: Mapped[str] = mapped_column(Text, default="")  # greetings and customs, as asked locally
    working_week: Mapped[str] = mapped_column(Text, default="")
    getting_around: Mapped[str] = mapped_column(Text, default="")
    health: Mapped[str] = mapped_column(Text, default="")
    money: Mapped[str] = mapped_column(Text, default="")
    newcomers: Mapped[str] = mapped_column(Text, default="")  # what people wish newcomers knew
    contacts: Mapped[str] = mapped_column(Text, default="")
    updated_at: Mapped[datetime] = mapped_column()
    updated_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    vio: Mapped[Vio] = relationship()
