"""A stamp for each profile: what is worked out from a profile elsewhere tells by it whether it is old."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base


class ProfileStamp(Base):
    """One for each volunteer. Triggers of the database draw a new `stamp` with every change that the matcher reads.

    `kept_id` is the input of runs in which the profile was kept when the stamp was `kept_stamp`.
    """

    __tablename__ = "profile_stamp"

    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id", ondelete="CASCADE"), primary_key=True)
    stamp: Mapped[int] = mapped_column(BigInteger)
    kept_id: Mapped[int | None] = mapped_column()
    kept_stamp: Mapped[int | None] = mapped_column(BigInteger)
