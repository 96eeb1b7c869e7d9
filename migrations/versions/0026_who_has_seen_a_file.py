"""Who opened the page of a volunteer, so that the person can see it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "file_look",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("vio_id", sa.Integer(), nullable=True),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(length=8), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.CheckConstraint("what IN ('profile', 'contact', 'list')", name=op.f("ck_file_look_what")),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteer.id"], name=op.f("fk_file_look_volunteer_id_volunteer"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_file_look_by_id_user"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["vio_id"], ["vio.id"], name=op.f("fk_file_look_vio_id_vio")),
        sa.ForeignKeyConstraint(["host_id"], ["host.id"], name=op.f("fk_file_look_host_id_host"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_look")),
    )
    op.create_index("ix_file_look_volunteer_id_day", "file_look", ["volunteer_id", "day"])


def downgrade() -> None:
    """Go back."""
    op.drop_table("file_look")
