"""Country sheets: what a receiving VIO tells its volunteers about a country."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "country_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vio_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("language", sa.String(length=15), nullable=False),
        sa.Column("customs", sa.Text(), nullable=False),
        sa.Column("working_week", sa.Text(), nullable=False),
        sa.Column("getting_around", sa.Text(), nullable=False),
        sa.Column("health", sa.Text(), nullable=False),
        sa.Column("money", sa.Text(), nullable=False),
        sa.Column("newcomers", sa.Text(), nullable=False),
        sa.Column("contacts", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_country_sheet_updated_by_id_user")),
        sa.ForeignKeyConstraint(["vio_id"], ["vio.id"], name=op.f("fk_country_sheet_vio_id_vio")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_country_sheet")),
        sa.UniqueConstraint("vio_id", "country", name=op.f("uq_country_sheet_vio_id_country")),
    )
    op.create_index(op.f("ix_country_sheet_vio_id"), "country_sheet", ["vio_id"])


def downgrade() -> None:
    """Go back."""
    op.drop_table("country_sheet")
