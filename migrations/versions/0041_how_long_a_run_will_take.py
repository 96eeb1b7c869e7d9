"""A run under way says how long it will take."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.add_column("match_run", sa.Column("seconds_left", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Go back."""
    op.drop_column("match_run", "seconds_left")
