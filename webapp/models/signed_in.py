"""Where an account is signed in: one row for each browser, so that it can be seen and ended."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, OneLine, UtcDateTime


class SignedIn(Base):
    """A browser in which an account is signed in, or was; the browser holds the key, this only its hash."""

    __tablename__ = "signed_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    device: Mapped[str] = mapped_column(OneLine(60), default="")
    began_at: Mapped[datetime] = mapped_column()
    seen_at: Mapped[datetime] = mapped_column()
    is_kept: Mapped[bool] = mapped_column(default=False)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
