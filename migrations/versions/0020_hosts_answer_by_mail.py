"""Hosts without an account answer by links in letters."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

WAITS = "sent_at IS NULL AND ended_at IS NULL"


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "host_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=True),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("events", sa.String(length=300), nullable=False),
        sa.Column("read_id", sa.Integer(), nullable=False),
        sa.Column("told_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(sent_at IS NULL) = (token_hash IS NULL) AND (sent_at IS NULL) = (expires_at IS NULL)",
            name=op.f("ck_host_link_sent_has_token"),
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_host_link_assignment_id_assignment")
        ),
        sa.ForeignKeyConstraint(["host_id"], ["host.id"], name=op.f("fk_host_link_host_id_host")),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_host_link_placement_id_placement"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_host_link_token_hash")),
    )
    for column in ("host_id", "assignment_id", "placement_id"):
        op.create_index(op.f(f"ix_host_link_{column}"), "host_link", [column])
    _one_waits("all", "assignment_id", f"placement_id IS NULL AND {WAITS}")
    _one_waits("stay", "placement_id", WAITS)


def _one_waits(what: str, column: str, waits: str) -> None:
    where = sa.text(waits)
    name = f"uq_host_link_waits_for_{what}"
    op.create_index(name, "host_link", [column], unique=True, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    """Go back."""
    op.drop_table("host_link")
