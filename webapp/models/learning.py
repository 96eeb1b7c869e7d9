"""What was learned from decisions: each version of the weights, who let it in, and the runs that look for a new one."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import CODE, Base, one_of

if TYPE_CHECKING:
    from webapp.models.accounts import User

MODEL_STATES = ("proposed", "approved", "rejected", "retired")
MODEL_ORIGINS = ("learned", "people", "shared")  # own decisions; a weight set by hand; taken over
LEARNING_STATES = ("queued", "running", "finished", "failed")
# One version in force and one that waits, at most, for each VIO; NULL is no value of its own, so it has an index too.
STANDS = "state IN ('proposed', 'approved')"


class ScoreModel(Base):
    """One version of what turns criteria into a score, for a VIO's assignments; without VIO: shared, a start for all.

    The approved one is in force; without any, the weights of the installation are. Versions are kept for ever.
    """

    __tablename__ = "score_model"
    __table_args__ = (
        one_of("state", MODEL_STATES),
        one_of("origin", MODEL_ORIGINS),
        UniqueConstraint("vio_id", "version"),
        CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name="decided_has_time"),
        # The shared one only lends its weights to learning; what scores is approved by a coordinator of the VIO.
        CheckConstraint("vio_id IS NOT NULL OR state IN ('proposed', 'rejected')", name="shared_is_never_in_force"),
        CheckConstraint("state NOT IN ('approved', 'retired') OR decided_by_id IS NOT NULL", name="somebody_let_it_in"),
        Index(
            "uq_score_model_stands_for_vio",
            "vio_id",
            "state",
            unique=True,
            sqlite_where=text(STANDS),
            postgresql_where=text(STANDS),
        ),
        Index(
            "uq_score_model_stands_for_all",
            "state",
            unique=True,
            sqlite_where=text(f"vio_id IS NULL AND {STANDS}"),
            postgresql_where=text(f"vio_id IS NULL AND {STANDS}"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vio_id: Mapped[int | None] = mapped_column(ForeignKey("vio.id"), index=True)
    version: Mapped[int] = mapped_column()
    kind: Mapped[str] = mapped_column(String(20))
    origin: Mapped[str] = mapped_column(String(10), default="learned")
    parameters: Mapped[str] = mapped_column(Text)  # JSON of the library; nothing in it is ever executed
    fingerprint: Mapped[str] = mapped_column(String(64))
    weights: Mapped[dict[str, Any]] = mapped_column(default=dict)
    figures: Mapped[dict[str, Any]] = mapped_column(default=dict)
    preview: Mapped[dict[str, Any]] = mapped_column(
        default=dict
    )  # rankings before and after, by ids; empty: not worked out yet
    state: Mapped[str] = mapped_column(String(10), default="proposed")
    proposed_at: Mapped[datetime] = mapped_column()
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = mapped_column()
    reason: Mapped[str] = mapped_column(Text, default="")

    decided_by: Mapped[User | None] = relationship()


class LearningRun(Base):
    """One look at the decisions: asked for, or begun at night; it ends with a proposal or says why there is none."""

    __tablename__ = "learning_run"
    __table_args__ = (
        one_of("state", LEARNING_STATES),
        CheckConstraint("(state IN ('finished', 'failed')) = (finished_at IS NOT NULL)", name="ended_has_time"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vio_id: Mapped[int | None] = mapped_column(ForeignKey("vio.id"), index=True)
    state: Mapped[str] = mapped_column(String(10), default="queued", index=True)
    requested_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    attempts: Mapped[int] = mapped_column(default=0)
    decisions: Mapped[int] = mapped_column(default=0)
    assignments: Mapped[int] = mapped_column(default=0)
    outcome: Mapped[str] = mapped_column(CODE, default="")
    figures: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # Version (score_model.id; 0: the installation's weights) -> what its scores have meant so far: no part of a score.
    calibrations: Mapped[dict[str, Any]] = mapped_column(default=dict)
    model_id: Mapped[int | None] = mapped_column(ForeignKey("score_model.id"))
    error: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column()
    started_at: Mapped[datetime | None] = mapped_column()
    finished_at: Mapped[datetime | None] = mapped_column()
