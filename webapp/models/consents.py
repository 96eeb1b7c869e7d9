"""Consent by purpose, each with its date and version."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, one_of

MATCHING, ABROAD, ALUMNI, SENSITIVE = "matching", "abroad", "alumni", "sensitive"
PURPOSES = (MATCHING, ABROAD)  # what everybody is asked, and what a list may state
OWN_PAGE = (*PURPOSES, SENSITIVE)  # what is given and taken back on the page of consents; alumni have their own


class Consent(Base):
    """One consent. A withdrawn one stays as a record; giving it again is a new row."""

    __tablename__ = "consent"
    __table_args__ = (one_of("purpose", (*PURPOSES, ALUMNI, SENSITIVE)),)

    id: Mapped[int] = mapped_column(primary_key=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    version: Mapped[str] = mapped_column(String(20))  # of the wording that was agreed to
    given_on: Mapped[date] = mapped_column()
    how: Mapped[str] = mapped_column(Text)  # "on the registration page", or what the import states
    recorded_at: Mapped[datetime] = mapped_column()
    withdrawn_at: Mapped[datetime | None] = mapped_column()
