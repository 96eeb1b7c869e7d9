"""The agreement of a placement, with its signatures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    _wordings()
    _signatures()


def _wordings() -> None:
    op.create_table(
        "wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=15), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("own", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("proposed_side", sa.String(length=10), nullable=False),
        sa.Column("answer_words", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('proposed', 'signed', 'declined', 'replaced')", name=op.f("ck_wording_state")),
        sa.CheckConstraint("kind IN ('international', 'national', 'local')", name=op.f("ck_wording_kind")),
        sa.CheckConstraint(
            "proposed_side IN ('volunteer', 'host', 'office')", name=op.f("ck_wording_proposed_side")
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_wording_number")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_wording_dates")),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_wording_placement_id_placement"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_wording_agreement_id_agreement")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wording")),
        sa.UniqueConstraint("placement_id", "number", name=op.f("uq_wording_placement_id_number")),
    )
    for column in ("placement_id", "agreement_id"):
        op.create_index(op.f(f"ix_wording_{column}"), "wording", [column])
    waits = sa.text("state = 'proposed'")
    op.create_index(
        "uq_wording_open", "wording", ["placement_id"], unique=True, sqlite_where=waits, postgresql_where=waits
    )


def _signatures() -> None:
    op.create_table(
        "signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wording_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("side IN ('volunteer', 'host')", name=op.f("ck_signature_side")),
        sa.ForeignKeyConstraint(
            ["wording_id"], ["wording.id"], name=op.f("fk_signature_wording_id_wording"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_signature_user_id_user"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature")),
        sa.UniqueConstraint("wording_id", "side", name=op.f("uq_signature_wording_id_side")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("signature")
    op.drop_table("wording")
