"""Documents handed in for a clearance, and every look at one."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base, one_of
from webapp.models.sealed import Encrypted

if TYPE_CHECKING:
    from webapp.models.accounts import User
    from webapp.models.clearances import Clearance

DOCUMENT_TYPES = ("application/pdf", "image/jpeg", "image/png")


class ClearanceDocument(Base):
    """A file that lies encrypted beside the database. When the file goes the row stays, for the looks at it."""

    __tablename__ = "clearance_document"
    __table_args__ = (
        one_of("media_type", DOCUMENT_TYPES),
        CheckConstraint("(removed_at IS NULL) = (length(stored_as) > 0)", name="removed_has_no_file"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    clearance_id: Mapped[int] = mapped_column(ForeignKey("clearance.id"), index=True)
    name: Mapped[str] = mapped_column(Encrypted(200))  # as the file was called where it came from
    media_type: Mapped[str] = mapped_column(String(20))
    size: Mapped[int] = mapped_column()  # bytes, before encryption
    stored_as: Mapped[str] = mapped_column(String(40))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    added_at: Mapped[datetime] = mapped_column()
    removed_at: Mapped[datetime | None] = mapped_column()

    clearance: Mapped[Clearance] = relationship()


class DocumentLook(Base):
    """Somebody opened a document; written before it is shown, in a session of its own."""

    __tablename__ = "document_look"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("clearance_document.id"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column()

    document: Mapped[ClearanceDocument] = relationship()
    by: Mapped[User | None] = relationship()
