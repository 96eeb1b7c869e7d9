"""An invitation may name the countries for which a coordinator is to act."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    # Added in place: SQLite's copy-and-drop of a table would let go of every row that hangs on it.
    op.add_column("invitation", sa.Column("delegated", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    """Go back: links that were to open some countries only open nothing, since it would be all of them."""
    op.execute("DELETE FROM invitation WHERE accepted_at IS NULL AND CAST(delegated AS TEXT) <> '[]'")
    op.drop_column("invitation", "delegated")
