"""What was filled into a letter is kept beside it, so that a person can be taken out of it and nothing else."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up; nobody knows any more what was filled into the letters that are there."""
    # Added in place: SQLite's copy-and-drop of a table would let go of every row that hangs on it.
    op.add_column("mail", sa.Column("filled", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Go back."""
    op.drop_column("mail", "filled")
