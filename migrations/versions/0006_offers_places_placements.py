"""Offers, places that are held, placements and debriefs; how long a volunteer has to answer an offer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    _offers()
    _places()
    _placements()
    _debriefs()
    # Added in place, with its rule: SQLite's copy-and-drop of a table would let go of every row that hangs on it.
    op.execute(
        "ALTER TABLE vio ADD COLUMN offer_answer_days INTEGER NOT NULL DEFAULT 14 "
        "CONSTRAINT ck_vio_offer_answer_days CHECK (offer_answer_days BETWEEN 1 AND 90)"
    )


def _offers() -> None:
    op.create_table(
        "offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("vio_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=15), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reason_code", sa.String(length=40), nullable=False),
        sa.Column("answer_words", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('made', 'accepted', 'declined', 'expired', 'withdrawn')", name=op.f("ck_offer_state")
        ),
        sa.CheckConstraint("kind IN ('international', 'national', 'local')", name=op.f("ck_offer_kind")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_offer_dates")),
        sa.CheckConstraint(
            "state NOT IN ('declined', 'withdrawn') OR length(reason_code) > 0", name=op.f("ck_offer_ended_has_reason")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_offer_application_id_application")
        ),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_offer_assignment_id_assignment")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_offer_volunteer_id_volunteer")),
        sa.ForeignKeyConstraint(["vio_id"], ["vio.id"], name=op.f("fk_offer_vio_id_vio")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["user.id"], name=op.f("fk_offer_made_by_id_user"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
    )
    for column in ("application_id", "assignment_id", "volunteer_id", "vio_id"):
        op.create_index(op.f(f"ix_offer_{column}"), "offer", [column])
    waits = sa.text("state = 'made'")
    op.create_index(
        "uq_offer_waiting", "offer", ["application_id"], unique=True, sqlite_where=waits, postgresql_where=waits
    )


def _places() -> None:
    op.create_table(
        "place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=15), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('international', 'national', 'local')", name=op.f("ck_place_kind")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_place_number")),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_place_assignment_id_assignment")),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name=op.f("fk_place_offer_id_offer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("assignment_id", "kind", "number", name=op.f("uq_place_assignment_id_kind_number")),
        sa.UniqueConstraint("offer_id", name=op.f("uq_place_offer_id")),
    )


def _placements() -> None:
    op.create_table(
        "placement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("sending_vio_id", sa.Integer(), nullable=False),
        sa.Column("receiving_vio_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("agreed_ends_on", sa.Date(), nullable=False),
        sa.Column("reason_code", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('preparing', 'active', 'extended', 'completed', 'ended_early', 'cancelled')",
            name=op.f("ck_placement_state"),
        ),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_placement_dates")),
        sa.CheckConstraint(
            "state NOT IN ('cancelled', 'ended_early') OR length(reason_code) > 0",
            name=op.f("ck_placement_ended_has_reason"),
        ),
        sa.CheckConstraint(
            "state IN ('preparing', 'cancelled') OR started_at IS NOT NULL", name=op.f("ck_placement_begun_has_start")
        ),
        sa.CheckConstraint(
            "(state IN ('completed', 'ended_early', 'cancelled')) = (ended_at IS NOT NULL)",
            name=op.f("ck_placement_over_has_end"),
        ),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name=op.f("fk_placement_offer_id_offer")),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_placement_assignment_id_assignment")
        ),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_placement_volunteer_id_volunteer")),
        sa.ForeignKeyConstraint(["sending_vio_id"], ["vio.id"], name=op.f("fk_placement_sending_vio_id_vio")),
        sa.ForeignKeyConstraint(["receiving_vio_id"], ["vio.id"], name=op.f("fk_placement_receiving_vio_id_vio")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
        sa.UniqueConstraint("offer_id", name=op.f("uq_placement_offer_id")),
    )
    for column in ("assignment_id", "volunteer_id", "sending_vio_id", "receiving_vio_id"):
        op.create_index(op.f(f"ix_placement_{column}"), "placement", [column])


def _debriefs() -> None:
    op.create_table(
        "debrief",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("overall", sa.Integer(), nullable=False),
        sa.Column("as_expected", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("side IN ('volunteer', 'host', 'community')", name=op.f("ck_debrief_side")),
        sa.CheckConstraint("overall BETWEEN 1 AND 5", name=op.f("ck_debrief_overall")),
        sa.CheckConstraint("as_expected BETWEEN 1 AND 5", name=op.f("ck_debrief_as_expected")),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_debrief_placement_id_placement"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debrief")),
        sa.UniqueConstraint("placement_id", "side", name=op.f("uq_debrief_placement_id_side")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_column("vio", "offer_answer_days")
    op.drop_table("debrief")
    op.drop_table("placement")
    op.drop_table("place")
    op.drop_table("offer")
