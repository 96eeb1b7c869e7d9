"""The agreement of a placement with its signatures, check-ins, and messages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    _wordings()
    _signatures()
    _check_ins()
    _answers()
    _messages()
    _marks()
    # Added in place, with its rule: SQLite's copy-and-drop of a table would let go of every row that hangs on it.
    op.execute(
        "ALTER TABLE vio ADD COLUMN check_in_weeks INTEGER NOT NULL DEFAULT 4 "
        "CONSTRAINT ck_vio_check_in_weeks CHECK (check_in_weeks BETWEEN 1 AND 26)"
    )


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
        sa.CheckConstraint("proposed_side IN ('volunteer', 'host', 'office')", name=op.f("ck_wording_proposed_side")),
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
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_signature_user_id_user"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature")),
        sa.UniqueConstraint("wording_id", "side", name=op.f("uq_signature_wording_id_side")),
    )


def _check_ins() -> None:
    op.create_table(
        "check_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("missed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("flagged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_check_in_placement_id_placement"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
        sa.UniqueConstraint("placement_id", "due_on", name=op.f("uq_check_in_placement_id_due_on")),
    )
    op.create_index(op.f("ix_check_in_due_on"), "check_in", ["due_on"])


def _answers() -> None:
    marks = ("work", "hours", "supervision", "well")
    counts = ("hours_done", "hours_supervised")
    op.create_table(
        "check_in_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check_in_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in marks),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in counts),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("shares_change", sa.Boolean(), nullable=False),
        sa.Column("private", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("side IN ('volunteer', 'host')", name=op.f("ck_check_in_answer_side")),
        *(sa.CheckConstraint(f"{name} BETWEEN 1 AND 4", name=op.f(f"ck_check_in_answer_{name}")) for name in marks),
        *(sa.CheckConstraint(f"{name} BETWEEN 0 AND 168", name=op.f(f"ck_check_in_answer_{name}")) for name in counts),
        sa.ForeignKeyConstraint(
            ["check_in_id"], ["check_in.id"], name=op.f("fk_check_in_answer_check_in_id_check_in"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_check_in_answer_user_id_user"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in_answer")),
        sa.UniqueConstraint("check_in_id", "side", name=op.f("uq_check_in_answer_check_in_id_side")),
    )


def _messages() -> None:
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("author", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("side IN ('volunteer', 'host', 'office')", name=op.f("ck_message_side")),
        sa.CheckConstraint("length(text) BETWEEN 1 AND 2000", name=op.f("ck_message_text")),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_message_placement_id_placement"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user.id"], name=op.f("fk_message_author_id_user"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
    )
    for column in ("placement_id", "author_id", "sent_at"):
        op.create_index(op.f(f"ix_message_{column}"), "message", [column])


def _marks() -> None:
    op.create_table(
        "message_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("read_id", sa.Integer(), nullable=False),
        sa.Column("told_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_message_mark_placement_id_placement"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_message_mark_user_id_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_mark")),
        sa.UniqueConstraint("placement_id", "user_id", name=op.f("uq_message_mark_placement_id_user_id")),
    )
    op.create_index(op.f("ix_message_mark_user_id"), "message_mark", ["user_id"])


def downgrade() -> None:
    """Go back."""
    op.drop_column("vio", "check_in_weeks")
    op.drop_table("message_mark")
    op.drop_table("message")
    op.drop_table("check_in_answer")
    op.drop_table("check_in")
    op.drop_table("signature")
    op.drop_table("wording")
