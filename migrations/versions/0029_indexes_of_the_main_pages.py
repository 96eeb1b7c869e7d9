"""Indexes for what the main pages ask: each holds all that its query reads, in the order in which it is shown.

Those that another one begins with go, and the one of when a browser was seen, which nothing asks for.
"""

from __future__ import annotations

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

NEW = {
    "ix_volunteer_of_vio": ("volunteer", ["vio_id", "erased_at", "full_name", "id"]),
    "ix_match_of_assignment": ("match", ["assignment_id", "is_current", "status", "score"]),
    "ix_match_of_volunteer": ("match", ["volunteer_id", "is_current", "status", "band", "lot", "assignment_id"]),
    "ix_assignment_of_vio": ("assignment", ["vio_id", "state", "start_on", "id"]),
    "ix_assignment_in_state": (
        "assignment",
        ["state", "start_on", "id", "host_id", "end_on", "country", "sector", "mode", "experience_level"],
    ),
    "ix_lesson_in_state": ("lesson", ["state", "state_at", "id"]),
}
OLD = {
    "ix_volunteer_by_name": ("volunteer", ["vio_id", "full_name", "id"]),
    "ix_volunteer_vio_id": ("volunteer", ["vio_id"]),
    "ix_match_assignment_current": ("match", ["assignment_id", "is_current"]),
    "ix_match_volunteer_current": ("match", ["volunteer_id", "is_current"]),
    "ix_assignment_vio_id": ("assignment", ["vio_id"]),
    "ix_assignment_state": ("assignment", ["state"]),
    "ix_signed_in_seen_at": ("signed_in", ["seen_at"]),
}


def upgrade() -> None:
    """Go up."""
    for name, (table, columns) in NEW.items():
        op.create_index(name, table, columns)
    for name, (table, _columns) in OLD.items():
        op.drop_index(name, table)


def downgrade() -> None:
    """Go back."""
    for name, (table, columns) in OLD.items():
        op.create_index(name, table, columns)
    for name, (table, _columns) in NEW.items():
        op.drop_index(name, table)
