"""The outbox: a letter is written in the same transaction as what it tells of, and sent afterwards."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base


class Mail(Base):
    """A plain-text letter. It waits while `sent_at` is empty; while it is `claimed_at`, one worker sends it."""

    __tablename__ = "mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    to: Mapped[str] = mapped_column(String(255))
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    message_id: Mapped[str] = mapped_column(String(255), unique=True)
    created_at: Mapped[datetime] = mapped_column()
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(default=0)  # those whose end a worker saw
    claimed_at: Mapped[datetime | None] = mapped_column()
    repeats: Mapped[int] = mapped_column(default=0, server_default="0")  # it went again; the first may have arrived
