"""How strictly a VIO asks volunteers for the training; reminders in one table, and the day of the next word to
applicants; a VIO's own competencies."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

BEFORE = "'application', 'offer', 'placement', 'host'"


def upgrade() -> None:
    """Go up."""
    # Added in place, with its rule: SQLite's copy-and-drop of a table would let go of every row that hangs on it.
    op.execute(
        "ALTER TABLE vio ADD COLUMN volunteer_training VARCHAR(10) NOT NULL DEFAULT 'required' "
        "CONSTRAINT ck_vio_volunteer_training CHECK (volunteer_training IN ('not_asked', 'advised', 'required'))"
    )
    _allow(f"{BEFORE}, 'clearance'")
    op.execute(
        "INSERT INTO reminder (subject_kind, subject_id, kind, day, sent_at) "
        "SELECT 'clearance', clearance_id, 'clearance_' || days, for_on, sent_at FROM clearance_reminder"
    )
    op.drop_table("clearance_reminder")
    op.add_column("application", sa.Column("next_word_by", sa.Date(), nullable=True))
    # Whoever waits already was promised no day: their two weeks begin now.
    waiting = sa.text(
        "UPDATE application SET next_word_by = :day WHERE state IN ('shortlisted', 'interview', 'selected')"
    )
    op.execute(waiting.bindparams(sa.bindparam("day", (datetime.now(UTC) + timedelta(days=14)).date(), sa.Date())))
    op.add_column("scorecard", sa.Column("list_number", sa.Integer(), nullable=True))
    op.create_table(
        "competency_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vio_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("entries", sa.JSON(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_competency_list_number")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["user.id"], name=op.f("fk_competency_list_made_by_id_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["vio_id"], ["vio.id"], name=op.f("fk_competency_list_vio_id_vio")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competency_list")),
        sa.UniqueConstraint("vio_id", "number", name=op.f("uq_competency_list_vio_id_number")),
    )
    op.create_index(op.f("ix_competency_list_vio_id"), "competency_list", ["vio_id"])


def downgrade() -> None:
    """Go back: scorecards of a VIO's own competencies keep their lines."""
    op.drop_table("competency_list")
    op.drop_column("scorecard", "list_number")
    op.drop_column("application", "next_word_by")
    op.create_table(
        "clearance_reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clearance_id", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("for_on", sa.Date(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["clearance_id"], ["clearance.id"], name=op.f("fk_clearance_reminder_clearance_id_clearance")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearance_reminder")),
        sa.UniqueConstraint(
            "clearance_id", "days", "for_on", name=op.f("uq_clearance_reminder_clearance_id_days_for_on")
        ),
    )
    op.execute(
        "INSERT INTO clearance_reminder (clearance_id, days, for_on, sent_at) "
        "SELECT subject_id, CAST(substr(kind, 11) AS INTEGER), day, sent_at FROM reminder "
        "WHERE subject_kind = 'clearance' AND subject_id IN (SELECT id FROM clearance)"
    )
    op.execute("DELETE FROM reminder WHERE subject_kind = 'clearance'")
    _allow(BEFORE)
    op.drop_column("vio", "volunteer_training")


def _allow(kinds: str) -> None:
    """Set of what kinds of things one can be reminded."""
    with op.batch_alter_table("reminder") as batch:
        batch.drop_constraint(op.f("ck_reminder_subject_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_reminder_subject_kind"), f"subject_kind IN ({kinds})")
