"""A coordinator may be delegated to some countries."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    # Added in place: SQLite's copy-and-drop of a table would let go of every row that hangs on it.
    op.add_column("user", sa.Column("delegated", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    """Go back: whoever was delegated to some countries cannot sign in, since it would be to all of them."""
    op.execute("UPDATE \"user\" SET active = false WHERE CAST(delegated AS TEXT) <> '[]'")
    op.drop_column("user", "delegated")
