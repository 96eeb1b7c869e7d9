"""Training: how far an account is with the modules of a course, its answers, and its certificates."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import CODE, Base, OneLine

if TYPE_CHECKING:
    from webapp.models.vios import Vio


class TrainingProgress(Base):
    """An account and one module of a version of a course: begun, then passed. It goes with the account."""

    __tablename__ = "training_progress"
    __table_args__ = (
        UniqueConstraint("user_id", "course", "version", "module"),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("passed_at IS NULL OR passed_at >= begun_at", name="passed_after_begun"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    course: Mapped[str] = mapped_column(CODE)
    version: Mapped[int] = mapped_column()
    module: Mapped[str] = mapped_column(CODE)
    begun_at: Mapped[datetime] = mapped_column()
    passed_at: Mapped[datetime | None] = mapped_column()

    answers: Mapped[list[TrainingAnswer]] = relationship(
        order_by="TrainingAnswer.id", cascade="all, delete-orphan", passive_deletes=True
    )


class TrainingAnswer(Base):
    """The last answer to a question of a quiz; earlier ones are not kept."""

    __tablename__ = "training_answer"
    __table_args__ = (UniqueConstraint("progress_id", "question"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    progress_id: Mapped[int] = mapped_column(ForeignKey("training_progress.id", ondelete="CASCADE"), index=True)
    question: Mapped[str] = mapped_column(CODE)
    option: Mapped[str] = mapped_column(CODE)
    is_right: Mapped[bool] = mapped_column()


class Certificate(Base):
    """All modules of a version of a course are passed. Whoever has the code may read it; it goes with the account."""

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("user_id", "course", "version"),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("holder <> ''", name="holder"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    vio_id: Mapped[int] = mapped_column(ForeignKey("vio.id"), index=True)
    course: Mapped[str] = mapped_column(CODE)
    version: Mapped[int] = mapped_column()
    holder: Mapped[str] = mapped_column(
        OneLine(200)
    )  # as the public page names it: a volunteer, or a host account's organization
    issued_at: Mapped[datetime] = mapped_column()

    vio: Mapped[Vio] = relationship()
