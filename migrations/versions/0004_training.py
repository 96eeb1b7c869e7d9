"""Training: progress, answers, certificates, and how strictly a VIO asks hosts for it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "training_progress",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("course", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("module", sa.String(length=40), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("passed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("version >= 1", name=op.f("ck_training_progress_version")),
        sa.CheckConstraint(
            "passed_at IS NULL OR passed_at >= begun_at", name=op.f("ck_training_progress_passed_after_begun")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_training_progress_user_id_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_progress")),
        sa.UniqueConstraint(
            "user_id", "course", "version", "module", name=op.f("uq_training_progress_user_id_course_version_module")
        ),
    )
    op.create_index(op.f("ix_training_progress_user_id"), "training_progress", ["user_id"])
    op.create_table(
        "training_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("progress_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("option", sa.String(length=40), nullable=False),
        sa.Column("is_right", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["progress_id"],
            ["training_progress.id"],
            name=op.f("fk_training_answer_progress_id_training_progress"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_answer")),
        sa.UniqueConstraint("progress_id", "question", name=op.f("uq_training_answer_progress_id_question")),
    )
    op.create_index(op.f("ix_training_answer_progress_id"), "training_answer", ["progress_id"])
    _certificates()
    # Added in place, with its rule: SQLite's copy-and-drop of a table would let go of every row that hangs on it.
    op.execute(
        "ALTER TABLE vio ADD COLUMN host_training VARCHAR(10) NOT NULL DEFAULT 'advised' "
        "CONSTRAINT ck_vio_host_training CHECK (host_training IN ('not_asked', 'advised', 'required'))"
    )


def _certificates() -> None:
    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("vio_id", sa.Integer(), nullable=False),
        sa.Column("course", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(length=200), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_certificate_version")),
        sa.CheckConstraint("holder <> ''", name=op.f("ck_certificate_holder")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_certificate_user_id_user"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["vio_id"], ["vio.id"], name=op.f("fk_certificate_vio_id_vio")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("code", name=op.f("uq_certificate_code")),
        sa.UniqueConstraint("user_id", "course", "version", name=op.f("uq_certificate_user_id_course_version")),
    )
    op.create_index(op.f("ix_certificate_user_id"), "certificate", ["user_id"])
    op.create_index(op.f("ix_certificate_vio_id"), "certificate", ["vio_id"])


def downgrade() -> None:
    """Go back."""
    op.drop_column("vio", "host_training")
    op.drop_table("certificate")
    op.drop_table("training_answer")
    op.drop_table("training_progress")
