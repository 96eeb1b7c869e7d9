"""Volunteers who go together, teams of an assignment, and who does what for a placement."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

# As services/duties.py had them when this step was written: placements that run get what is usual.
USUAL = {
    "sending": ("vetting", "insurance", "preparation", "travel", "in_touch", "coming_home"),
    "receiving": ("host_check", "arrival", "permits", "support", "emergencies", "costs"),
}


def upgrade() -> None:
    """Go up."""
    _bonds()
    _teams()
    _duties()
    # Not in a batch: SQLite would make the tables anew, and drop with the old ones what hangs on them. In words of
    # our own, which both databases read: SQLite takes a key into a table that stands only together with its column.
    for column, key in (
        ("joint_offer_id", "fk_offer_joint_offer_id_joint_offer REFERENCES joint_offer (id)"),
        ("team_role_id", "fk_offer_team_role_id_team_role REFERENCES team_role (id)"),
    ):
        op.execute(sa.text(f"ALTER TABLE offer ADD COLUMN {column} INTEGER CONSTRAINT {key}"))
    op.add_column("offer", sa.Column("agreed_at", sa.DateTime(timezone=True)))
    op.create_index(op.f("ix_offer_joint_offer_id"), "offer", ["joint_offer_id"])
    op.create_index(op.f("ix_offer_team_role_id"), "offer", ["team_role_id"])
    op.add_column("placement", sa.Column("alone_since", sa.DateTime(timezone=True)))
    op.add_column("placement", sa.Column("alone_decided_at", sa.DateTime(timezone=True)))


def _bonds() -> None:
    op.create_table(
        "bond",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('asked', 'standing', 'kept', 'ended')", name=op.f("ck_bond_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bond")),
    )
    op.create_table(
        "bond_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bond_id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=True),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(volunteer_id IS NULL) = (joined_at IS NULL)", name=op.f("ck_bond_member_joined_is_known")),
        sa.CheckConstraint("volunteer_id IS NULL OR email = ''", name=op.f("ck_bond_member_address_goes")),
        sa.ForeignKeyConstraint(["bond_id"], ["bond.id"], name=op.f("fk_bond_member_bond_id_bond"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteer.id"], name=op.f("fk_bond_member_volunteer_id_volunteer"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bond_member")),
        sa.UniqueConstraint("bond_id", "volunteer_id", name=op.f("uq_bond_member_bond_id_volunteer_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_bond_member_token_hash")),
    )
    op.create_index(op.f("ix_bond_member_bond_id"), "bond_member", ["bond_id"])
    op.create_index(op.f("ix_bond_member_volunteer_id"), "bond_member", ["volunteer_id"])
    op.create_table(
        "joint_offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bond_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["bond_id"], ["bond.id"], name=op.f("fk_joint_offer_bond_id_bond")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_offer")),
    )
    op.create_index(op.f("ix_joint_offer_bond_id"), "joint_offer", ["bond_id"])


def _teams() -> None:
    op.create_table(
        "team_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("by_host", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('international', 'national', 'local')", name=op.f("ck_team_role_kind")),
        sa.CheckConstraint("label <> ''", name=op.f("ck_team_role_label")),
        sa.CheckConstraint("number BETWEEN 1 AND 99", name=op.f("ck_team_role_number")),
        sa.CheckConstraint("by_host BETWEEN 0 AND number", name=op.f("ck_team_role_by_host")),
        sa.CheckConstraint("by_host = 0 OR kind = 'local'", name=op.f("ck_team_role_by_host_is_local")),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
            name=op.f("fk_team_role_assignment_id_assignment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_role")),
    )
    op.create_index(op.f("ix_team_role_assignment_id"), "team_role", ["assignment_id"])


def _duties() -> None:
    op.create_table(
        "placement_duty",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("terms", sa.String(length=200), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("side IN ('sending', 'receiving')", name=op.f("ck_placement_duty_side")),
        sa.ForeignKeyConstraint(
            ["done_by_id"], ["user.id"], name=op.f("fk_placement_duty_done_by_id_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"],
            ["placement.id"],
            name=op.f("fk_placement_duty_placement_id_placement"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement_duty")),
        sa.UniqueConstraint("placement_id", "code", name=op.f("uq_placement_duty_placement_id_code")),
    )
    for side, codes in USUAL.items():
        for code in codes:
            op.execute(
                sa.text(
                    "INSERT INTO placement_duty (placement_id, code, side, terms) SELECT id, :code, :side, '' "
                    "FROM placement WHERE state IN ('preparing', 'active', 'extended')"
                ).bindparams(code=code, side=side)
            )


def downgrade() -> None:
    """Go back."""
    op.drop_column("placement", "alone_decided_at")
    op.drop_column("placement", "alone_since")
    op.drop_index(op.f("ix_offer_team_role_id"), "offer")
    op.drop_index(op.f("ix_offer_joint_offer_id"), "offer")
    for column in ("team_role_id", "agreed_at", "joint_offer_id"):
        op.drop_column("offer", column)
    for table in ("placement_duty", "team_role", "joint_offer", "bond_member", "bond"):
        op.drop_table(table)
