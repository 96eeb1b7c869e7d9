"""Alumni: what each agreed to, mentoring newcomers, and references by alumni."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    _allow("purpose IN ('matching', 'abroad', 'alumni')")
    _alumni()
    _mentorships()
    op.create_table(
        "mentor_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mentorship_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user.id"], name=op.f("fk_mentor_message_author_id_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["mentorship_id"],
            ["mentorship.id"],
            name=op.f("fk_mentor_message_mentorship_id_mentorship"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_message")),
    )
    op.create_index(op.f("ix_mentor_message_mentorship_id"), "mentor_message", ["mentorship_id"])
    _references()


def _allow(purposes: str) -> None:
    with op.batch_alter_table("consent") as batch:
        batch.drop_constraint(op.f("ck_consent_purpose"), type_="check")
        batch.create_check_constraint(op.f("ck_consent_purpose"), purposes)


def _alumni() -> None:
    op.create_table(
        "alumnus",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("may_mentor", sa.Boolean(), nullable=False),
        sa.Column("may_be_asked", sa.Boolean(), nullable=False),
        sa.Column("hears_of_openings", sa.Boolean(), nullable=False),
        sa.Column("shows_return", sa.Boolean(), nullable=False),
        sa.Column("most_mentees", sa.Integer(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.CheckConstraint("most_mentees BETWEEN 1 AND 5", name=op.f("ck_alumnus_most_mentees")),
        sa.CheckConstraint(
            "may_mentor OR may_be_asked OR hears_of_openings OR shows_return", name=op.f("ck_alumnus_ticks")
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteer.id"], name=op.f("fk_alumnus_volunteer_id_volunteer"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alumnus")),
        sa.UniqueConstraint("volunteer_id", name=op.f("uq_alumnus_volunteer_id")),
    )


def _mentorships() -> None:
    op.create_table(
        "mentorship",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("newcomer_shows", sa.JSON(), nullable=False),
        sa.Column("mentor_shows", sa.JSON(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('asked', 'accepted', 'declined', 'ended')", name=op.f("ck_mentorship_state")),
        sa.CheckConstraint(
            "ended_by IN ('', 'newcomer', 'mentor', 'office', 'time')", name=op.f("ck_mentorship_ended_by")
        ),
        sa.CheckConstraint("words <> ''", name=op.f("ck_mentorship_words")),
        sa.CheckConstraint("(state = 'ended') = (ended_by <> '')", name=op.f("ck_mentorship_ended_by_somebody")),
        sa.CheckConstraint(
            "state <> 'accepted' OR accepted_at IS NOT NULL", name=op.f("ck_mentorship_accepted_has_moment")
        ),
        sa.CheckConstraint("ended_by <> 'office' OR reason <> ''", name=op.f("ck_mentorship_office_has_reason")),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["volunteer.id"], name=op.f("fk_mentorship_mentor_id_volunteer"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_mentorship_placement_id_placement"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentorship")),
        sa.UniqueConstraint("mentor_id", "placement_id", name=op.f("uq_mentorship_mentor_id_placement_id")),
    )
    op.create_index(op.f("ix_mentorship_placement_id"), "mentorship", ["placement_id"])


def _references() -> None:
    """Let a reference be one of the alumni.

    Not in a batch: SQLite would make the table anew, and drop with the old one the answers that hang on it.
    """
    for column in (
        "served_beside_id INTEGER CONSTRAINT fk_reference_served_beside_id_volunteer REFERENCES volunteer (id)",
        "served VARCHAR(10) DEFAULT '' NOT NULL"
        " CONSTRAINT ck_reference_served CHECK (served IN ('', 'at_host', 'in_country'))"
        " CONSTRAINT ck_reference_served_beside_somebody CHECK ((served_beside_id IS NULL) = (served = ''))",
    ):
        op.execute(sa.text(f"ALTER TABLE reference ADD COLUMN {column}"))
    op.create_index(op.f("ix_reference_served_beside_id"), "reference", ["served_beside_id"])


def _only_named_references() -> None:
    """Go back to referees whom the volunteer named; whom the office asked has no place there."""
    op.execute(sa.text("DELETE FROM reference WHERE served_beside_id IS NOT NULL"))
    op.drop_index(op.f("ix_reference_served_beside_id"), "reference")
    op.drop_column("reference", "served")
    op.drop_column("reference", "served_beside_id")


def downgrade() -> None:
    """Go back. Who joined the alumni agreed to nothing that the step before knows, so the record of it goes."""
    _only_named_references()
    op.drop_table("mentor_message")
    op.drop_table("mentorship")
    op.drop_table("alumnus")
    op.execute(sa.text("DELETE FROM consent WHERE purpose = 'alumni'"))
    _allow("purpose IN ('matching', 'abroad')")
