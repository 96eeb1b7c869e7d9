"""Safeguarding: focal points and supporters, duty, reports, calls for help, support, incidents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

BEFORE = "role IN ('volunteer', 'host', 'coordinator', 'administrator')"
AFTER = "role IN ('volunteer', 'host', 'coordinator', 'administrator', 'supporter', 'focal_point')"
TABLES = (
    "incident_measure",
    "incident",
    "support_prompt",
    "support_message",
    "supporter_link",
    "help_word",
    "help_hand",
    "help_call",
    "report_word",
    "report_exclusion",
    "report",
    "escalation_step",
    "safeguarding_look",
    "safeguarding",
)


def upgrade() -> None:
    """Go up."""
    _change_roles(BEFORE, AFTER)
    _duty()
    _reports()
    _help_calls()
    _support()
    _incidents()


def _duty() -> None:
    op.create_table(
        "safeguarding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vio_id", sa.Integer(), nullable=False),
        sa.Column("poster_code", sa.String(length=12), nullable=False),
        sa.Column("emergency", sa.String(length=200), nullable=False),
        sa.Column("duty_line", sa.String(length=50), nullable=False),
        sa.Column("duty_person_id", sa.Integer(), nullable=True),
        sa.Column("minutes_now", sa.Integer(), nullable=False),
        sa.Column("minutes_today", sa.Integer(), nullable=False),
        sa.Column("minutes_week", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes_now BETWEEN 5 AND 20160", name=op.f("ck_safeguarding_minutes_now")),
        sa.CheckConstraint("minutes_today BETWEEN 5 AND 20160", name=op.f("ck_safeguarding_minutes_today")),
        sa.CheckConstraint("minutes_week BETWEEN 5 AND 20160", name=op.f("ck_safeguarding_minutes_week")),
        sa.ForeignKeyConstraint(
            ["duty_person_id"], ["user.id"], name=op.f("fk_safeguarding_duty_person_id_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["vio_id"], ["vio.id"], name=op.f("fk_safeguarding_vio_id_vio")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safeguarding")),
        sa.UniqueConstraint("poster_code", name=op.f("uq_safeguarding_poster_code")),
        sa.UniqueConstraint("vio_id", name=op.f("uq_safeguarding_vio_id")),
    )
    op.create_table(
        "safeguarding_look",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "subject_kind IN ('report', 'help_call', 'incident')", name=op.f("ck_safeguarding_look_subject_kind")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_safeguarding_look_user_id_user"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safeguarding_look")),
    )
    op.create_index("ix_safeguarding_look_subject", "safeguarding_look", ["subject_kind", "subject_id"])
    op.create_table(
        "escalation_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("safeguarding_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=50), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_escalation_step_name")),
        sa.CheckConstraint("user_id IS NOT NULL OR phone <> ''", name=op.f("ck_escalation_step_can_be_reached")),
        sa.CheckConstraint("position >= 1", name=op.f("ck_escalation_step_position")),
        sa.ForeignKeyConstraint(
            ["safeguarding_id"],
            ["safeguarding.id"],
            name=op.f("fk_escalation_step_safeguarding_id_safeguarding"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_escalation_step_user_id_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation_step")),
        sa.UniqueConstraint("safeguarding_id", "position", name=op.f("uq_escalation_step_safeguarding_id_position")),
    )


def _reports() -> None:
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vio_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("phrase_hash", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("wish", sa.String(length=40), nullable=False),
        sa.Column("contact", sa.String(length=300), nullable=False),
        sa.Column("intake", sa.String(length=40), nullable=False),
        sa.Column("handler_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_report_closed_has_moment")),
        sa.CheckConstraint("intake IN ('web', 'paper', 'phone')", name=op.f("ck_report_intake")),
        sa.CheckConstraint(
            "kind IN ('child', 'sexual', 'violence', 'unfair', 'money', 'danger', 'other')", name=op.f("ck_report_kind")
        ),
        sa.CheckConstraint("state IN ('received', 'in_hand', 'referred', 'closed')", name=op.f("ck_report_state")),
        sa.CheckConstraint("wish <> 'reach' OR contact <> ''", name=op.f("ck_report_reach_has_contact")),
        sa.CheckConstraint("wish IN ('page', 'reach', 'none')", name=op.f("ck_report_wish")),
        sa.ForeignKeyConstraint(
            ["handler_id"], ["user.id"], name=op.f("fk_report_handler_id_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["vio_id"], ["vio.id"], name=op.f("fk_report_vio_id_vio")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_report_code_hash")),
    )
    op.create_index(op.f("ix_report_handler_id"), "report", ["handler_id"])
    op.create_index(op.f("ix_report_vio_id"), "report", ["vio_id"])
    op.create_table(
        "report_exclusion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_report_exclusion_report_id_report"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_report_exclusion_user_id_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_exclusion")),
        sa.UniqueConstraint("report_id", "user_id", name=op.f("uq_report_exclusion_report_id_user_id")),
    )
    op.create_table(
        "report_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("side IN ('reporter', 'answer', 'note')", name=op.f("ck_report_word_side")),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_report_word_report_id_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_word")),
    )
    op.create_index(op.f("ix_report_word_report_id"), "report_word", ["report_id"])


def _help_calls() -> None:
    op.create_table(
        "help_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vio_id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=True),
        sa.Column("severity", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("phone", sa.String(length=50), nullable=False),
        sa.Column("coordinator_may_see", sa.Boolean(), nullable=False),
        sa.Column("host_may_see", sa.Boolean(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_help_call_closed_has_moment")),
        sa.CheckConstraint("severity IN ('now', 'today', 'week')", name=op.f("ck_help_call_severity")),
        sa.CheckConstraint("state = 'open' OR due_at IS NULL", name=op.f("ck_help_call_clock_runs_while_open")),
        sa.CheckConstraint("state IN ('open', 'taken', 'closed')", name=op.f("ck_help_call_state")),
        sa.CheckConstraint("due_at IS NULL OR owner_id IS NOT NULL", name=op.f("ck_help_call_clock_has_owner")),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["user.id"], name=op.f("fk_help_call_owner_id_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_help_call_placement_id_placement")),
        sa.ForeignKeyConstraint(["vio_id"], ["vio.id"], name=op.f("fk_help_call_vio_id_vio")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_help_call_volunteer_id_volunteer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_call")),
    )
    op.create_index(op.f("ix_help_call_due_at"), "help_call", ["due_at"])
    op.create_index(op.f("ix_help_call_owner_id"), "help_call", ["owner_id"])
    op.create_index(op.f("ix_help_call_vio_id"), "help_call", ["vio_id"])
    op.create_index(op.f("ix_help_call_volunteer_id"), "help_call", ["volunteer_id"])
    op.create_table(
        "help_hand",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"], ["help_call.id"], name=op.f("fk_help_hand_call_id_help_call"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_help_hand_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_hand")),
    )
    op.create_index(op.f("ix_help_hand_call_id"), "help_hand", ["call_id"])
    op.create_table(
        "help_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user.id"], name=op.f("fk_help_word_author_id_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["call_id"], ["help_call.id"], name=op.f("fk_help_word_call_id_help_call"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_word")),
    )
    op.create_index(op.f("ix_help_word_call_id"), "help_word", ["call_id"])


def _support() -> None:
    op.create_table(
        "supporter_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("supporter_id", sa.Integer(), nullable=False),
        sa.Column("named_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["named_by_id"], ["user.id"], name=op.f("fk_supporter_link_named_by_id_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_supporter_link_placement_id_placement")
        ),
        sa.ForeignKeyConstraint(["supporter_id"], ["user.id"], name=op.f("fk_supporter_link_supporter_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supporter_link")),
    )
    op.create_index(op.f("ix_supporter_link_placement_id"), "supporter_link", ["placement_id"])
    op.create_index(op.f("ix_supporter_link_supporter_id"), "supporter_link", ["supporter_id"])
    op.create_index(
        "uq_supporter_link_standing",
        "supporter_link",
        ["placement_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "support_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user.id"], name=op.f("fk_support_message_author_id_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["link_id"],
            ["supporter_link.id"],
            name=op.f("fk_support_message_link_id_supporter_link"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_message")),
    )
    op.create_index(op.f("ix_support_message_link_id"), "support_message", ["link_id"])
    op.create_table(
        "support_prompt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("about", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('before', 'settling', 'check', 'back_soon', 'back_later')", name=op.f("ck_support_prompt_kind")
        ),
        sa.ForeignKeyConstraint(
            ["link_id"],
            ["supporter_link.id"],
            name=op.f("fk_support_prompt_link_id_supporter_link"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_prompt")),
        sa.UniqueConstraint("link_id", "kind", "about", name=op.f("uq_support_prompt_link_id_kind_about")),
    )


def _incidents() -> None:
    op.create_table(
        "incident",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vio_id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=True),
        sa.Column("call_id", sa.Integer(), nullable=True),
        sa.Column("placement_id", sa.Integer(), nullable=True),
        sa.Column("handler_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("gravity", sa.String(length=8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_incident_closed_has_moment")),
        sa.CheckConstraint("gravity IN ('low', 'serious', 'grave')", name=op.f("ck_incident_gravity")),
        sa.CheckConstraint(
            "kind IN ('child', 'sexual', 'violence', 'unfair', 'money', 'danger', 'other')",
            name=op.f("ck_incident_kind"),
        ),
        sa.CheckConstraint("state IN ('open', 'acting', 'closed')", name=op.f("ck_incident_state")),
        sa.ForeignKeyConstraint(
            ["call_id"], ["help_call.id"], name=op.f("fk_incident_call_id_help_call"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["handler_id"], ["user.id"], name=op.f("fk_incident_handler_id_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_incident_placement_id_placement")),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_incident_report_id_report"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["vio_id"], ["vio.id"], name=op.f("fk_incident_vio_id_vio")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
        sa.UniqueConstraint("call_id", name=op.f("uq_incident_call_id")),
        sa.UniqueConstraint("report_id", name=op.f("uq_incident_report_id")),
    )
    op.create_index(op.f("ix_incident_handler_id"), "incident", ["handler_id"])
    op.create_index(op.f("ix_incident_vio_id"), "incident", ["vio_id"])
    op.create_table(
        "incident_measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_on", sa.Date(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incident.id"], name=op.f("fk_incident_measure_incident_id_incident"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_measure")),
    )
    op.create_index(op.f("ix_incident_measure_incident_id"), "incident_measure", ["incident_id"])


def downgrade() -> None:
    """Go back: accounts of the two roles go, since nothing before could tell what they may see."""
    for table in TABLES:
        op.drop_table(table)
    op.execute("DELETE FROM invitation WHERE role IN ('supporter', 'focal_point')")
    op.execute(
        "UPDATE invitation SET invited_by_id = NULL "
        "WHERE invited_by_id IN (SELECT id FROM \"user\" WHERE role IN ('supporter', 'focal_point'))"
    )
    op.execute("DELETE FROM \"user\" WHERE role IN ('supporter', 'focal_point')")
    _change_roles(AFTER, BEFORE)


def _change_roles(old: str, new: str) -> None:
    """Let both tables with a role know `new`; no row is touched."""
    for table in ("user", "invitation"):
        if op.get_bind().dialect.name == "sqlite":
            _rewrite(table, old, new)
        else:
            op.drop_constraint(op.f(f"ck_{table}_role"), table, type_="check")
            op.create_check_constraint(op.f(f"ck_{table}_role"), table, new)


def _rewrite(table: str, old: str, new: str) -> None:
    """Change a rule where SQLite keeps it, in the way its manual gives for this.

    A copy of the table in the place of the old one would let go of every row that hangs on it.
    """
    bind = op.get_bind()
    version = bind.exec_driver_sql("PRAGMA schema_version").scalar_one()
    bind.exec_driver_sql("PRAGMA writable_schema = ON")
    changed = bind.exec_driver_sql(
        "UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = ? AND instr(sql, ?) > 0",
        (old, new, table, old),
    )
    bind.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    bind.exec_driver_sql("PRAGMA writable_schema = OFF")
    if changed.rowcount != 1:
        raise RuntimeError(f"the rule of {table}.role reads otherwise than expected")
