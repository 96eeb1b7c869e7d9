"""Who did what, when: one line for each change of a status and each refusal worth keeping."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import CODE, Base


class AuditEvent(Base):
    """A fact of the past: written once, never changed. `detail` holds codes and ids, never names or texts.

    Its place in the chain comes as it is stored (services/audit_chain.py); from then on the database itself refuses to
    change or to delete it. The ids lead nowhere once what they name is gone, so `actor_id` is no foreign key.
    """

    __tablename__ = "audit_event"
    __table_args__ = (Index("ix_audit_event_subject", "subject_kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor_id: Mapped[int | None] = mapped_column()  # of `user`
    vio_id: Mapped[int | None] = mapped_column(ForeignKey("vio.id"), index=True)
    action: Mapped[str] = mapped_column(CODE)
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int | None] = mapped_column()
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    seq: Mapped[int | None] = mapped_column(unique=True)  # 1, 2, 3 without a gap
    prev_hash: Mapped[str] = mapped_column(String(64), default="")
    hash: Mapped[str] = mapped_column(String(64), default="")


class AuditHead(Base):
    """Where the chain of events ends; one row. Its mark is made under DATA_KEY, which no database holds."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(default=0)
    hash: Mapped[str] = mapped_column(String(64), default="")
    mark: Mapped[str] = mapped_column(String(64), default="")
