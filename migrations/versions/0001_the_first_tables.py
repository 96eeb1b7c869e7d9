"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("to", sa.String(length=255), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("message_id", sa.String(length=255), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.UniqueConstraint("message_id", name=op.f("uq_mail_message_id")),
    )
    with op.batch_alter_table("mail", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mail_sent_at"), ["sent_at"], unique=False)

    op.create_table(
        "role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
        sa.UniqueConstraint("name", name=op.f("uq_role_name")),
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email_hash", sa.String(length=64), nullable=False),
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failure")),
    )
    with op.batch_alter_table("sign_in_failure", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sign_in_failure_address_hash"),
            ["address_hash"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_sign_in_failure_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_in_failure_email_hash"), ["email_hash"], unique=False)

    op.create_table(
        "vio",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("contact_email", sa.String(length=255), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("strong_score", sa.Integer(), nullable=False),
        sa.Column("host_answer_days", sa.Integer(), nullable=False),
        sa.Column("review_answer_days", sa.Integer(), nullable=False),
        sa.Column("route_wording", sa.Boolean(), nullable=False),
        sa.Column("no_go", sa.JSON(), nullable=False),
        sa.Column("retention_months", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("host_answer_days BETWEEN 1 AND 90", name=op.f("ck_vio_host_answer_days")),
        sa.CheckConstraint("retention_months BETWEEN 1 AND 120", name=op.f("ck_vio_retention_months")),
        sa.CheckConstraint(
            "review_answer_days BETWEEN 1 AND 90",
            name=op.f("ck_vio_review_answer_days"),
        ),
        sa.CheckConstraint("strong_score BETWEEN 0 AND 100", name=op.f("ck_vio_strong_score")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vio")),
        sa.UniqueConstraint("name", name=op.f("uq_vio_name")),
    )
    op.create_table(
        "column_mapping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vio_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("header_hash", sa.String(length=64), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('volunteers', 'hosts', 'assignments')",
            name=op.f("ck_column_mapping_kind"),
        ),
        sa.ForeignKeyConstraint(["vio_id"], ["vio.id"], name=op.f("fk_column_mapping_vio_id_vio")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_column_mapping")),
        sa.UniqueConstraint(
            "vio_id",
            "kind",
            "header_hash",
            name=op.f("uq_column_mapping_vio_id_kind_header_hash"),
        ),
    )
    op.create_table(
        "host",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vio_id", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(length=100), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("location", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("website", sa.String(length=300), nullable=False),
        sa.Column("contact_name", sa.String(length=200), nullable=False),
        sa.Column("contact_email", sa.String(length=255), nullable=True),
        sa.Column("contact_phone", sa.String(length=50), nullable=False),
        sa.Column("registration_number", sa.String(length=100), nullable=False),
        sa.Column("reference_one", sa.String(length=300), nullable=False),
        sa.Column("reference_two", sa.String(length=300), nullable=False),
        sa.Column("safeguarding_person", sa.String(length=200), nullable=False),
        sa.Column("conduct_policy_signed_on", sa.Date(), nullable=True),
        sa.Column("conduct_policy_signed_by", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("verified_until", sa.Date(), nullable=True),
        sa.Column("assumed", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state <> 'verified' OR verified_until IS NOT NULL",
            name=op.f("ck_host_verified_until_a_day"),
        ),
        sa.CheckConstraint(
            "state IN ('unverified', 'asked', 'verified', 'declined')",
            name=op.f("ck_host_state"),
        ),
        sa.ForeignKeyConstraint(["vio_id"], ["vio.id"], name=op.f("fk_host_vio_id_vio")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host")),
        sa.UniqueConstraint("vio_id", "external_id", name=op.f("uq_host_vio_id_external_id")),
    )
    with op.batch_alter_table("host", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_host_vio_id"), ["vio_id"], unique=False)

    op.create_table(
        "partnership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sending_vio_id", sa.Integer(), nullable=False),
        sa.Column("receiving_vio_id", sa.Integer(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("sending_focal_point", sa.String(length=200), nullable=False),
        sa.Column("receiving_focal_point", sa.String(length=200), nullable=False),
        sa.Column("vetting_by", sa.String(length=200), nullable=False),
        sa.Column("insurance_by", sa.String(length=200), nullable=False),
        sa.Column("support_by", sa.String(length=200), nullable=False),
        sa.Column("costs_by", sa.String(length=200), nullable=False),
        sa.Column("shared_parts", sa.JSON(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("proposed_by_vio_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_partnership_dates")),
        sa.CheckConstraint("sending_vio_id <> receiving_vio_id", name=op.f("ck_partnership_two_vios")),
        sa.ForeignKeyConstraint(
            ["proposed_by_vio_id"],
            ["vio.id"],
            name=op.f("fk_partnership_proposed_by_vio_id_vio"),
        ),
        sa.ForeignKeyConstraint(
            ["receiving_vio_id"],
            ["vio.id"],
            name=op.f("fk_partnership_receiving_vio_id_vio"),
        ),
        sa.ForeignKeyConstraint(
            ["sending_vio_id"],
            ["vio.id"],
            name=op.f("fk_partnership_sending_vio_id_vio"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership")),
    )
    with op.batch_alter_table("partnership", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_partnership_receiving_vio_id"),
            ["receiving_vio_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_partnership_sending_vio_id"),
            ["sending_vio_id"],
            unique=False,
        )

    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vio_id", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(length=100), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("sector", sa.String(length=40), nullable=True),
        sa.Column("tasks", sa.Text(), nullable=False),
        sa.Column("plain_day", sa.Text(), nullable=False),
        sa.Column("hardest_thing", sa.Text(), nullable=False),
        sa.Column("expected_results", sa.Text(), nullable=False),
        sa.Column("learning", sa.Text(), nullable=False),
        sa.Column("local_strengths", sa.Text(), nullable=False),
        sa.Column("skills_text", sa.Text(), nullable=False),
        sa.Column("experience_level", sa.String(length=12), nullable=True),
        sa.Column("hours", sa.Integer(), nullable=True),
        sa.Column("mode", sa.String(length=8), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("location", sa.String(length=200), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=True),
        sa.Column("end_on", sa.Date(), nullable=True),
        sa.Column("weeks", sa.Integer(), nullable=True),
        sa.Column("time_zone", sa.String(length=64), nullable=True),
        sa.Column("online_from", sa.String(length=5), nullable=True),
        sa.Column("online_to", sa.String(length=5), nullable=True),
        sa.Column("places_international", sa.Integer(), nullable=False),
        sa.Column("places_national", sa.Integer(), nullable=False),
        sa.Column("places_local", sa.Integer(), nullable=False),
        sa.Column("lodging", sa.String(length=300), nullable=False),
        sa.Column("water", sa.String(length=40), nullable=False),
        sa.Column("power", sa.String(length=40), nullable=False),
        sa.Column("internet", sa.String(length=40), nullable=False),
        sa.Column("hospital_hours", sa.Integer(), nullable=True),
        sa.Column("hottest_celsius", sa.Integer(), nullable=True),
        sa.Column("coldest_celsius", sa.Integer(), nullable=True),
        sa.Column("altitude_metres", sa.Integer(), nullable=True),
        sa.Column("walking_km", sa.Integer(), nullable=True),
        sa.Column("step_free", sa.String(length=3), nullable=True),
        sa.Column("conditions_text", sa.Text(), nullable=False),
        sa.Column("contact_children", sa.String(length=12), nullable=True),
        sa.Column("contact_adults", sa.String(length=12), nullable=True),
        sa.Column("supervisor", sa.String(length=200), nullable=False),
        sa.Column("supervision_hours", sa.Integer(), nullable=True),
        sa.Column("counterpart", sa.String(length=200), nullable=False),
        sa.Column("community_consulted", sa.Text(), nullable=False),
        sa.Column("is_child_institution", sa.Boolean(), nullable=True),
        sa.Column("has_clinical_acts", sa.Boolean(), nullable=True),
        sa.Column("is_security_work", sa.Boolean(), nullable=True),
        sa.Column("is_party_or_religious_work", sa.Boolean(), nullable=True),
        sa.Column("replaces_strikers", sa.Boolean(), nullable=True),
        sa.Column("has_fees_not_listed", sa.Boolean(), nullable=True),
        sa.Column("was_paid_post", sa.Boolean(), nullable=True),
        sa.Column("locals_sought", sa.Text(), nullable=False),
        sa.Column("why_not_paid_local", sa.Text(), nullable=False),
        sa.Column("handover", sa.Text(), nullable=False),
        sa.Column("funder", sa.String(length=300), nullable=False),
        sa.Column("sponsor", sa.String(length=300), nullable=False),
        sa.Column("project_ties", sa.Text(), nullable=False),
        sa.Column("community_dispute", sa.Text(), nullable=False),
        sa.Column("national_priority", sa.Text(), nullable=False),
        sa.Column("sdg_targets", sa.JSON(), nullable=False),
        sa.Column("assumed", sa.JSON(), nullable=False),
        sa.Column("words_to_host", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "contact_adults IS NULL OR contact_adults IN ('none', 'supervised', 'unsupervised')",
            name=op.f("ck_assignment_contact_adults"),
        ),
        sa.CheckConstraint(
            "contact_children IS NULL OR contact_children IN ('none', 'supervised', 'unsupervised')",
            name=op.f("ck_assignment_contact_children"),
        ),
        sa.CheckConstraint(
            "experience_level IS NULL OR experience_level IN ('newcomer', 'experienced', 'specialist')",
            name=op.f("ck_assignment_experience_level"),
        ),
        sa.CheckConstraint(
            "mode IS NULL OR mode IN ('on_site', 'online', 'either')",
            name=op.f("ck_assignment_mode"),
        ),
        sa.CheckConstraint(
            "state <> 'open' OR (published_at IS NOT NULL)",
            name=op.f("ck_assignment_open_was_published"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'changes_requested', 'open', 'filled', 'closed', 'cancelled')",
            name=op.f("ck_assignment_state"),
        ),
        sa.CheckConstraint(
            "end_on IS NULL OR start_on IS NULL OR end_on >= start_on",
            name=op.f("ck_assignment_dates"),
        ),
        sa.CheckConstraint(
            "places_international >= 0 AND places_national >= 0 AND places_local >= 0",
            name=op.f("ck_assignment_places_not_negative"),
        ),
        sa.ForeignKeyConstraint(["host_id"], ["host.id"], name=op.f("fk_assignment_host_id_host")),
        sa.ForeignKeyConstraint(["vio_id"], ["vio.id"], name=op.f("fk_assignment_vio_id_vio")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint("vio_id", "external_id", name=op.f("uq_assignment_vio_id_external_id")),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_country"), ["country"], unique=False)
        batch_op.create_index(batch_op.f("ix_assignment_host_id"), ["host_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assignment_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_assignment_vio_id"), ["vio_id"], unique=False)

    op.create_table(
        "user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tf_primary_method", sa.String(length=64), nullable=True),
        sa.Column("tf_totp_secret", sa.String(length=255), nullable=True),
        sa.Column("tf_phone_number", sa.String(length=128), nullable=True),
        sa.Column("mf_recovery_codes", sa.UnicodeText(), nullable=True),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("vio_id", sa.Integer(), nullable=True),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("display_name", sa.String(length=200), nullable=True),
        sa.Column("locale", sa.String(length=10), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(role = 'host') = (host_id IS NOT NULL)",
            name=op.f("ck_user_host_account_has_host"),
        ),
        sa.CheckConstraint(
            "role = 'administrator' OR vio_id IS NOT NULL",
            name=op.f("ck_user_vio_for_all_but_administrators"),
        ),
        sa.CheckConstraint(
            "role IN ('volunteer', 'host', 'coordinator', 'administrator')",
            name=op.f("ck_user_role"),
        ),
        sa.ForeignKeyConstraint(["host_id"], ["host.id"], name=op.f("fk_user_host_id_host")),
        sa.ForeignKeyConstraint(["vio_id"], ["vio.id"], name=op.f("fk_user_vio_id_vio")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("email", name=op.f("uq_user_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_user_fs_uniquifier")),
    )
    with op.batch_alter_table("user", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_user_host_id"), ["host_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_user_vio_id"), ["vio_id"], unique=False)

    op.create_table(
        "assignment_language",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=15), nullable=False),
        sa.Column("level", sa.String(length=2), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("for_safety", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
            name=op.f("fk_assignment_language_assignment_id_assignment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_language")),
        sa.UniqueConstraint(
            "assignment_id",
            "language",
            name=op.f("uq_assignment_language_assignment_id_language"),
        ),
    )
    with op.batch_alter_table("assignment_language", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_assignment_language_assignment_id"),
            ["assignment_id"],
            unique=False,
        )

    op.create_table(
        "assignment_skill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("skill", sa.String(length=40), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("is_essential", sa.Boolean(), nullable=False),
        sa.Column("needs_licence", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "level IS NULL OR level BETWEEN 1 AND 4",
            name=op.f("ck_assignment_skill_level"),
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
            name=op.f("fk_assignment_skill_assignment_id_assignment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_skill")),
        sa.UniqueConstraint(
            "assignment_id",
            "skill",
            name=op.f("uq_assignment_skill_assignment_id_skill"),
        ),
    )
    with op.batch_alter_table("assignment_skill", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_assignment_skill_assignment_id"),
            ["assignment_id"],
            unique=False,
        )

    op.create_table(
        "audit_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("vio_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"],
            ["user.id"],
            name=op.f("fk_audit_event_actor_id_user"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["vio_id"], ["vio.id"], name=op.f("fk_audit_event_vio_id_vio")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
    )
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_event_at"), ["at"], unique=False)
        batch_op.create_index("ix_audit_event_subject", ["subject_kind", "subject_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_event_vio_id"), ["vio_id"], unique=False)

    op.create_table(
        "import_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vio_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("stored_as", sa.String(length=100), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("constants", sa.JSON(), nullable=False),
        sa.Column("shift_years", sa.Integer(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('volunteers', 'hosts', 'assignments')",
            name=op.f("ck_import_file_kind"),
        ),
        sa.CheckConstraint(
            "state IN ('uploaded', 'checked', 'done', 'refused')",
            name=op.f("ck_import_file_state"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_import_file_by_id_user")),
        sa.ForeignKeyConstraint(["vio_id"], ["vio.id"], name=op.f("fk_import_file_vio_id_vio")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_file")),
    )
    with op.batch_alter_table("import_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_file_vio_id"), ["vio_id"], unique=False)

    op.create_table(
        "match_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vio_id", sa.Integer(), nullable=True),
        sa.Column("scope", sa.String(length=12), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("requested_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heartbeat_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'finished') = (finished_at IS NOT NULL)",
            name=op.f("ck_match_run_finished_has_time"),
        ),
        sa.CheckConstraint(
            "scope IN ('assignment', 'volunteer', 'everything')",
            name=op.f("ck_match_run_scope"),
        ),
        sa.CheckConstraint(
            "state IN ('queued', 'running', 'finished', 'failed')",
            name=op.f("ck_match_run_state"),
        ),
        sa.ForeignKeyConstraint(
            ["requested_by_id"],
            ["user.id"],
            name=op.f("fk_match_run_requested_by_id_user"),
        ),
        sa.ForeignKeyConstraint(["vio_id"], ["vio.id"], name=op.f("fk_match_run_vio_id_vio")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_run")),
    )
    with op.batch_alter_table("match_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_match_run_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_match_run_vio_id"), ["vio_id"], unique=False)

    op.create_table(
        "money_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("payer", sa.String(length=12), nullable=False),
        sa.Column("payee", sa.String(length=12), nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("amount", sa.String(length=60), nullable=False),
        sa.Column("when", sa.String(length=120), nullable=False),
        sa.CheckConstraint(
            "payee IN ('host', 'vio', 'volunteer', 'third_party')",
            name=op.f("ck_money_line_payee"),
        ),
        sa.CheckConstraint(
            "payer IN ('host', 'vio', 'volunteer', 'sponsor')",
            name=op.f("ck_money_line_payer"),
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
            name=op.f("fk_money_line_assignment_id_assignment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_money_line")),
    )
    with op.batch_alter_table("money_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_money_line_assignment_id"), ["assignment_id"], unique=False)

    op.create_table(
        "verification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("registration_seen", sa.String(length=300), nullable=False),
        sa.Column("reference_one_said", sa.Text(), nullable=False),
        sa.Column("reference_two_said", sa.Text(), nullable=False),
        sa.Column("called_on", sa.Date(), nullable=True),
        sa.Column("call_note", sa.Text(), nullable=False),
        sa.Column("safeguarding_person", sa.String(length=200), nullable=False),
        sa.Column("conduct_policy_seen", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"],
            ["user.id"],
            name=op.f("fk_verification_decided_by_id_user"),
        ),
        sa.ForeignKeyConstraint(["host_id"], ["host.id"], name=op.f("fk_verification_host_id_host")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification")),
    )
    with op.batch_alter_table("verification", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_verification_host_id"), ["host_id"], unique=False)

    op.create_table(
        "volunteer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vio_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("external_id", sa.String(length=100), nullable=True),
        sa.Column("full_name", sa.String(length=200), nullable=False),
        sa.Column("call_me", sa.String(length=100), nullable=True),
        sa.Column("email", sa.String(length=255), nullable=True),
        sa.Column("phone", sa.String(length=50), nullable=True),
        sa.Column("residence", sa.String(length=2), nullable=True),
        sa.Column("is_adult", sa.Boolean(), nullable=False),
        sa.Column("experience", sa.Text(), nullable=False),
        sa.Column("motivation", sa.Text(), nullable=False),
        sa.Column("anywhere", sa.Boolean(), nullable=False),
        sa.Column("stay_min_weeks", sa.Integer(), nullable=True),
        sa.Column("stay_max_weeks", sa.Integer(), nullable=True),
        sa.Column("on_site", sa.Boolean(), nullable=True),
        sa.Column("online", sa.Boolean(), nullable=True),
        sa.Column("online_hours", sa.Integer(), nullable=True),
        sa.Column("online_from", sa.String(length=5), nullable=True),
        sa.Column("online_to", sa.String(length=5), nullable=True),
        sa.Column("time_zone", sa.String(length=64), nullable=True),
        sa.Column("open_to_all", sa.Boolean(), nullable=False),
        sa.Column("availability_confirmed_on", sa.Date(), nullable=True),
        sa.Column("causes", sa.JSON(), nullable=False),
        sa.Column("assumed", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "online_hours IS NULL OR online_hours BETWEEN 1 AND 60",
            name=op.f("ck_volunteer_online_hours"),
        ),
        sa.CheckConstraint(
            "stay_max_weeks IS NULL OR stay_max_weeks BETWEEN 1 AND 260",
            name=op.f("ck_volunteer_stay_max_weeks"),
        ),
        sa.CheckConstraint(
            "stay_min_weeks IS NULL OR stay_min_weeks BETWEEN 1 AND 260",
            name=op.f("ck_volunteer_stay_min_weeks"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_volunteer_user_id_user")),
        sa.ForeignKeyConstraint(["vio_id"], ["vio.id"], name=op.f("fk_volunteer_vio_id_vio")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer")),
        sa.UniqueConstraint("user_id", name=op.f("uq_volunteer_user_id")),
        sa.UniqueConstraint("vio_id", "external_id", name=op.f("uq_volunteer_vio_id_external_id")),
    )
    with op.batch_alter_table("volunteer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_volunteer_vio_id"), ["vio_id"], unique=False)

    op.create_table(
        "application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason_code", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state <> 'declined' OR length(reason_code) > 0",
            name=op.f("ck_application_declined_has_reason"),
        ),
        sa.CheckConstraint(
            "state IN ('submitted', 'shortlisted', 'interview', 'selected', 'declined', 'withdrawn')",
            name=op.f("ck_application_state"),
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
            name=op.f("fk_application_assignment_id_assignment"),
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteer.id"],
            name=op.f("fk_application_volunteer_id_volunteer"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
    )
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_application_assignment_id"), ["assignment_id"], unique=False)
        batch_op.create_index("ix_application_pair", ["assignment_id", "volunteer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_application_volunteer_id"), ["volunteer_id"], unique=False)

    op.create_table(
        "availability_window",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_availability_window_dates")),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteer.id"],
            name=op.f("fk_availability_window_volunteer_id_volunteer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_availability_window")),
    )
    with op.batch_alter_table("availability_window", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_availability_window_volunteer_id"),
            ["volunteer_id"],
            unique=False,
        )

    op.create_table(
        "condition_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("condition", sa.String(length=40), nullable=False),
        sa.Column("answer", sa.String(length=8), nullable=False),
        sa.CheckConstraint(
            "answer IN ('fine', 'ask', 'cannot')",
            name=op.f("ck_condition_answer_answer"),
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteer.id"],
            name=op.f("fk_condition_answer_volunteer_id_volunteer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_condition_answer")),
        sa.UniqueConstraint(
            "volunteer_id",
            "condition",
            name=op.f("uq_condition_answer_volunteer_id_condition"),
        ),
    )
    with op.batch_alter_table("condition_answer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_condition_answer_volunteer_id"),
            ["volunteer_id"],
            unique=False,
        )

    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("purpose IN ('matching', 'abroad')", name=op.f("ck_consent_purpose")),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteer.id"],
            name=op.f("fk_consent_volunteer_id_volunteer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_volunteer_id"), ["volunteer_id"], unique=False)

    op.create_table(
        "country_wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "kind IN ('country', 'route', 'excluded')",
            name=op.f("ck_country_wish_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteer.id"],
            name=op.f("fk_country_wish_volunteer_id_volunteer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_country_wish")),
        sa.UniqueConstraint(
            "volunteer_id",
            "kind",
            "code",
            name=op.f("uq_country_wish_volunteer_id_kind_code"),
        ),
    )
    with op.batch_alter_table("country_wish", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_country_wish_volunteer_id"), ["volunteer_id"], unique=False)

    op.create_table(
        "earlier_service",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteer.id"],
            name=op.f("fk_earlier_service_volunteer_id_volunteer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earlier_service")),
    )
    with op.batch_alter_table("earlier_service", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_earlier_service_volunteer_id"),
            ["volunteer_id"],
            unique=False,
        )

    op.create_table(
        "exclusion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
            name=op.f("fk_exclusion_assignment_id_assignment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["run_id"], ["match_run.id"], name=op.f("fk_exclusion_run_id_match_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exclusion")),
        sa.UniqueConstraint(
            "run_id",
            "assignment_id",
            "code",
            name=op.f("uq_exclusion_run_id_assignment_id_code"),
        ),
    )
    with op.batch_alter_table("exclusion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exclusion_assignment_id"), ["assignment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_exclusion_run_id"), ["run_id"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("vio_id", sa.Integer(), nullable=True),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("volunteer_id", sa.Integer(), nullable=True),
        sa.Column("invited_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "role IN ('volunteer', 'host', 'coordinator', 'administrator')",
            name=op.f("ck_invitation_role"),
        ),
        sa.ForeignKeyConstraint(["host_id"], ["host.id"], name=op.f("fk_invitation_host_id_host")),
        sa.ForeignKeyConstraint(
            ["invited_by_id"],
            ["user.id"],
            name=op.f("fk_invitation_invited_by_id_user"),
        ),
        sa.ForeignKeyConstraint(["vio_id"], ["vio.id"], name=op.f("fk_invitation_vio_id_vio")),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteer.id"],
            name=op.f("fk_invitation_volunteer_id_volunteer"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_vio_id"), ["vio_id"], unique=False)

    op.create_table(
        "licence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("skill", sa.String(length=40), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteer.id"],
            name=op.f("fk_licence_volunteer_id_volunteer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_licence")),
    )
    with op.batch_alter_table("licence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_licence_volunteer_id"), ["volunteer_id"], unique=False)

    op.create_table(
        "match",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("band", sa.Integer(), nullable=False),
        sa.Column("lot", sa.String(length=16), nullable=False),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.CheckConstraint("status IN ('eligible', 'near')", name=op.f("ck_match_status")),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
            name=op.f("fk_match_assignment_id_assignment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["run_id"], ["match_run.id"], name=op.f("fk_match_run_id_match_run")),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteer.id"],
            name=op.f("fk_match_volunteer_id_volunteer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match")),
        sa.UniqueConstraint(
            "run_id",
            "assignment_id",
            "volunteer_id",
            name=op.f("uq_match_run_id_assignment_id_volunteer_id"),
        ),
    )
    with op.batch_alter_table("match", schema=None) as batch_op:
        batch_op.create_index("ix_match_assignment_current", ["assignment_id", "is_current"], unique=False)
        batch_op.create_index(batch_op.f("ix_match_run_id"), ["run_id"], unique=False)
        batch_op.create_index("ix_match_volunteer_current", ["volunteer_id", "is_current"], unique=False)

    op.create_table(
        "match_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vio_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('sent', 'accepted', 'declined')",
            name=op.f("ck_match_invitation_state"),
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
            name=op.f("fk_match_invitation_assignment_id_assignment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_match_invitation_by_id_user")),
        sa.ForeignKeyConstraint(["vio_id"], ["vio.id"], name=op.f("fk_match_invitation_vio_id_vio")),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteer.id"],
            name=op.f("fk_match_invitation_volunteer_id_volunteer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_invitation")),
        sa.UniqueConstraint(
            "assignment_id",
            "volunteer_id",
            name=op.f("uq_match_invitation_assignment_id_volunteer_id"),
        ),
    )
    with op.batch_alter_table("match_invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_match_invitation_vio_id"), ["vio_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_match_invitation_volunteer_id"),
            ["volunteer_id"],
            unique=False,
        )

    op.create_table(
        "put_forward",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('asked', 'agreed', 'declined', 'withdrawn')",
            name=op.f("ck_put_forward_state"),
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
            name=op.f("fk_put_forward_assignment_id_assignment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_put_forward_by_id_user")),
        sa.ForeignKeyConstraint(
            ["partnership_id"],
            ["partnership.id"],
            name=op.f("fk_put_forward_partnership_id_partnership"),
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteer.id"],
            name=op.f("fk_put_forward_volunteer_id_volunteer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_put_forward")),
        sa.UniqueConstraint(
            "assignment_id",
            "volunteer_id",
            name=op.f("uq_put_forward_assignment_id_volunteer_id"),
        ),
    )
    with op.batch_alter_table("put_forward", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_put_forward_partnership_id"),
            ["partnership_id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_put_forward_volunteer_id"), ["volunteer_id"], unique=False)

    op.create_table(
        "volunteer_language",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=15), nullable=False),
        sa.Column("level", sa.String(length=2), nullable=False),
        sa.Column("known_by", sa.String(length=12), nullable=False),
        sa.CheckConstraint(
            "known_by IN ('own', 'certificate', 'interview')",
            name=op.f("ck_volunteer_language_known_by"),
        ),
        sa.CheckConstraint(
            "level IN ('A1', 'A2', 'B1', 'B2', 'C1', 'C2', 'N')",
            name=op.f("ck_volunteer_language_level"),
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteer.id"],
            name=op.f("fk_volunteer_language_volunteer_id_volunteer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer_language")),
        sa.UniqueConstraint(
            "volunteer_id",
            "language",
            name=op.f("uq_volunteer_language_volunteer_id_language"),
        ),
    )
    with op.batch_alter_table("volunteer_language", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_volunteer_language_volunteer_id"),
            ["volunteer_id"],
            unique=False,
        )

    op.create_table(
        "volunteer_skill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("skill", sa.String(length=40), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("last_used", sa.Integer(), nullable=True),
        sa.CheckConstraint("level BETWEEN 1 AND 4", name=op.f("ck_volunteer_skill_level")),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteer.id"],
            name=op.f("fk_volunteer_skill_volunteer_id_volunteer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer_skill")),
        sa.UniqueConstraint("volunteer_id", "skill", name=op.f("uq_volunteer_skill_volunteer_id_skill")),
    )
    with op.batch_alter_table("volunteer_skill", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_volunteer_skill_volunteer_id"),
            ["volunteer_id"],
            unique=False,
        )

    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vio_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("match_id", sa.Integer(), nullable=True),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        sa.Column("reason_code", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("was_blind", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('endorse', 'dismiss', 'propose', 'invite')",
            name=op.f("ck_review_verdict"),
        ),
        sa.CheckConstraint("length(reason_code) > 0", name=op.f("ck_review_has_reason")),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
            name=op.f("fk_review_assignment_id_assignment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_review_by_id_user")),
        sa.ForeignKeyConstraint(
            ["match_id"],
            ["match.id"],
            name=op.f("fk_review_match_id_match"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["vio_id"], ["vio.id"], name=op.f("fk_review_vio_id_vio")),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteer.id"],
            name=op.f("fk_review_volunteer_id_volunteer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
    )
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.create_index("ix_review_pair", ["assignment_id", "volunteer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_vio_id"), ["vio_id"], unique=False)


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_vio_id"))
        batch_op.drop_index("ix_review_pair")

    op.drop_table("review")
    with op.batch_alter_table("volunteer_skill", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_volunteer_skill_volunteer_id"))

    op.drop_table("volunteer_skill")
    with op.batch_alter_table("volunteer_language", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_volunteer_language_volunteer_id"))

    op.drop_table("volunteer_language")
    with op.batch_alter_table("put_forward", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_put_forward_volunteer_id"))
        batch_op.drop_index(batch_op.f("ix_put_forward_partnership_id"))

    op.drop_table("put_forward")
    with op.batch_alter_table("match_invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_match_invitation_volunteer_id"))
        batch_op.drop_index(batch_op.f("ix_match_invitation_vio_id"))

    op.drop_table("match_invitation")
    with op.batch_alter_table("match", schema=None) as batch_op:
        batch_op.drop_index("ix_match_volunteer_current")
        batch_op.drop_index(batch_op.f("ix_match_run_id"))
        batch_op.drop_index("ix_match_assignment_current")

    op.drop_table("match")
    with op.batch_alter_table("licence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_licence_volunteer_id"))

    op.drop_table("licence")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitation_vio_id"))

    op.drop_table("invitation")
    with op.batch_alter_table("exclusion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exclusion_run_id"))
        batch_op.drop_index(batch_op.f("ix_exclusion_assignment_id"))

    op.drop_table("exclusion")
    with op.batch_alter_table("earlier_service", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_earlier_service_volunteer_id"))

    op.drop_table("earlier_service")
    with op.batch_alter_table("country_wish", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_country_wish_volunteer_id"))

    op.drop_table("country_wish")
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consent_volunteer_id"))

    op.drop_table("consent")
    with op.batch_alter_table("condition_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_condition_answer_volunteer_id"))

    op.drop_table("condition_answer")
    with op.batch_alter_table("availability_window", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_availability_window_volunteer_id"))

    op.drop_table("availability_window")
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_application_volunteer_id"))
        batch_op.drop_index("ix_application_pair")
        batch_op.drop_index(batch_op.f("ix_application_assignment_id"))

    op.drop_table("application")
    with op.batch_alter_table("volunteer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_volunteer_vio_id"))

    op.drop_table("volunteer")
    with op.batch_alter_table("verification", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_verification_host_id"))

    op.drop_table("verification")
    with op.batch_alter_table("money_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_money_line_assignment_id"))

    op.drop_table("money_line")
    with op.batch_alter_table("match_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_match_run_vio_id"))
        batch_op.drop_index(batch_op.f("ix_match_run_state"))

    op.drop_table("match_run")
    with op.batch_alter_table("import_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_file_vio_id"))

    op.drop_table("import_file")
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_event_vio_id"))
        batch_op.drop_index("ix_audit_event_subject")
        batch_op.drop_index(batch_op.f("ix_audit_event_at"))

    op.drop_table("audit_event")
    with op.batch_alter_table("assignment_skill", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assignment_skill_assignment_id"))

    op.drop_table("assignment_skill")
    with op.batch_alter_table("assignment_language", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assignment_language_assignment_id"))

    op.drop_table("assignment_language")
    with op.batch_alter_table("user", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_user_vio_id"))
        batch_op.drop_index(batch_op.f("ix_user_host_id"))

    op.drop_table("user")
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assignment_vio_id"))
        batch_op.drop_index(batch_op.f("ix_assignment_state"))
        batch_op.drop_index(batch_op.f("ix_assignment_host_id"))
        batch_op.drop_index(batch_op.f("ix_assignment_country"))

    op.drop_table("assignment")
    with op.batch_alter_table("partnership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_partnership_sending_vio_id"))
        batch_op.drop_index(batch_op.f("ix_partnership_receiving_vio_id"))

    op.drop_table("partnership")
    with op.batch_alter_table("host", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_host_vio_id"))

    op.drop_table("host")
    op.drop_table("column_mapping")
    op.drop_table("vio")
    with op.batch_alter_table("sign_in_failure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_failure_email_hash"))
        batch_op.drop_index(batch_op.f("ix_sign_in_failure_at"))
        batch_op.drop_index(batch_op.f("ix_sign_in_failure_address_hash"))

    op.drop_table("sign_in_failure")
    op.drop_table("role")
    with op.batch_alter_table("mail", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mail_sent_at"))

    op.drop_table("mail")
