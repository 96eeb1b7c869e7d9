"""What match runs were made from, so that they can be made again; runs of before keep nothing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "kept_input",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=True),
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=False),
        sa.CheckConstraint("(volunteer_id IS NULL) <> (assignment_id IS NULL)", name=op.f("ck_kept_input_of_one")),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteer.id"], name=op.f("fk_kept_input_volunteer_id_volunteer"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
            name=op.f("fk_kept_input_assignment_id_assignment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_input")),
    )
    for name in ("volunteer_id", "assignment_id", "digest"):
        op.create_index(op.f(f"ix_kept_input_{name}"), "kept_input", [name])
    op.create_table(
        "kept_run",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["match_run.id"], name=op.f("fk_kept_run_run_id_match_run"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_kept_run")),
    )
    op.add_column("match_run", sa.Column("result", sa.String(length=64), server_default="", nullable=False))


def downgrade() -> None:
    """Go back."""
    op.drop_column("match_run", "result")
    op.drop_table("kept_run")
    op.drop_table("kept_input")
