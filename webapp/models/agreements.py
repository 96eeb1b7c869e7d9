"""What host, volunteer and office expect of one another, as it follows from an assignment: kept in versions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base


class Agreement(Base):
    """One version of an assignment's expectation agreement; a placement will point at the one that it signs."""

    __tablename__ = "agreement"
    __table_args__ = (UniqueConstraint("assignment_id", "number"), CheckConstraint("number >= 1", name="number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id", ondelete="CASCADE"), index=True)
    number: Mapped[int] = mapped_column()  # 1, 2, 3 ... of this assignment
    # What the assignment said: two agreements may rest on one wording where only the host itself changed.
    assignment_version_id: Mapped[int] = mapped_column(
        ForeignKey("assignment_versions.id", ondelete="CASCADE"), index=True
    )
    terms: Mapped[list[Any]] = mapped_column()  # codes and values, see services/agreement_terms.py
    made_at: Mapped[datetime] = mapped_column()
