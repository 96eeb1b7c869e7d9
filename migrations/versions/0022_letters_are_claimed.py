"""Who sends a letter takes it first, rests after a refusal, and what goes once more is counted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.add_column("mail", sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("mail", sa.Column("rests_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("mail", sa.Column("repeats", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Go back: letters that wait go on waiting."""
    op.drop_column("mail", "repeats")
    op.drop_column("mail", "rests_until")
    op.drop_column("mail", "claimed_at")
