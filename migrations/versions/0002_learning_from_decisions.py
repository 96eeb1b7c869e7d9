"""Learning from decisions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "score_model",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vio_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.Column("parameters", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("preview", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name=op.f("ck_score_model_decided_has_time")),
        sa.CheckConstraint("origin IN ('learned', 'people', 'shared')", name=op.f("ck_score_model_origin")),
        sa.CheckConstraint(
            "state IN ('proposed', 'approved', 'rejected', 'retired')", name=op.f("ck_score_model_state")
        ),
        sa.CheckConstraint(
            "state NOT IN ('approved', 'retired') OR decided_by_id IS NOT NULL",
            name=op.f("ck_score_model_somebody_let_it_in"),
        ),
        sa.CheckConstraint(
            "vio_id IS NOT NULL OR state IN ('proposed', 'rejected')",
            name=op.f("ck_score_model_shared_is_never_in_force"),
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_score_model_decided_by_id_user")),
        sa.ForeignKeyConstraint(["vio_id"], ["vio.id"], name=op.f("fk_score_model_vio_id_vio")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_model")),
        sa.UniqueConstraint("vio_id", "version", name=op.f("uq_score_model_vio_id_version")),
    )
    with op.batch_alter_table("score_model", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_score_model_vio_id"), ["vio_id"], unique=False)
        batch_op.create_index(
            "uq_score_model_stands_for_all",
            ["state"],
            unique=True,
            sqlite_where=sa.text("vio_id IS NULL AND state IN ('proposed', 'approved')"),
            postgresql_where=sa.text("vio_id IS NULL AND state IN ('proposed', 'approved')"),
        )
        batch_op.create_index(
            "uq_score_model_stands_for_vio",
            ["vio_id", "state"],
            unique=True,
            sqlite_where=sa.text("state IN ('proposed', 'approved')"),
            postgresql_where=sa.text("state IN ('proposed', 'approved')"),
        )

    op.create_table(
        "learning_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vio_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("requested_by_id", sa.Integer(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("decisions", sa.Integer(), nullable=False),
        sa.Column("assignments", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("calibrations", sa.JSON(), nullable=False),
        sa.Column("model_id", sa.Integer(), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state IN ('finished', 'failed')) = (finished_at IS NOT NULL)", name=op.f("ck_learning_run_ended_has_time")
        ),
        sa.CheckConstraint("state IN ('queued', 'running', 'finished', 'failed')", name=op.f("ck_learning_run_state")),
        sa.ForeignKeyConstraint(["model_id"], ["score_model.id"], name=op.f("fk_learning_run_model_id_score_model")),
        sa.ForeignKeyConstraint(["requested_by_id"], ["user.id"], name=op.f("fk_learning_run_requested_by_id_user")),
        sa.ForeignKeyConstraint(["vio_id"], ["vio.id"], name=op.f("fk_learning_run_vio_id_vio")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_run")),
    )
    with op.batch_alter_table("learning_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_learning_run_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_learning_run_vio_id"), ["vio_id"], unique=False)

    # Added in place: SQLite's copy-and-drop of a table would delete, or let go, every row that hangs on it.
    op.add_column("match_run", sa.Column("models", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("vio", sa.Column("shares_decisions", sa.Boolean(), nullable=False, server_default=sa.true()))


def downgrade() -> None:
    """Go back."""
    op.drop_column("vio", "shares_decisions")
    op.drop_column("match_run", "models")

    with op.batch_alter_table("learning_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_learning_run_vio_id"))
        batch_op.drop_index(batch_op.f("ix_learning_run_state"))

    op.drop_table("learning_run")
    with op.batch_alter_table("score_model", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_score_model_stands_for_vio",
            sqlite_where=sa.text("state IN ('proposed', 'approved')"),
            postgresql_where=sa.text("state IN ('proposed', 'approved')"),
        )
        batch_op.drop_index(
            "uq_score_model_stands_for_all",
            sqlite_where=sa.text("vio_id IS NULL AND state IN ('proposed', 'approved')"),
            postgresql_where=sa.text("vio_id IS NULL AND state IN ('proposed', 'approved')"),
        )
        batch_op.drop_index(batch_op.f("ix_score_model_vio_id"))

    op.drop_table("score_model")
