"""The spread of the lot."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    # Added in place: SQLite's copy-and-drop of a table would delete, or let go, every row that hangs on it.
    op.add_column("match_run", sa.Column("spread", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    """Go back."""
    op.drop_column("match_run", "spread")
