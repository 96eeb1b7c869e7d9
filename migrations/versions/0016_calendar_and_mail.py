"""Calendar and mail: letters in the reader's language, read on the site too, choices, private calendar links."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

LANGUAGES = "'en', 'zh', 'fr', 'es', 'ru', 'ar'"
MAIL: dict[str, tuple[Any, Any]] = {  # column -> kind, value of the letters that are there
    "kind": (sa.String(length=40), ""),
    "language": (sa.String(length=10), "en"),
    "office": (sa.String(length=200), ""),
    "secrets": (sa.Text(), ""),
    "stays_here": (sa.Boolean(), sa.false()),
}


def upgrade() -> None:
    """Go up."""
    # Added in place, with its rule: SQLite's copy-and-drop of a table would let go of every row that hangs on it.
    op.execute(
        "ALTER TABLE vio ADD COLUMN language VARCHAR(10) DEFAULT 'en' NOT NULL "
        f"CONSTRAINT ck_vio_language CHECK (language IN ({LANGUAGES}))"
    )
    _letters()
    op.create_table(
        "letter_choice",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("choice", sa.String(length=6), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("choice IN ('off', 'weekly')", name=op.f("ck_letter_choice_choice")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_letter_choice_user_id_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "kind", name=op.f("pk_letter_choice")),
    )
    op.create_table(
        "stopped_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stopped_address")),
        sa.UniqueConstraint("address_hash", "kind", name=op.f("uq_stopped_address_address_hash_kind")),
    )
    op.create_table(
        "calendar_feed",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_calendar_feed_user_id_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feed_token_hash")),
    )


def _letters() -> None:
    """Letters that are there already get no account: they may hold links that nobody else should read."""
    with op.batch_alter_table("mail") as batch:
        batch.add_column(sa.Column("user_id", sa.Integer(), nullable=True))
        for name, (kind, value) in MAIL.items():
            batch.add_column(sa.Column(name, kind, nullable=False, server_default=value))
        batch.create_foreign_key(op.f("fk_mail_user_id_user"), "user", ["user_id"], ["id"], ondelete="SET NULL")
        batch.create_index(op.f("ix_mail_user_id_id"), ["user_id", "id"])
    with op.batch_alter_table("mail") as batch:
        for name, (kind, _value) in MAIL.items():
            batch.alter_column(name, existing_type=kind, existing_nullable=False, server_default=None)


def downgrade() -> None:
    """Go back."""
    op.drop_table("calendar_feed")
    op.drop_table("stopped_address")
    op.drop_table("letter_choice")
    with op.batch_alter_table("mail") as batch:
        batch.drop_index(op.f("ix_mail_user_id_id"))
        batch.drop_constraint(op.f("fk_mail_user_id_user"), type_="foreignkey")
        for name in ("user_id", *MAIL):
            batch.drop_column(name)
    op.drop_column("vio", "language")
