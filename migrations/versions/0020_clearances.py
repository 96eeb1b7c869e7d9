"""Clearances of a placement, and what a VIO adds to the common list."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    _clearances()
    _rules()


def _clearances() -> None:
    op.create_table(
        "clearance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("owner", sa.String(length=10), nullable=False),
        sa.Column("checked_by_vio_id", sa.Integer(), nullable=False),
        sa.Column("is_mandatory", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("handed_in", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("waiver_reason", sa.Text(), nullable=False),
        sa.Column("waiver_by_id", sa.Integer(), nullable=True),
        sa.Column("waived_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'submitted', 'cleared', 'refused', 'expired', 'waived')", name=op.f("ck_clearance_state")
        ),
        sa.CheckConstraint("owner IN ('volunteer', 'sending', 'receiving')", name=op.f("ck_clearance_owner")),
        sa.CheckConstraint(
            "state <> 'waived' OR item NOT IN "
            "('right_to_work', 'insurance', 'licence', 'safeguarding_check', 'emergency_contact')",
            name=op.f("ck_clearance_never_waived"),
        ),
        sa.CheckConstraint(
            "state <> 'waived' OR (waiver_by_id IS NOT NULL AND waived_by_id IS NOT NULL "
            "AND waiver_by_id <> waived_by_id AND length(waiver_reason) > 0)",
            name=op.f("ck_clearance_waived_by_two"),
        ),
        sa.CheckConstraint("(item = 'own') = (length(title) > 0)", name=op.f("ck_clearance_own_has_title")),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_clearance_placement_id_placement")),
        sa.ForeignKeyConstraint(["checked_by_vio_id"], ["vio.id"], name=op.f("fk_clearance_checked_by_vio_id_vio")),
        sa.ForeignKeyConstraint(["waiver_by_id"], ["user.id"], name=op.f("fk_clearance_waiver_by_id_user")),
        sa.ForeignKeyConstraint(["waived_by_id"], ["user.id"], name=op.f("fk_clearance_waived_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearance")),
        sa.UniqueConstraint("placement_id", "item", "title", name=op.f("uq_clearance_placement_id_item_title")),
    )
    for column in ("placement_id", "checked_by_vio_id", "due_on"):
        op.create_index(op.f(f"ix_clearance_{column}"), "clearance", [column])


def _rules() -> None:
    op.create_table(
        "clearance_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vio_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("owner", sa.String(length=10), nullable=False),
        sa.Column("lives_in", sa.String(length=2), nullable=True),
        sa.Column("works_in", sa.String(length=2), nullable=True),
        sa.Column("mode", sa.String(length=8), nullable=False),
        sa.Column("is_mandatory", sa.Boolean(), nullable=False),
        sa.Column("days_before", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("owner IN ('volunteer', 'sending', 'receiving')", name=op.f("ck_clearance_rule_owner")),
        sa.CheckConstraint("mode IN ('any', 'on_site', 'online')", name=op.f("ck_clearance_rule_mode")),
        sa.CheckConstraint("days_before BETWEEN 0 AND 365", name=op.f("ck_clearance_rule_days_before")),
        sa.CheckConstraint("(item = 'own') = (length(title) > 0)", name=op.f("ck_clearance_rule_own_has_title")),
        sa.ForeignKeyConstraint(["vio_id"], ["vio.id"], name=op.f("fk_clearance_rule_vio_id_vio")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearance_rule")),
    )
    op.create_index(op.f("ix_clearance_rule_vio_id"), "clearance_rule", ["vio_id"])


def downgrade() -> None:
    """Go back."""
    op.drop_table("clearance_rule")
    op.drop_table("clearance")
