"""The order of hints that an assignment drew, and whether a VIO lets new ones draw."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "hint_draw",
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("hint_order", sa.String(length=6), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("hint_order IN ('points', 'parts')", name=op.f("ck_hint_draw_hint_order")),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
            name=op.f("fk_hint_draw_assignment_id_assignment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("assignment_id", name=op.f("pk_hint_draw")),
    )
    # Added in place: SQLite's copy-and-drop of a table would let go of every row that hangs on it.
    op.add_column("vio", sa.Column("hint_trial", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Go back."""
    op.drop_column("vio", "hint_trial")
    op.drop_table("hint_draw")
