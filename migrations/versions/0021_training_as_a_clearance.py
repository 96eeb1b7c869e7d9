"""How strictly a VIO asks volunteers for the training before their first day."""

from __future__ import annotations

from alembic import op

revision = "0021"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    # Added in place, with its rule: SQLite's copy-and-drop of a table would let go of every row that hangs on it.
    op.execute(
        "ALTER TABLE vio ADD COLUMN volunteer_training VARCHAR(10) NOT NULL DEFAULT 'required' "
        "CONSTRAINT ck_vio_volunteer_training CHECK (volunteer_training IN ('not_asked', 'advised', 'required'))"
    )


def downgrade() -> None:
    """Go back."""
    op.drop_column("vio", "volunteer_training")
