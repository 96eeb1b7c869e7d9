"""Clearances, their documents and reminders; what a VIO adds to the list; notes on countries; emergency cards."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    _clearances()
    _rules()
    _reminders()
    _documents()
    _country_notes()
    _cards()
    # Added in place, with its rule: SQLite's copy-and-drop of a table would let go of every row that hangs on it.
    op.execute(
        "ALTER TABLE vio ADD COLUMN document_days INTEGER NOT NULL DEFAULT 90 "
        "CONSTRAINT ck_vio_document_days CHECK (document_days BETWEEN 1 AND 3650)"
    )


def _clearances() -> None:
    op.create_table(
        "clearance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("owner", sa.String(length=10), nullable=False),
        sa.Column("checked_by_vio_id", sa.Integer(), nullable=False),
        sa.Column("is_mandatory", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("handed_in", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("waiver_reason", sa.Text(), nullable=False),
        sa.Column("waiver_by_id", sa.Integer(), nullable=True),
        sa.Column("waived_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'submitted', 'cleared', 'refused', 'expired', 'waived')", name=op.f("ck_clearance_state")
        ),
        sa.CheckConstraint("owner IN ('volunteer', 'sending', 'receiving')", name=op.f("ck_clearance_owner")),
        sa.CheckConstraint(
            "state <> 'waived' OR item NOT IN "
            "('right_to_work', 'insurance', 'licence', 'safeguarding_check', 'emergency_contact')",
            name=op.f("ck_clearance_never_waived"),
        ),
        sa.CheckConstraint(
            "state <> 'waived' OR (waiver_by_id IS NOT NULL AND waived_by_id IS NOT NULL "
            "AND waiver_by_id <> waived_by_id AND length(waiver_reason) > 0)",
            name=op.f("ck_clearance_waived_by_two"),
        ),
        sa.CheckConstraint("(item = 'own') = (length(title) > 0)", name=op.f("ck_clearance_own_has_title")),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_clearance_placement_id_placement")),
        sa.ForeignKeyConstraint(["checked_by_vio_id"], ["vio.id"], name=op.f("fk_clearance_checked_by_vio_id_vio")),
        sa.ForeignKeyConstraint(["waiver_by_id"], ["user.id"], name=op.f("fk_clearance_waiver_by_id_user")),
        sa.ForeignKeyConstraint(["waived_by_id"], ["user.id"], name=op.f("fk_clearance_waived_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearance")),
        sa.UniqueConstraint("placement_id", "item", "title", name=op.f("uq_clearance_placement_id_item_title")),
    )
    for column in ("placement_id", "checked_by_vio_id", "due_on"):
        op.create_index(op.f(f"ix_clearance_{column}"), "clearance", [column])


def _rules() -> None:
    op.create_table(
        "clearance_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vio_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("owner", sa.String(length=10), nullable=False),
        sa.Column("lives_in", sa.String(length=2), nullable=True),
        sa.Column("works_in", sa.String(length=2), nullable=True),
        sa.Column("mode", sa.String(length=8), nullable=False),
        sa.Column("is_mandatory", sa.Boolean(), nullable=False),
        sa.Column("days_before", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("owner IN ('volunteer', 'sending', 'receiving')", name=op.f("ck_clearance_rule_owner")),
        sa.CheckConstraint("mode IN ('any', 'on_site', 'online')", name=op.f("ck_clearance_rule_mode")),
        sa.CheckConstraint("days_before BETWEEN 0 AND 365", name=op.f("ck_clearance_rule_days_before")),
        sa.CheckConstraint("(item = 'own') = (length(title) > 0)", name=op.f("ck_clearance_rule_own_has_title")),
        sa.ForeignKeyConstraint(["vio_id"], ["vio.id"], name=op.f("fk_clearance_rule_vio_id_vio")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearance_rule")),
    )
    op.create_index(op.f("ix_clearance_rule_vio_id"), "clearance_rule", ["vio_id"])


def _reminders() -> None:
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


def _documents() -> None:
    op.create_table(
        "clearance_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clearance_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=20), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("stored_as", sa.String(length=40), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "media_type IN ('application/pdf', 'image/jpeg', 'image/png')",
            name=op.f("ck_clearance_document_media_type"),
        ),
        sa.CheckConstraint(
            "(removed_at IS NULL) = (length(stored_as) > 0)", name=op.f("ck_clearance_document_removed_has_no_file")
        ),
        sa.ForeignKeyConstraint(
            ["clearance_id"], ["clearance.id"], name=op.f("fk_clearance_document_clearance_id_clearance")
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user.id"], name=op.f("fk_clearance_document_by_id_user"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearance_document")),
    )
    op.create_index(op.f("ix_clearance_document_clearance_id"), "clearance_document", ["clearance_id"])
    op.create_table(
        "document_look",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["clearance_document.id"], name=op.f("fk_document_look_document_id_clearance_document")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_document_look_by_id_user"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_look")),
    )
    op.create_index(op.f("ix_document_look_document_id"), "document_look", ["document_id"])


def _country_notes() -> None:
    op.create_table(
        "country_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vio_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("visa_class", sa.String(length=200), nullable=False),
        sa.Column("lead_days", sa.Integer(), nullable=False),
        sa.Column("registration", sa.Text(), nullable=False),
        sa.Column("tax", sa.Text(), nullable=False),
        sa.Column("contacts", sa.Text(), nullable=False),
        sa.Column("not_sent_to", sa.Text(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("lead_days BETWEEN 0 AND 365", name=op.f("ck_country_note_lead_days")),
        sa.ForeignKeyConstraint(["vio_id"], ["vio.id"], name=op.f("fk_country_note_vio_id_vio")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_country_note")),
        sa.UniqueConstraint("vio_id", "country", name=op.f("uq_country_note_vio_id_country")),
    )
    op.create_index(op.f("ix_country_note_vio_id"), "country_note", ["vio_id"])


def _cards() -> None:
    lines = (
        ("close_name", 200),
        ("close_how", 100),
        ("close_phone", 50),
        ("close_language", 100),
        ("insurer", 200),
        ("insurance_number", 100),
        ("insurance_phone", 50),
        ("office_phone", 50),
        ("local_name", 200),
        ("local_phone", 50),
    )
    op.create_table(
        "emergency_card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(length=length), nullable=False) for name, length in lines),
        sa.Column("hospital", sa.Text(), nullable=False),
        sa.Column("consulate", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_emergency_card_placement_id_placement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_card")),
        sa.UniqueConstraint("placement_id", name=op.f("uq_emergency_card_placement_id")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_column("vio", "document_days")
    op.drop_table("emergency_card")
    op.drop_table("country_note")
    op.drop_table("document_look")
    op.drop_table("clearance_document")
    op.drop_table("clearance_reminder")
    op.drop_table("clearance_rule")
    op.drop_table("clearance")
