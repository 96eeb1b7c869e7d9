"""Reminders that went out, a promise made anew, and the board's saved filters."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.add_column("application", sa.Column("first_answer_by", sa.Date(), nullable=True))
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=12), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "subject_kind IN ('application', 'offer', 'placement', 'host')", name=op.f("ck_reminder_subject_kind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "subject_kind", "subject_id", "kind", "day", name=op.f("uq_reminder_subject_kind_subject_id_kind_day")
        ),
    )
    op.create_index(op.f("ix_reminder_sent_at"), "reminder", ["sent_at"])
    op.create_table(
        "saved_filter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("query", sa.String(length=500), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_saved_filter_name")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["user.id"], name=op.f("fk_saved_filter_account_id_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filter")),
        sa.UniqueConstraint("account_id", "name", name=op.f("uq_saved_filter_account_id_name")),
    )


def downgrade() -> None:
    """Go back: a promise made anew stays the one that holds."""
    op.drop_table("saved_filter")
    op.drop_table("reminder")
    op.drop_column("application", "first_answer_by")
