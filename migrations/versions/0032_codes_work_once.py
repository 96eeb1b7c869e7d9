"""Which code of an authenticator app was taken last, so that none is taken twice."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.add_column("user", sa.Column("tf_last_step", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Go back."""
    op.drop_column("user", "tf_last_step")
