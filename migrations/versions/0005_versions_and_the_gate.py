"""Versions of assignments, and the score below which none is published without a reason."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "assignment_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("says", sa.JSON(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("host_trained", sa.Boolean(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("waived_by_id", sa.Integer(), nullable=True),
        sa.Column("waived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waiver_reason", sa.Text(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_assignment_versions_number")),
        sa.CheckConstraint("score BETWEEN 0 AND 100", name=op.f("ck_assignment_versions_score")),
        sa.CheckConstraint(
            "(waived_by_id IS NULL AND waived_at IS NULL AND waiver_reason = '') "
            "OR (waived_by_id IS NOT NULL AND waived_at IS NOT NULL AND waiver_reason <> '')",
            name=op.f("ck_assignment_versions_waiver_is_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
            name=op.f("fk_assignment_versions_assignment_id_assignment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["waived_by_id"], ["user.id"], name=op.f("fk_assignment_versions_waived_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_versions")),
        sa.UniqueConstraint("assignment_id", "number", name=op.f("uq_assignment_versions_assignment_id_number")),
    )
    op.create_index(op.f("ix_assignment_versions_assignment_id"), "assignment_versions", ["assignment_id"])
    # Added in place, with its rule: SQLite's copy-and-drop of a table would let go of every row that hangs on it.
    op.execute(
        "ALTER TABLE vio ADD COLUMN least_coach_score INTEGER NOT NULL DEFAULT 0 "
        "CONSTRAINT ck_vio_least_coach_score CHECK (least_coach_score BETWEEN 0 AND 100)"
    )


def downgrade() -> None:
    """Go back."""
    op.drop_column("vio", "least_coach_score")
    op.drop_table("assignment_versions")
