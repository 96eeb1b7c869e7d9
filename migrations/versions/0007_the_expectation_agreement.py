"""Versions of the expectation agreement that follows from an assignment."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("assignment_version_id", sa.Integer(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_agreement_number")),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
            name=op.f("fk_agreement_assignment_id_assignment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["assignment_version_id"],
            ["assignment_versions.id"],
            name=op.f("fk_agreement_assignment_version_id_assignment_versions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sa.UniqueConstraint("assignment_id", "number", name=op.f("uq_agreement_assignment_id_number")),
    )
    op.create_index(op.f("ix_agreement_assignment_id"), "agreement", ["assignment_id"])
    op.create_index(op.f("ix_agreement_assignment_version_id"), "agreement", ["assignment_version_id"])


def downgrade() -> None:
    """Go back."""
    op.drop_table("agreement")
