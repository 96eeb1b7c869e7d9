"""An office's people by name, a page at a time: without it every page of the list sorts all of them."""

from __future__ import annotations

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_index("ix_volunteer_by_name", "volunteer", ["vio_id", "full_name", "id"])


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_volunteer_by_name", "volunteer")
