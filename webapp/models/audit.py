"""Who did what, when: one line for each change of a status and each refusal worth keeping."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import CODE, Base


class AuditEvent(Base):
    """A fact of the past: written once, never changed. `detail` holds codes and ids, never names or texts."""

    __tablename__ = "audit_event"
    __table_args__ = (Index("ix_audit_event_subject", "subject_kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    vio_id: Mapped[int | None] = mapped_column(ForeignKey("vio.id"), index=True)
    action: Mapped[str] = mapped_column(CODE)
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int | None] = mapped_column()
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
