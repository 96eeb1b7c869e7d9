"""Afterwards: guided debriefs, the community's voice, lessons, certificates of service, follow-ups."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    # Not in a batch: SQLite would make the table anew, and drop with the old one what hangs on it.
    op.add_column("placement", sa.Column("debrief_asked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("placement", sa.Column("debrief_reminded_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("debrief") as batch:
        batch.add_column(sa.Column("says", sa.JSON(), nullable=False, server_default="{}"))
        batch.add_column(sa.Column("is_from_talk", sa.Boolean(), nullable=False, server_default=sa.false()))
    # Until now the community's voice was what a coordinator had heard.
    op.execute(sa.text("UPDATE debrief SET is_from_talk = (side = 'community')"))
    with op.batch_alter_table("debrief") as batch:
        batch.alter_column("says", server_default=None)
        batch.alter_column("is_from_talk", server_default=None)
        batch.create_check_constraint(
            op.f("ck_debrief_talk_is_with_community"), "side = 'community' OR NOT is_from_talk"
        )
    _community()
    _lessons()
    _certificates()
    _follow_ups()


def _community() -> None:
    op.create_table(
        "community_ask",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("name <> ''", name=op.f("ck_community_ask_name")),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_community_ask_placement_id_placement"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_community_ask")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_community_ask_token_hash")),
    )
    op.create_index(op.f("ix_community_ask_placement_id"), "community_ask", ["placement_id"])


def _lessons() -> None:
    op.create_table(
        "lesson",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("shown_as", sa.String(length=10), nullable=False),
        sa.Column("shown_name", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("side IN ('volunteer', 'host')", name=op.f("ck_lesson_side")),
        sa.CheckConstraint("shown_as IN ('name', 'first_name', 'anonymous')", name=op.f("ck_lesson_shown_as")),
        sa.CheckConstraint(
            "state IN ('kept', 'waiting', 'published', 'declined', 'withdrawn')", name=op.f("ck_lesson_state")
        ),
        sa.CheckConstraint("text <> ''", name=op.f("ck_lesson_text")),
        sa.CheckConstraint("(shown_as = 'anonymous') = (shown_name = '')", name=op.f("ck_lesson_name_is_as_agreed")),
        sa.CheckConstraint(
            "state NOT IN ('waiting', 'published') OR (agreed_at IS NOT NULL AND withdrawn_at IS NULL)",
            name=op.f("ck_lesson_shown_with_consent"),
        ),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_lesson_author_id_user"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_lesson_placement_id_placement"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson")),
    )
    op.create_index(op.f("ix_lesson_author_id"), "lesson", ["author_id"])
    op.create_index(op.f("ix_lesson_placement_id"), "lesson", ["placement_id"])


def _certificates() -> None:
    op.create_table(
        "service_certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("vio_id", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("host", sa.String(length=200), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=True),
        sa.Column("shown", sa.JSON(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("holder <> ''", name=op.f("ck_service_certificate_holder")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_service_certificate_dates")),
        sa.CheckConstraint("hours IS NULL OR hours > 0", name=op.f("ck_service_certificate_hours")),
        sa.ForeignKeyConstraint(
            ["placement_id"],
            ["placement.id"],
            name=op.f("fk_service_certificate_placement_id_placement"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["vio_id"], ["vio.id"], name=op.f("fk_service_certificate_vio_id_vio")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_certificate")),
        sa.UniqueConstraint("code", name=op.f("uq_service_certificate_code")),
        sa.UniqueConstraint("placement_id", name=op.f("uq_service_certificate_placement_id")),
    )
    op.create_index(op.f("ix_service_certificate_vio_id"), "service_certificate", ["vio_id"])


def _follow_ups() -> None:
    op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_declined", sa.Boolean(), nullable=False),
        sa.Column("says", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint("months IN (6, 12)", name=op.f("ck_follow_up_months")),
        sa.CheckConstraint(
            "answered_at IS NOT NULL OR (NOT is_declined AND words = '')", name=op.f("ck_follow_up_answer_has_moment")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_follow_up_placement_id_placement"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        sa.UniqueConstraint("placement_id", "months", name=op.f("uq_follow_up_placement_id_months")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_follow_up_token_hash")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("follow_up")
    op.drop_table("service_certificate")
    op.drop_table("lesson")
    op.drop_table("community_ask")
    with op.batch_alter_table("debrief") as batch:
        batch.drop_constraint(op.f("ck_debrief_talk_is_with_community"), type_="check")
        batch.drop_column("is_from_talk")
        batch.drop_column("says")
    op.drop_column("placement", "debrief_reminded_at")
    op.drop_column("placement", "debrief_asked_at")
