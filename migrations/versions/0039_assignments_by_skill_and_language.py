"""Which skills and languages open assignments ask for is told by indexes, and so is where to look for one of them."""

from __future__ import annotations

from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

KEPT = ("skill", "language")


def upgrade() -> None:
    """Go up."""
    for name in KEPT:
        op.create_index(f"ix_assignment_{name}_of_{name}", f"assignment_{name}", [name, "assignment_id"])


def downgrade() -> None:
    """Go back."""
    for name in KEPT:
        op.drop_index(f"ix_assignment_{name}_of_{name}", f"assignment_{name}")
