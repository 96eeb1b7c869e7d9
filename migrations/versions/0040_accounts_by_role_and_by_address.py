"""Who is of the staff, whose an address is, and who of an office comes first is told by indexes, among very many."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

CLAIMED, KEPT = sa.text("user_id IS NOT NULL"), sa.text("erased_at IS NULL")


def upgrade() -> None:
    """Go up."""
    op.create_index("ix_user_of_role", "user", ["role", "active", "vio_id"])
    op.create_index("ix_user_by_address", "user", [sa.text("lower(email)"), "id"])
    op.create_index(
        "ix_volunteer_claimed",
        "volunteer",
        ["vio_id", "full_name", "id"],
        sqlite_where=CLAIMED,
        postgresql_where=CLAIMED,
    )
    op.drop_index("ix_volunteer_of_vio", "volunteer")
    op.create_index(
        "ix_volunteer_of_vio", "volunteer", ["vio_id", "full_name", "id"], sqlite_where=KEPT, postgresql_where=KEPT
    )
    op.create_index("ix_invitation_of_volunteer", "invitation", ["volunteer_id", "email"])
    op.create_index("ix_invitation_of_role", "invitation", ["role", "accepted_at"])
    op.create_index("ix_bond_member_email", "bond_member", ["email"])
    op.create_index("ix_match_run_scope", "match_run", ["scope"])
    op.create_index("ix_message_of_placement", "message", ["placement_id", "id"])
    op.drop_index("ix_message_placement_id", "message")


def downgrade() -> None:
    """Go back."""
    op.create_index("ix_message_placement_id", "message", ["placement_id"])
    op.drop_index("ix_message_of_placement", "message")
    op.drop_index("ix_match_run_scope", "match_run")
    op.drop_index("ix_bond_member_email", "bond_member")
    op.drop_index("ix_invitation_of_role", "invitation")
    op.drop_index("ix_invitation_of_volunteer", "invitation")
    op.drop_index("ix_volunteer_of_vio", "volunteer")
    op.create_index("ix_volunteer_of_vio", "volunteer", ["vio_id", "erased_at", "full_name", "id"])
    op.drop_index("ix_volunteer_claimed", "volunteer")
    op.drop_index("ix_user_by_address", "user")
    op.drop_index("ix_user_of_role", "user")
