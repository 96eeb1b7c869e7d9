"""Lists that offices bring: what each column meant, and what came in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, one_of

IMPORT_KINDS = ("volunteers", "hosts", "assignments")
IMPORT_STATES = ("uploaded", "checked", "done", "refused")


class ColumnMapping(Base):
    """How an office's columns were read last time: the same header is not asked again."""

    __tablename__ = "column_mapping"
    __table_args__ = (one_of("kind", IMPORT_KINDS), UniqueConstraint("vio_id", "kind", "header_hash"))

    id: Mapped[int] = mapped_column(primary_key=True)
    vio_id: Mapped[int] = mapped_column(ForeignKey("vio.id"))
    kind: Mapped[str] = mapped_column(String(12))
    header_hash: Mapped[str] = mapped_column(String(64))
    mapping: Mapped[dict[str, Any]] = mapped_column(default=dict)
    updated_at: Mapped[datetime] = mapped_column()


class ImportFile(Base):
    """One list: where the file lies, what was stated for all of it, and the report on its rows."""

    __tablename__ = "import_file"
    __table_args__ = (one_of("kind", IMPORT_KINDS), one_of("state", IMPORT_STATES))

    id: Mapped[int] = mapped_column(primary_key=True)
    vio_id: Mapped[int] = mapped_column(ForeignKey("vio.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(10), default="uploaded")
    file_name: Mapped[str] = mapped_column(String(255))
    stored_as: Mapped[str] = mapped_column(String(100))  # a random name in DATA_DIR/imports; removed when done
    mapping: Mapped[dict[str, Any]] = mapped_column(default=dict)
    constants: Mapped[dict[str, Any]] = mapped_column(default=dict)
    shift_years: Mapped[int] = mapped_column(default=0)
    report: Mapped[dict[str, Any]] = mapped_column(default=dict)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column()
    done_at: Mapped[datetime | None] = mapped_column()
