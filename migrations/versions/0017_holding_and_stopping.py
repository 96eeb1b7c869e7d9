"""Holding and stopping: suspended hosts, barred people, roll calls."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    # Not in a batch: SQLite would make the tables anew, and drop with the old ones what hangs on them.
    op.add_column("host", sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("volunteer", sa.Column("barred_at", sa.DateTime(timezone=True), nullable=True))
    _suspensions()
    _bars()
    _appeals()
    _marks()
    _likenesses()
    _held_stays()
    _roll_calls()
    _people()
    _links()
    _answers()


def _suspensions() -> None:
    op.create_table(
        "host_suspension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vio_id", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("reason_code", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_by_id", sa.Integer(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(state = 'lifted') = (lifted_at IS NOT NULL)", name=op.f("ck_host_suspension_lifted_has_moment")
        ),
        sa.CheckConstraint("state IN ('standing', 'lifted')", name=op.f("ck_host_suspension_state")),
        sa.CheckConstraint("length(reason_code) > 0 AND length(note) > 0", name=op.f("ck_host_suspension_has_reason")),
        sa.ForeignKeyConstraint(["host_id"], ["host.id"], name=op.f("fk_host_suspension_host_id_host")),
        sa.ForeignKeyConstraint(
            ["lifted_by_id"], ["user.id"], name=op.f("fk_host_suspension_lifted_by_id_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["user.id"], name=op.f("fk_host_suspension_made_by_id_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["vio_id"], ["vio.id"], name=op.f("fk_host_suspension_vio_id_vio")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host_suspension")),
    )
    op.create_index(op.f("ix_host_suspension_host_id"), "host_suspension", ["host_id"])
    op.create_index(op.f("ix_host_suspension_vio_id"), "host_suspension", ["vio_id"])


def _bars() -> None:
    op.create_table(
        "bar",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vio_id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("reason_code", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("proposed_by_id", sa.Integer(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("over_by_id", sa.Integer(), nullable=True),
        sa.Column("over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("over_note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(state IN ('dropped', 'lifted', 'ended')) = (over_at IS NOT NULL)", name=op.f("ck_bar_over_has_moment")
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'dropped') OR confirmed_at IS NOT NULL", name=op.f("ck_bar_stands_confirmed")
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'standing', 'dropped', 'lifted', 'ended')", name=op.f("ck_bar_state")
        ),
        sa.CheckConstraint(
            "confirmed_by_id IS NULL OR confirmed_by_id <> proposed_by_id", name=op.f("ck_bar_four_eyes")
        ),
        sa.CheckConstraint("length(reason_code) > 0 AND length(words) > 0", name=op.f("ck_bar_has_reason")),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["user.id"], name=op.f("fk_bar_confirmed_by_id_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["over_by_id"], ["user.id"], name=op.f("fk_bar_over_by_id_user"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["user.id"], name=op.f("fk_bar_proposed_by_id_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["vio_id"], ["vio.id"], name=op.f("fk_bar_vio_id_vio")),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteer.id"], name=op.f("fk_bar_volunteer_id_volunteer"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bar")),
    )
    op.create_index(op.f("ix_bar_vio_id"), "bar", ["vio_id"])
    op.create_index(op.f("ix_bar_volunteer_id"), "bar", ["volunteer_id"])


def _appeals() -> None:
    op.create_table(
        "bar_appeal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bar_id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name=op.f("ck_bar_appeal_decided_has_moment")),
        sa.CheckConstraint("state IN ('waiting', 'granted', 'refused', 'closed')", name=op.f("ck_bar_appeal_state")),
        sa.ForeignKeyConstraint(["bar_id"], ["bar.id"], name=op.f("fk_bar_appeal_bar_id_bar"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user.id"], name=op.f("fk_bar_appeal_decided_by_id_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteer.id"],
            name=op.f("fk_bar_appeal_volunteer_id_volunteer"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bar_appeal")),
    )
    op.create_index(op.f("ix_bar_appeal_bar_id"), "bar_appeal", ["bar_id"])


def _marks() -> None:
    op.create_table(
        "bar_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bar_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=5), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("kind IN ('email', 'phone', 'name')", name=op.f("ck_bar_mark_kind")),
        sa.ForeignKeyConstraint(["bar_id"], ["bar.id"], name=op.f("fk_bar_mark_bar_id_bar"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bar_mark")),
        sa.UniqueConstraint("bar_id", "kind", "hash", name=op.f("uq_bar_mark_bar_id_kind_hash")),
    )
    op.create_index(op.f("ix_bar_mark_hash"), "bar_mark", ["hash"])


def _likenesses() -> None:
    op.create_table(
        "bar_likeness",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vio_id", sa.Integer(), nullable=False),
        sa.Column("bar_id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=7), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'same', 'other')", name=op.f("ck_bar_likeness_state")),
        sa.ForeignKeyConstraint(["bar_id"], ["bar.id"], name=op.f("fk_bar_likeness_bar_id_bar"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user.id"], name=op.f("fk_bar_likeness_decided_by_id_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["vio_id"], ["vio.id"], name=op.f("fk_bar_likeness_vio_id_vio")),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteer.id"], name=op.f("fk_bar_likeness_volunteer_id_volunteer"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bar_likeness")),
        sa.UniqueConstraint("bar_id", "volunteer_id", name=op.f("uq_bar_likeness_bar_id_volunteer_id")),
    )
    op.create_index(op.f("ix_bar_likeness_vio_id"), "bar_likeness", ["vio_id"])
    op.create_index(op.f("ix_bar_likeness_volunteer_id"), "bar_likeness", ["volunteer_id"])


def _held_stays() -> None:
    op.create_table(
        "held_stay",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vio_id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("suspension_id", sa.Integer(), nullable=True),
        sa.Column("bar_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'released') OR (decided_at IS NOT NULL AND length(note) > 0)",
            name=op.f("ck_held_stay_decided_has_note"),
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'watched', 'moving', 'ended', 'released')", name=op.f("ck_held_stay_state")
        ),
        sa.CheckConstraint("(suspension_id IS NULL) <> (bar_id IS NULL)", name=op.f("ck_held_stay_one_cause")),
        sa.ForeignKeyConstraint(["bar_id"], ["bar.id"], name=op.f("fk_held_stay_bar_id_bar"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["user.id"], name=op.f("fk_held_stay_owner_id_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_held_stay_placement_id_placement"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["suspension_id"], ["host_suspension.id"], name=op.f("fk_held_stay_suspension_id_host_suspension")
        ),
        sa.ForeignKeyConstraint(["vio_id"], ["vio.id"], name=op.f("fk_held_stay_vio_id_vio")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_stay")),
        sa.UniqueConstraint("placement_id", "bar_id", name=op.f("uq_held_stay_placement_id_bar_id")),
        sa.UniqueConstraint("placement_id", "suspension_id", name=op.f("uq_held_stay_placement_id_suspension_id")),
    )
    op.create_index(op.f("ix_held_stay_bar_id"), "held_stay", ["bar_id"])
    op.create_index(op.f("ix_held_stay_placement_id"), "held_stay", ["placement_id"])
    op.create_index(op.f("ix_held_stay_suspension_id"), "held_stay", ["suspension_id"])
    op.create_index(op.f("ix_held_stay_vio_id"), "held_stay", ["vio_id"])


def _roll_calls() -> None:
    op.create_table(
        "roll_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vio_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("state", sa.String(length=6), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("numbers", sa.JSON(), nullable=False),
        sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_roll_call_closed_has_moment")),
        sa.CheckConstraint("state IN ('open', 'closed')", name=op.f("ck_roll_call_state")),
        sa.CheckConstraint("hours BETWEEN 1 AND 72", name=op.f("ck_roll_call_hours")),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["user.id"], name=op.f("fk_roll_call_closed_by_id_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["user.id"], name=op.f("fk_roll_call_opened_by_id_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["vio_id"], ["vio.id"], name=op.f("fk_roll_call_vio_id_vio")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_call")),
    )
    op.create_index(op.f("ix_roll_call_vio_id"), "roll_call", ["vio_id"])


def _people() -> None:
    op.create_table(
        "roll_call_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("roll_call_id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("is_there", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["placement_id"],
            ["placement.id"],
            name=op.f("fk_roll_call_person_placement_id_placement"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["roll_call_id"],
            ["roll_call.id"],
            name=op.f("fk_roll_call_person_roll_call_id_roll_call"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_call_person")),
        sa.UniqueConstraint("roll_call_id", "placement_id", name=op.f("uq_roll_call_person_roll_call_id_placement_id")),
    )
    op.create_index(op.f("ix_roll_call_person_placement_id"), "roll_call_person", ["placement_id"])


def _links() -> None:
    op.create_table(
        "roll_call_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=9), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("side IN ('volunteer', 'host')", name=op.f("ck_roll_call_link_side")),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["roll_call_person.id"],
            name=op.f("fk_roll_call_link_person_id_roll_call_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_call_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_roll_call_link_token_hash")),
    )
    op.create_index(op.f("ix_roll_call_link_person_id"), "roll_call_link", ["person_id"])


def _answers() -> None:
    op.create_table(
        "roll_call_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=9), nullable=False),
        sa.Column("says", sa.String(length=5), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("phone", sa.String(length=50), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("says <> 'tried' OR side = 'office'", name=op.f("ck_roll_call_answer_offices_try")),
        sa.CheckConstraint("says IN ('safe', 'help', 'tried')", name=op.f("ck_roll_call_answer_says")),
        sa.CheckConstraint("side IN ('volunteer', 'host', 'office')", name=op.f("ck_roll_call_answer_side")),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user.id"], name=op.f("fk_roll_call_answer_by_id_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["roll_call_person.id"],
            name=op.f("fk_roll_call_answer_person_id_roll_call_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_call_answer")),
    )
    op.create_index(op.f("ix_roll_call_answer_person_id"), "roll_call_answer", ["person_id"])


def downgrade() -> None:
    """Go back."""
    for table in (
        "roll_call_answer",
        "roll_call_link",
        "roll_call_person",
        "roll_call",
        "held_stay",
        "bar_likeness",
        "bar_mark",
        "bar_appeal",
        "bar",
        "host_suspension",
    ):
        op.drop_table(table)
    op.drop_column("volunteer", "barred_at")
    op.drop_column("host", "suspended_at")
